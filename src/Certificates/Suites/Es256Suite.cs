using System.Security.Cryptography;

namespace Ecert.Certificates.Suites;

internal sealed class Es256Suite : SignatureSuite
{
    public override string Name => "ES256";

    public override int CoseAlgorithm => -7;

    public override int CoseCurve => 1;

    public override string JwkCurve => "P-256";

    internal override string CurveObjectIdentifier => "1.2.840.10045.3.1.7";

    internal override string SignatureObjectIdentifier => "1.2.840.10045.4.3.2";

    internal override EllipticCurve Curve => EllipticCurve.P256;

    public override SigningKey GenerateKey() => new InMemoryKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public override string GenerateKeyPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    public override SigningKey ImportPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (ArgumentException exception)
        {
            key.Dispose();
            throw new CryptographicException("The text holds no private key in PEM.", exception);
        }
        return new InMemoryKey(key);
    }

    internal override bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var algorithm = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = key.X.ToArray(), Y = key.Y.ToArray() },
        });
        return algorithm.VerifyData(message, signature, HashAlgorithmName.SHA256);
    }

    private sealed class InMemoryKey : SigningKey
    {
        private readonly ECDsa _key;
        private readonly Lock _lock = new();

        internal InMemoryKey(ECDsa key)
        {
            _key = key;
            var parameters = key.ExportParameters(includePrivateParameters: false);
            PublicKey = parameters.Curve.Oid.Value == "1.2.840.10045.3.1.7"
                ? PublicKey.Create(Es256, parameters.Q.X, parameters.Q.Y)
                : throw new CryptographicException("The key is not on P-256.");
        }

        public override PublicKey PublicKey { get; }

        public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
        {
            // The platform does not promise that one key object may sign on two threads.
            lock (_lock)
                return ValueTask.FromResult(_key.SignData(message.Span, HashAlgorithmName.SHA256));
        }
    }
}
