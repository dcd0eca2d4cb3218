using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ecert.Sandbox.Alipay;

/// <summary>
/// Alipay's own serial numbers of certificates: MD5 in hex over the issuer (most specific part first, joined by commas)
/// followed by the serial number in decimal.
/// </summary>
internal static class CertificateNumber
{
    private const string RsaSignatures = "1.2.840.113549.1.1";

    /// <summary>The number of one certificate.</summary>
    public static string Of(X509Certificate2 certificate)
    {
        var issuer = string.Join(',', certificate.IssuerName.EnumerateRelativeDistinguishedNames(reversed: true)
            .Select(part => $"{Abbreviate(part.GetSingleElementType())}={part.GetSingleElementValue()}"));
        var serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true);
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(issuer + serial)));
    }

    /// <summary>The number of a root bundle: those of its RSA-signed certificates, joined by underscores.</summary>
    public static string OfRoots(string pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        return string.Join('_', roots
            .Where(root => root.SignatureAlgorithm.Value!.StartsWith(RsaSignatures, StringComparison.Ordinal))
            .Select(Of));
    }

    private static string Abbreviate(Oid kind) => kind.Value switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        _ => kind.Value!,
    };
}
