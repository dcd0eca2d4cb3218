namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// The multiples d·2^(w·i) of one point, for every digit d from 1 to 2^(w−1) at every place i: a multiplication is then
/// one addition a digit and no doubling, with the opposite point for a negative digit. Immutable.
/// </summary>
internal sealed class WindowTable
{
    private readonly AffinePoint[] _points;

    /// <param name="point">The point.</param>
    /// <param name="width">Bits of a digit, 2 to 8: 5 takes 67 kB, 6 takes 110 kB, 7 takes 190 kB.</param>
    internal WindowTable(in AffinePoint point, int width)
    {
        (Width, PerWindow) = (width, 1 << (width - 1));
        // One bit more than a number has, for the last digit's carry.
        var points = new CurvePoint[(257 + width - 1) / width * PerWindow];
        var window = new CurvePoint(point);
        for (var start = 0; start < points.Length; start += PerWindow)
        {
            points[start] = window;
            for (var index = 1; index < PerWindow; index++)
                points[start + index] = points[start + index - 1].Plus(window);
            window = points[start + PerWindow - 1].Doubled();
        }
        _points = CurvePoint.ToAffine(points);
    }

    /// <summary>The base point's table, made on first use.</summary>
    internal static WindowTable Generator { get; } = new(AffinePoint.Generator, width: 7);

    /// <summary>Bits of a digit.</summary>
    internal int Width { get; }

    /// <summary>How many multiples there are for one place: the largest digit.</summary>
    internal int PerWindow { get; }

    /// <summary>The multiples, window by window, the digit 1 first.</summary>
    internal ReadOnlySpan<AffinePoint> Points => _points;

    /// <summary>Adds a multiple of the point to <paramref name="sum"/>. Branches on the multiplier.</summary>
    internal CurvePoint AddMultiple(in Scalar multiplier, CurvePoint sum)
    {
        var carry = 0;
        for (int start = 0, position = 0; start < _points.Length; start += PerWindow, position += Width)
        {
            var digit = multiplier.SignedDigit(position, Width, ref carry);
            if (digit > 0)
                sum = sum.Plus(_points[start + digit - 1]);
            else if (digit < 0)
                sum = sum.Plus(_points[start - digit - 1].Negated());
        }
        return sum;
    }
}
