namespace Ecert.Insurance;

/// <summary>Decimal text as whole units of a fixed scale; no floating point on the way.</summary>
internal static class FixedPoint
{
    /// <summary>The national fields are 16 digits in all.</summary>
    private const int DigitsMax = 16;

    /// <summary>
    /// Reads digits with at most <paramref name="decimals"/> after a point; no sign, blank or exponent.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, int decimals, out long units)
    {
        units = 0;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || fraction.Length > decimals ||
            whole.TrimStart('0').Length > DigitsMax - decimals)
            return false;
        return TryAppend(whole, ref units) && TryAppend(fraction, ref units) &&
            TryAppend("000000".AsSpan(0, decimals - fraction.Length), ref units);
    }

    /// <summary>The shortest text that reads back as the same units.</summary>
    public static string Format(long units, int decimals)
    {
        var text = units.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return $"{text[..^decimals]}.{text[^decimals..]}".TrimEnd('0').TrimEnd('.');
    }

    /// <summary>Divides, rounding half up; both are at least zero, the divisor above it.</summary>
    public static Int128 DivideHalfUp(Int128 dividend, Int128 divisor) => (dividend + divisor / 2) / divisor;

    private static bool TryAppend(ReadOnlySpan<char> digits, ref long units)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            units = units * 10 + (digit - '0');
        }
        return true;
    }
}
