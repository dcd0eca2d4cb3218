namespace Ecert.Certificates.Suites;

/// <summary>The compressed point of SEC 1 §2.3.3: 02 or 03 for an even or odd Y, then X; 33 bytes.</summary>
public sealed partial class PublicKey
{
    /// <summary>Bytes of a compressed point in every suite.</summary>
    public const int CompressedSize = 1 + SignatureSuite.CoordinateSize;

    /// <summary>The point compressed.</summary>
    public byte[] ToCompressed() => [(byte)(2 + (_y[^1] & 1)), .. _x];

    /// <summary>Takes a compressed point; false when it is of another form or no point has its X.</summary>
    public static bool TryFromCompressed(SignatureSuite suite, ReadOnlySpan<byte> point, out PublicKey key)
    {
        key = null!;
        Span<byte> y = stackalloc byte[SignatureSuite.CoordinateSize];
        return point.Length == CompressedSize
            && point[0] is 2 or 3
            && suite.Curve.TryFindY(point[1..], odd: point[0] == 3, y)
            && TryCreate(suite, point[1..], y, out key);
    }
}
