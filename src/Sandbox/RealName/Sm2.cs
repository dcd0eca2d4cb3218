using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using System.Text;

namespace Ecert.Sandbox.RealName;

/// <summary>SM2 with SM3 (GB/T 32918) under user id 1234567812345678, signatures as raw r‖s of 64 bytes.</summary>
internal static class Sm2
{
    private static readonly byte[] UserId = Encoding.ASCII.GetBytes("1234567812345678");
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("sm2p256v1");
    private static readonly ECDomainParameters Domain = new(Curve.Curve, Curve.G, Curve.N, Curve.H);

    /// <summary>Reads a private key: Base64 of 32 bytes, or 33 with a leading zero.</summary>
    public static ECPrivateKeyParameters PrivateKey(string base64) =>
        new(new BigInteger(1, Convert.FromBase64String(base64)), Domain);

    /// <summary>
    /// Reads a public key: Base64 of <c>04‖X‖Y</c> or of the 33 compressed bytes. The point is checked.
    /// </summary>
    public static ECPublicKeyParameters PublicKey(string base64) =>
        new(Curve.Curve.DecodePoint(Convert.FromBase64String(base64)), Domain);

    /// <summary>The public key of a private one, Base64 of <c>04‖X‖Y</c>.</summary>
    public static string PublicKeyOf(ECPrivateKeyParameters key) =>
        Convert.ToBase64String(Domain.G.Multiply(key.D).Normalize().GetEncoded(false));

    /// <summary>A private key from 32 random bytes, Base64; null when the number is outside the group.</summary>
    public static string? PrivateKeyFrom(byte[] random)
    {
        var number = new BigInteger(1, random);
        var isInside = number.SignValue > 0 && number.CompareTo(Curve.N.Subtract(BigInteger.One)) < 0;
        return isInside ? Convert.ToBase64String(random) : null;
    }

    /// <summary>Signs; Base64 of r‖s.</summary>
    public static string Sign(ECPrivateKeyParameters key, byte[] message)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance);
        signer.Init(true, new ParametersWithID(key, UserId));
        signer.BlockUpdate(message, 0, message.Length);
        return Convert.ToBase64String(signer.GenerateSignature());
    }

    /// <summary>Verifies Base64 of r‖s; anything else does not verify.</summary>
    public static bool Verify(ECPublicKeyParameters key, byte[] message, string signature)
    {
        var bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out var length) || length != 64)
            return false;
        var signer = new SM2Signer(PlainDsaEncoding.Instance);
        signer.Init(false, new ParametersWithID(key, UserId));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.VerifySignature(bytes[..64]);
    }
}
