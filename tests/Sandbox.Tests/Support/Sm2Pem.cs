using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Ecert.Sandbox.Tests.Support;

/// <summary>SM2 keys and signatures in the forms openssl reads.</summary>
internal static class Sm2Pem
{
    /// <summary>SubjectPublicKeyInfo of a point given as Base64 of 04‖X‖Y.</summary>
    public static string PublicKey(string point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteObjectIdentifier("1.2.156.10197.1.301");
            }
            writer.WriteBitString(Convert.FromBase64String(point));
        }
        return PemEncoding.WriteString("PUBLIC KEY", writer.Encode());
    }

    /// <summary>DER of a raw r‖s.</summary>
    public static byte[] Der(byte[] raw)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(raw.AsSpan(0, 32), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(raw.AsSpan(32), isUnsigned: true, isBigEndian: true));
        }
        return writer.Encode();
    }
}
