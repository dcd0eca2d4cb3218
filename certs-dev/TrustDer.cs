using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Kernel.Identifiers;

namespace Ecert.CertsDev;

/// <summary>The parts of a certificate of the national chain, in DER.</summary>
internal static class TrustDer
{
    private const string Country = "2.5.4.6";
    private const string CommonName = "2.5.4.3";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    internal static byte[] Name(DivisionCode? division, string? commonName)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAttribute(writer, Country, "CN", UniversalTagNumber.PrintableString);
            if (division is { } code)
                WriteAttribute(writer, TrustProfile.DivisionAttribute, code.Value, UniversalTagNumber.UTF8String);
            if (commonName is not null)
                WriteAttribute(writer, CommonName, commonName, UniversalTagNumber.UTF8String);
        }
        return writer.Encode();
    }

    internal static byte[] AuthorityExtensions(
        PublicKey key, PublicKey authority, int pathLength, DivisionCode? division)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteExtension(writer, "2.5.29.19", critical: true, value =>
            {
                using (value.PushSequence())
                {
                    value.WriteBoolean(true);
                    value.WriteInteger(pathLength);
                }
            });
            // keyCertSign and cRLSign.
            WriteExtension(writer, "2.5.29.15", critical: true, value => value.WriteBitString([0b0000_0110], 1));
            WriteKeyIds(writer, key, authority);
            if (division is { } code)
                WriteExtension(writer, "2.5.29.30", critical: true, value => WritePermitted(value, code));
        }
        return writer.Encode();
    }

    internal static byte[] SignerExtensions(PublicKey key, PublicKey authority, string usage)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            // digitalSignature.
            WriteExtension(writer, "2.5.29.15", critical: true, value => value.WriteBitString([0b1000_0000], 7));
            WriteExtension(writer, "2.5.29.37", critical: true, value =>
            {
                using (value.PushSequence())
                    value.WriteObjectIdentifier(usage);
            });
            WriteKeyIds(writer, key, authority);
        }
        return writer.Encode();
    }

    internal static void WriteAlgorithm(AsnWriter writer, SignatureSuite suite)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(
                suite == SignatureSuite.Sm2 ? "1.2.156.10197.1.501" : "1.2.840.10045.4.3.2");
    }

    internal static void WriteKey(AsnWriter writer, PublicKey key)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(EcPublicKey);
                writer.WriteObjectIdentifier(
                    key.Suite == SignatureSuite.Sm2 ? "1.2.156.10197.1.301" : "1.2.840.10045.3.1.7");
            }
            writer.WriteBitString(key.ToPoint());
        }
    }

    /// <summary>UTCTime to 2049, GeneralizedTime after (RFC 5280 §4.1.2.5).</summary>
    internal static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        var whole = DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
        if (whole.Year < 2050)
            writer.WriteUtcTime(whole, 2049);
        else
            writer.WriteGeneralizedTime(whole, omitFractionalSeconds: true);
    }

    /// <summary>The raw form to SEQUENCE {r, s}.</summary>
    internal static byte[] Signature(ReadOnlySpan<byte> raw)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(raw[..32], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(raw[32..], isUnsigned: true, isBigEndian: true));
        }
        return writer.Encode();
    }

    internal static BigInteger SerialNumberOf(byte[] certificate)
    {
        var body = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        body.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true));
        return body.ReadInteger();
    }

    private static void WritePermitted(AsnWriter writer, DivisionCode division)
    {
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
            writer.WriteEncodedValue(Name(division, null));
    }

    private static void WriteKeyIds(AsnWriter writer, PublicKey key, PublicKey authority)
    {
        WriteExtension(writer, "2.5.29.14", critical: false, value => value.WriteOctetString(KeyIdentifier(key)));
        WriteExtension(writer, "2.5.29.35", critical: false, value =>
        {
            using (value.PushSequence())
                value.WriteOctetString(KeyIdentifier(authority), new Asn1Tag(TagClass.ContextSpecific, 0));
        });
    }

    /// <summary>The leftmost 160 bits of the SHA-256 of the point (RFC 7093 §2).</summary>
    private static byte[] KeyIdentifier(PublicKey key) => SHA256.HashData(key.ToPoint())[..20];

    private static void WriteExtension(AsnWriter writer, string identifier, bool critical, Action<AsnWriter> write)
    {
        var value = new AsnWriter(AsnEncodingRules.DER);
        write(value);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(identifier);
            if (critical)
                writer.WriteBoolean(true);
            writer.WriteOctetString(value.Encode());
        }
    }

    private static void WriteAttribute(AsnWriter writer, string identifier, string text, UniversalTagNumber type)
    {
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(identifier);
            writer.WriteCharacterString(type, text);
        }
    }
}
