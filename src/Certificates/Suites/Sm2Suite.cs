using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;

namespace Ecert.Certificates.Suites;

internal sealed class Sm2Suite : SignatureSuite
{
    // The curve of CustomNamedCurves: ten times as fast as the same curve of GMNamedCurves.
    private static readonly X9ECParameters Named = CustomNamedCurves.GetByName("SM2P256V1");
    private static readonly ECDomainParameters Domain = new(Named.Curve, Named.G, Named.N, Named.H);
    private static readonly byte[] UserId = "1234567812345678"u8.ToArray();

    public override string Name => "SM2SM3";

    public override int CoseAlgorithm => -65537;

    public override int CoseCurve => -65537;

    public override string JwkCurve => "SM2";

    internal override string CurveObjectIdentifier => "1.2.156.10197.1.301";

    internal override string SignatureObjectIdentifier => "1.2.156.10197.1.501";

    internal override EllipticCurve Curve => EllipticCurve.Sm2P256;

    public override SigningKey GenerateKey() => new InMemoryKey(Generate());

    public override string GenerateKeyPem()
    {
        var key = Generate();
        return EcPrivateKeyPem.Write(BigIntegers.AsUnsignedByteArray(CoordinateSize, key.D), PublicKeyOf(key));
    }

    public override SigningKey ImportPem(string pem) =>
        new InMemoryKey(new ECPrivateKeyParameters(new BigInteger(1, EcPrivateKeyPem.Read(pem, this)), Domain));

    // Public data has no secret to leak, so that verifying is by arithmetic of our own; signing stays with the library.
    internal override bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.Sm2.Verify(message, signature);

    private static ECPrivateKeyParameters Generate()
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(Domain, new SecureRandom()));
        return (ECPrivateKeyParameters)generator.GenerateKeyPair().Private;
    }

    private static PublicKey PublicKeyOf(ECPrivateKeyParameters key)
    {
        var point = Domain.G.Multiply(key.D).Normalize();
        return PublicKey.Create(Sm2, point.AffineXCoord.GetEncoded(), point.AffineYCoord.GetEncoded());
    }

    private sealed class InMemoryKey : SigningKey
    {
        private readonly ECPrivateKeyParameters _key;

        internal InMemoryKey(ECPrivateKeyParameters key) => (_key, PublicKey) = (key, PublicKeyOf(key));

        public override PublicKey PublicKey { get; }

        public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
        {
            var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
            signer.Init(true, new ParametersWithID(new ParametersWithRandom(_key, new SecureRandom()), UserId));
            var bytes = message.ToArray();
            signer.BlockUpdate(bytes, 0, bytes.Length);
            return ValueTask.FromResult(signer.GenerateSignature());
        }
    }
}
