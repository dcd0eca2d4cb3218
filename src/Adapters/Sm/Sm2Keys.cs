using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ecert.Adapters.Sm;

/// <summary>
/// Reads configured SM2 keys: the PEM forms OpenSSL writes, and the bare Base64 that centres hand out.
/// </summary>
internal static class Sm2Keys
{
    private const string EllipticCurveKey = "1.2.840.10045.2.1";
    private const string Sm2Curve = "1.2.156.10197.1.301";

    /// <summary>PKCS#8 PEM, or Base64 of the bare number of 32 bytes (33 with a leading zero).</summary>
    /// <exception cref="ArgumentException">The text is no SM2 private key.</exception>
    public static ECPrivateKeyParameters PrivateKey(string text)
    {
        var bytes = Decode(text, "PRIVATE KEY");
        return Sm2.PrivateKey(bytes.Length <= 33 ? bytes : Read(bytes, NumberInPkcs8));
    }

    /// <summary>
    /// SubjectPublicKeyInfo, PEM or bare Base64, or Base64 of the bare point (65 bytes, or 33 compressed).
    /// </summary>
    /// <exception cref="ArgumentException">The text is no SM2 public key.</exception>
    public static ECPublicKeyParameters PublicKey(string text)
    {
        var bytes = Decode(text, "PUBLIC KEY");
        return Sm2.PublicKey(bytes.Length is 33 or 65 ? bytes : Read(bytes, PointInPublicKeyInfo));
    }

    private static byte[] Decode(string text, string label)
    {
        if (!PemEncoding.TryFind(text, out var fields))
            return Convert.FromBase64String(text.Trim());
        return text[fields.Label] == label
            ? Convert.FromBase64String(text[fields.Base64Data])
            : throw new ArgumentException($"The PEM text is no {label}.", nameof(text));
    }

    private static byte[] Read(byte[] der, Func<AsnReader, byte[]> read)
    {
        try
        {
            return read(new AsnReader(der, AsnEncodingRules.DER).ReadSequence());
        }
        catch (AsnContentException error)
        {
            throw new ArgumentException("The text is no SM2 key.", error);
        }
    }

    // RFC 5958: version, algorithm, OCTET STRING of RFC 5915 (version, OCTET STRING number, …).
    private static byte[] NumberInPkcs8(AsnReader key)
    {
        key.ReadInteger();
        RequireSm2(key.ReadSequence());
        var inner = new AsnReader(key.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
        inner.ReadInteger();
        return inner.ReadOctetString();
    }

    // RFC 5280 §4.1.2.7: algorithm, BIT STRING of the point.
    private static byte[] PointInPublicKeyInfo(AsnReader key)
    {
        RequireSm2(key.ReadSequence());
        return key.ReadBitString(out _);
    }

    private static void RequireSm2(AsnReader algorithm)
    {
        if (algorithm.ReadObjectIdentifier() != EllipticCurveKey || algorithm.ReadObjectIdentifier() != Sm2Curve)
            throw new AsnContentException("The key is not on the SM2 curve.");
    }
}
