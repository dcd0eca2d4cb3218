namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// The multiple of a point that was never seen before, from its first odd multiples and their opposites (the
/// non-adjacent form of width 5). Branches on the multiplier.
/// </summary>
internal static class WindowedMultiplication
{
    private const int Width = 5;
    private const int OddMultiples = 1 << (Width - 2);
    private const int Digits = 257;

    internal static CurvePoint Multiply(in AffinePoint point, in Scalar multiplier)
    {
        var odd = new CurvePoint[OddMultiples];
        odd[0] = new CurvePoint(point);
        var twice = odd[0].Doubled();
        for (var index = 1; index < odd.Length; index++)
            odd[index] = odd[index - 1].Plus(twice);
        Span<sbyte> digits = stackalloc sbyte[Digits];
        var position = Recode(multiplier, digits);
        var result = CurvePoint.Infinity;
        for (; position >= 0; position--)
        {
            result = result.Doubled();
            var digit = digits[position];
            if (digit > 0)
                result = result.Plus(odd[digit >> 1]);
            else if (digit < 0)
                result = result.Plus(odd[-digit >> 1].Negated());
        }
        return result;
    }

    /// <summary>
    /// Writes the number as odd digits between −15 and 15, at least four zeros between two of them.
    /// </summary>
    /// <returns>The place of the highest digit, or −1.</returns>
    private static int Recode(in Scalar multiplier, Span<sbyte> digits)
    {
        digits.Clear();
        var highest = -1;
        var carry = 0;
        for (var position = 0; position < Digits;)
        {
            if (multiplier.Digit(position, 1) == carry)
            {
                position++;
                continue;
            }
            var digit = multiplier.Digit(position, Width) + carry;
            carry = digit >> (Width - 1);
            digits[position] = (sbyte)(digit - (carry << Width));
            highest = position;
            position += Width;
        }
        return highest;
    }
}
