using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Ecert.Sandbox.Tests.Support;

/// <summary>Alipay's certificate numbers from what openssl prints of a certificate.</summary>
internal static class CertificateNumbers
{
    private static readonly Dictionary<string, string> Known = [];
    private static readonly Lock Guard = new();

    public static string Of(string certificatePem)
    {
        lock (Guard)
        {
            if (!Known.TryGetValue(certificatePem, out var number))
                Known[certificatePem] = number = Compute(certificatePem);
            return number;
        }
    }

    private static string Compute(string certificatePem)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "openssl", "x509 -noout -issuer -serial -nameopt RFC2253,-esc_msb,utf8")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Write(certificatePem);
        process.StandardInput.Close();
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        var issuer = lines[0]["issuer=".Length..].Trim();
        var serial = BigInteger.Parse(
            "0" + lines[1]["serial=".Length..].Trim(), System.Globalization.NumberStyles.HexNumber);
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(issuer + serial)));
    }
}
