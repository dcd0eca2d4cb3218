using System.Diagnostics;
using System.Text;

namespace Ecert.Sandbox.Tests.Support;

/// <summary>The openssl command line as a second opinion on signatures.</summary>
internal static class OpenSsl
{
    /// <summary>RSA PKCS#1 v1.5 with SHA-256, by a public key in PEM.</summary>
    public static Task<bool> VerifiesSha256Async(string publicKeyPem, byte[] message, string signature) =>
        VerifiesAsync("dgst -sha256 -verify {0} -signature {1} {2}", publicKeyPem, message,
            Convert.FromBase64String(signature));

    /// <summary>SM2 with SM3 under the default user id; the signature in DER.</summary>
    public static Task<bool> VerifiesSm2Async(string publicKeyPem, byte[] message, byte[] der) =>
        VerifiesAsync(
            "dgst -sm3 -verify {0} -sigopt distid:1234567812345678 -signature {1} {2}", publicKeyPem, message, der);

    private static async Task<bool> VerifiesAsync(string arguments, string publicKeyPem, byte[] message,
        byte[] signature)
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-openssl");
        try
        {
            var (key, sig, text) = (Path.Combine(folder.FullName, "key"), Path.Combine(folder.FullName, "sig"),
                Path.Combine(folder.FullName, "text"));
            await File.WriteAllTextAsync(key, publicKeyPem, new UTF8Encoding(false));
            await File.WriteAllBytesAsync(sig, signature);
            await File.WriteAllBytesAsync(text, message);
            using var process = Process.Start(new ProcessStartInfo(
                "openssl", string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, key, sig, text))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 && said.Contains("Verified OK", StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
