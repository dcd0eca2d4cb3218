using System.Security.Cryptography;
using Ecert.Kernel;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// An SM2 private key in memory. What depends on it or on a signature's secret number takes the same steps and touches
/// the same memory whatever their values are (<see cref="SecretMultiplication"/>, <see cref="OrderElement"/>).
/// </summary>
internal sealed class Sm2PrivateKey
{
    private readonly OrderElement _inverseOfOnePlusKey;
    private readonly Sm2KeyMaterial _material;

    /// <param name="scalar">32 bytes, big-endian, between 1 and n − 2.</param>
    internal Sm2PrivateKey(ReadOnlySpan<byte> scalar)
    {
        var key = Scalar.FromBytes(scalar);
        _inverseOfOnePlusKey = (OrderElement.One + OrderElement.FromScalar(key)).Inverse();
        var point = SecretMultiplication.Multiply(key);
        Span<byte> x = stackalloc byte[SignatureSuite.CoordinateSize];
        Span<byte> y = stackalloc byte[SignatureSuite.CoordinateSize];
        point.X.WriteBytes(x);
        point.Y.WriteBytes(y);
        PublicKey = PublicKey.Create(SignatureSuite.Sm2, x, y);
        _material = PublicKey.Sm2;
    }

    internal PublicKey PublicKey { get; }

    /// <summary>A random private scalar: 32 bytes, between 1 and n − 2.</summary>
    internal static byte[] NewScalar(RandomSource random)
    {
        var bytes = new byte[SignatureSuite.CoordinateSize];
        Scalar value;
        do
        {
            random.Fill(bytes);
            value = Scalar.FromBytes(bytes);
        }
        while (value.IsZero || !value.IsReduced || value.PlusModuloOrder(new Scalar(0, 1)).IsZero);
        return bytes;
    }

    /// <summary>
    /// The raw signature (GB/T 32918.2 §6.1). Its s = (1 + d)⁻¹·(k − r·d) is reckoned as (1 + d)⁻¹·(k + r) − r, which
    /// is the same and needs d no more.
    /// </summary>
    internal byte[] Sign(ReadOnlySpan<byte> message, RandomSource random)
    {
        var digest = OrderElement.FromScalar(_material.Digest(message));
        Span<byte> bytes = stackalloc byte[SignatureSuite.CoordinateSize];
        while (true)
        {
            random.Fill(bytes);
            var secret = Scalar.FromBytes(bytes);
            // To throw a number away tells nothing of the one that is kept.
            if (secret.IsZero || !secret.IsReduced)
                continue;
            SecretMultiplication.Multiply(secret).X.WriteBytes(bytes);
            var r = digest + OrderElement.FromScalar(Scalar.FromBytes(bytes).Reduced());
            var sum = OrderElement.FromScalar(secret) + r;
            var s = _inverseOfOnePlusKey * sum - r;
            CryptographicOperations.ZeroMemory(bytes);
            if (r.IsZero || sum.IsZero || s.IsZero)
                continue;
            var signature = new byte[SignatureSuite.SignatureSize];
            r.ToScalar().WriteBytes(signature);
            s.ToScalar().WriteBytes(signature.AsSpan(SignatureSuite.CoordinateSize));
            return signature;
        }
    }
}
