using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// Alipay's name for a certificate ("SN"): MD5 over the issuer, most specific part first, followed by the serial in
/// decimal. MD5 is a name here, not a protection.
/// </summary>
internal static class AlipayCertificateSerial
{
    private const string RsaSignatures = "1.2.840.113549.1.1";
    private const string Sm2Signatures = "1.2.156.10197.1.501";

    private static readonly Dictionary<string, string> AttributeNames = new()
    {
        ["2.5.4.3"] = "CN",
        ["2.5.4.6"] = "C",
        ["2.5.4.7"] = "L",
        ["2.5.4.8"] = "ST",
        ["2.5.4.9"] = "STREET",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["0.9.2342.19200300.100.1.25"] = "DC",
        ["1.2.840.113549.1.9.1"] = "E",
    };

    public static string Of(X509Certificate2 certificate)
    {
        var issuer = string.Join(',', certificate.IssuerName.EnumerateRelativeDistinguishedNames().Select(Part));
        var serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true);
        var text = Encoding.UTF8.GetBytes(issuer + serial.ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(MD5.HashData(text));
    }

    /// <summary>The serials of the roots that sign with the algorithm in use, joined by an underscore.</summary>
    public static string OfRoots(X509Certificate2Collection bundle, AlipaySignType type)
    {
        var family = type == AlipaySignType.Sm2 ? Sm2Signatures : RsaSignatures;
        return string.Join('_', bundle
            .Where(root => root.SignatureAlgorithm.Value!.StartsWith(family, StringComparison.Ordinal))
            .Select(Of));
    }

    /// <summary>The certificates of a PEM text in its order.</summary>
    public static X509Certificate2Collection Read(string pem)
    {
        var collection = new X509Certificate2Collection();
        collection.ImportFromPem(pem);
        return collection;
    }

    private static string Part(X500RelativeDistinguishedName part)
    {
        var type = part.GetSingleElementType().Value!;
        return $"{AttributeNames.GetValueOrDefault(type, type)}={part.GetSingleElementValue()}";
    }
}
