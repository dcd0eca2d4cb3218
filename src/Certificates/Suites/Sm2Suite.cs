using Ecert.Certificates.Suites.Sm2Curve;
using Ecert.Kernel;

namespace Ecert.Certificates.Suites;

internal sealed class Sm2Suite : SignatureSuite
{
    public override string Name => "SM2SM3";

    public override int CoseAlgorithm => -65537;

    public override int CoseCurve => -65537;

    public override string JwkCurve => "SM2";

    internal override string CurveObjectIdentifier => "1.2.156.10197.1.301";

    internal override string SignatureObjectIdentifier => "1.2.156.10197.1.501";

    internal override EllipticCurve Curve => EllipticCurve.Sm2P256;

    public override SigningKey GenerateKey() => new InMemoryKey(Sm2PrivateKey.NewScalar(RandomSource.System));

    public override string GenerateKeyPem()
    {
        var scalar = Sm2PrivateKey.NewScalar(RandomSource.System);
        return EcPrivateKeyPem.Write(scalar, new Sm2PrivateKey(scalar).PublicKey);
    }

    public override SigningKey ImportPem(string pem) => new InMemoryKey(EcPrivateKeyPem.Read(pem, this));

    internal override bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.Sm2.Verify(message, signature);

    private sealed class InMemoryKey(byte[] scalar) : SigningKey
    {
        private readonly Sm2PrivateKey _key = new(scalar);

        public override PublicKey PublicKey => _key.PublicKey;

        public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct) =>
            ValueTask.FromResult(_key.Sign(message.Span, RandomSource.System));
    }
}
