namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// The multiple of a point that was never seen before, from its first odd multiples (a sliding window of 5 bits).
/// </summary>
internal static class WindowedMultiplication
{
    private const int Width = 5;
    private const int OddMultiples = 1 << (Width - 1);

    internal static CurvePoint Multiply(in AffinePoint point, in Scalar multiplier)
    {
        var odd = new CurvePoint[OddMultiples];
        odd[0] = new CurvePoint(point);
        var twice = odd[0].Doubled();
        for (var index = 1; index < odd.Length; index++)
            odd[index] = odd[index - 1].Plus(twice);
        var result = CurvePoint.Infinity;
        for (var position = 255; position >= 0;)
        {
            if (multiplier.Digit(position, 1) == 0)
            {
                result = result.Doubled();
                position--;
                continue;
            }
            var low = Math.Max(position - Width + 1, 0);
            while (multiplier.Digit(low, 1) == 0)
                low++;
            for (var count = low; count <= position; count++)
                result = result.Doubled();
            result = result.Plus(odd[multiplier.Digit(low, position - low + 1) >> 1]);
            position = low - 1;
        }
        return result;
    }
}
