using System.Security.Cryptography;
using Ecert.Certificates.Suites.Sm2Curve;

namespace Ecert.Certificates.Suites;

/// <summary>
/// A public key: a point that has been checked to lie on its suite's curve. Immutable, compared by value.
/// </summary>
public sealed partial class PublicKey : IEquatable<PublicKey>
{
    private readonly byte[] _x;
    private readonly byte[] _y;
    private Sm2KeyMaterial? _sm2;

    private PublicKey(SignatureSuite suite, byte[] x, byte[] y) => (Suite, _x, _y) = (suite, x, y);

    /// <summary>The suite the key is used with.</summary>
    public SignatureSuite Suite { get; }

    /// <summary>The first coordinate, 32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> X => _x;

    /// <summary>The second coordinate, 32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> Y => _y;

    /// <summary>The point as SEC 1 writes it uncompressed: 04, X, Y; 65 bytes.</summary>
    public byte[] ToPoint() => [4, .. _x, .. _y];

    /// <summary>Takes two coordinates of 32 bytes; false when they are of another size or not on the curve.</summary>
    public static bool TryCreate(SignatureSuite suite, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, out PublicKey key)
    {
        var valid = x.Length == SignatureSuite.CoordinateSize && y.Length == SignatureSuite.CoordinateSize
            && suite.Curve.Contains(x, y);
        key = valid ? new PublicKey(suite, x.ToArray(), y.ToArray()) : null!;
        return valid;
    }

    /// <summary>Takes two coordinates as <see cref="TryCreate"/> does.</summary>
    /// <exception cref="CryptographicException">They are no point of the curve.</exception>
    public static PublicKey Create(SignatureSuite suite, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        TryCreate(suite, x, y, out var key)
            ? key
            : throw new CryptographicException($"The coordinates are no point of the curve of {suite.Name}.");

    /// <summary>
    /// Does this raw signature (<c>r‖s</c>, 64 bytes) over the message come from this key? Never throws.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSuite.SignatureSize
        && Suite.Curve.HoldsScalars(signature)
        && Suite.Verify(this, message, signature);

    /// <summary>What verifying with an SM2 key needs; made on first use.</summary>
    internal Sm2KeyMaterial Sm2 => _sm2 ??= new Sm2KeyMaterial(_x, _y);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) =>
        other is not null
        && ReferenceEquals(Suite, other.Suite)
        && X.SequenceEqual(other.X)
        && Y.SequenceEqual(other.Y);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_x);
}
