namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// All multiples d·2^(w·i) of one point, for every digit d of w bits at every place i: a multiplication is then one
/// addition a digit and no doubling. Immutable.
/// </summary>
internal sealed class WindowTable
{
    private readonly int _width;
    private readonly int _perWindow;
    private readonly AffinePoint[] _points;

    /// <param name="point">The point.</param>
    /// <param name="width">Bits of a digit, 1 to 8: 4 takes 61 kB, 6 takes 173 kB, 7 takes 300 kB.</param>
    internal WindowTable(in AffinePoint point, int width)
    {
        (_width, _perWindow) = (width, (1 << width) - 1);
        var windows = (256 + width - 1) / width;
        var points = new CurvePoint[windows * _perWindow];
        var window = new CurvePoint(point);
        for (var start = 0; start < points.Length; start += _perWindow)
        {
            points[start] = window;
            for (var index = 1; index < _perWindow; index++)
                points[start + index] = points[start + index - 1].Plus(window);
            window = points[start + _perWindow - 1].Plus(window);
        }
        _points = CurvePoint.ToAffine(points);
    }

    /// <summary>The base point's table, made on first use.</summary>
    internal static WindowTable Generator { get; } = new(AffinePoint.Generator, width: 7);

    /// <summary>The multiples, window by window, the digit 1 first.</summary>
    internal ReadOnlySpan<AffinePoint> Points => _points;

    /// <summary>Adds a multiple of the point to <paramref name="sum"/>.</summary>
    internal CurvePoint AddMultiple(in Scalar multiplier, CurvePoint sum)
    {
        for (int start = 0, position = 0; start < _points.Length; start += _perWindow, position += _width)
        {
            var digit = multiplier.Digit(position, _width);
            if (digit != 0)
                sum = sum.Plus(_points[start + digit - 1]);
        }
        return sum;
    }
}
