using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Asn1.X9;

namespace Ecert.Adapters.Sm;

/// <summary>
/// SM2 signatures over SM3 (GB/T 32918.2) with the default user id of GM/T 0009. The curve is taken by name from a
/// constant-speed table; nothing that comes from outside is parsed but a signature of bounded length.
/// </summary>
internal static class Sm2
{
    private static readonly byte[] UserId = "1234567812345678"u8.ToArray();
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("sm2p256v1");
    private static readonly ECDomainParameters Domain = new(Curve.Curve, Curve.G, Curve.N, Curve.H);

    /// <summary>A private key from its number, big-endian, with or without a leading zero.</summary>
    /// <exception cref="ArgumentException">The number is not between 1 and n − 1.</exception>
    public static ECPrivateKeyParameters PrivateKey(byte[] number) => new(new BigInteger(1, number), Domain);

    /// <summary>A public key from its point, compressed or not.</summary>
    /// <exception cref="ArgumentException">The point is not on the curve.</exception>
    public static ECPublicKeyParameters PublicKey(byte[] point) => new(Curve.Curve.DecodePoint(point), Domain);

    /// <summary>Signs; DER (SEQUENCE of r and s) or the plain 64 bytes r‖s.</summary>
    public static byte[] Sign(ECPrivateKeyParameters key, byte[] text, bool plain)
    {
        var signer = Signer(plain);
        signer.Init(true, new ParametersWithID(new ParametersWithRandom(key), UserId));
        signer.BlockUpdate(text, 0, text.Length);
        return signer.GenerateSignature();
    }

    /// <summary>True for a right signature only; one that cannot be read is a wrong one.</summary>
    public static bool Verify(ECPublicKeyParameters key, byte[] text, byte[] signature, bool plain)
    {
        if (plain ? signature.Length != 64 : signature.Length is < 8 or > 72)
            return false;
        var signer = Signer(plain);
        signer.Init(false, new ParametersWithID(key, UserId));
        signer.BlockUpdate(text, 0, text.Length);
        return signer.VerifySignature(signature);
    }

    private static SM2Signer Signer(bool plain) =>
        new(plain ? PlainDsaEncoding.Instance : StandardDsaEncoding.Instance, new SM3Digest());
}
