using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Ecert.Certificates.Suites;

/// <summary>
/// PKCS#8 (RFC 5958) around an EC private key (RFC 5915), for the curve the platform cannot read itself.
/// </summary>
internal static class EcPrivateKeyPem
{
    private const string EcPublicKey = "1.2.840.10045.2.1";

    /// <summary>The 32 bytes of the private scalar.</summary>
    /// <exception cref="CryptographicException">The text holds no PKCS#8 key on the suite's curve.</exception>
    internal static byte[] Read(string pem, SignatureSuite suite)
    {
        try
        {
            var fields = PemEncoding.Find(pem);
            if (!pem.AsSpan()[fields.Label].SequenceEqual("PRIVATE KEY"))
                throw new CryptographicException("The text holds no unencrypted PKCS#8 key in PEM.");
            return Scalar(Convert.FromBase64String(pem[fields.Base64Data]), suite);
        }
        catch (Exception exception) when (exception is ArgumentException or AsnContentException)
        {
            throw new CryptographicException("The text holds no private key of this suite in PEM.", exception);
        }
    }

    /// <summary>The scalar as PKCS#8 PEM, with the public point inside as OpenSSL writes it.</summary>
    internal static string Write(ReadOnlySpan<byte> scalar, PublicKey key)
    {
        var inner = new AsnWriter(AsnEncodingRules.DER);
        using (inner.PushSequence())
        {
            inner.WriteInteger(1);
            inner.WriteOctetString(scalar);
            using (inner.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                inner.WriteBitString(key.ToPoint());
        }
        var outer = new AsnWriter(AsnEncodingRules.DER);
        using (outer.PushSequence())
        {
            outer.WriteInteger(0);
            using (outer.PushSequence())
            {
                outer.WriteObjectIdentifier(EcPublicKey);
                outer.WriteObjectIdentifier(key.Suite.CurveObjectIdentifier);
            }
            outer.WriteOctetString(inner.Encode());
        }
        return PemEncoding.WriteString("PRIVATE KEY", outer.Encode());
    }

    private static byte[] Scalar(byte[] der, SignatureSuite suite)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        outer.ReadInteger();
        var algorithm = outer.ReadSequence();
        if (algorithm.ReadObjectIdentifier() != EcPublicKey
            || algorithm.ReadObjectIdentifier() != suite.CurveObjectIdentifier)
            throw new CryptographicException($"The key is not on the curve of {suite.Name}.");
        var inner = new AsnReader(outer.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
        inner.ReadInteger();
        var scalar = inner.ReadOctetString();
        var value = new BigInteger(scalar, isUnsigned: true, isBigEndian: true);
        return scalar.Length == SignatureSuite.CoordinateSize && !value.IsZero && value < suite.Curve.Order - 1
            ? scalar
            : throw new CryptographicException("The private scalar is out of range.");
    }
}
