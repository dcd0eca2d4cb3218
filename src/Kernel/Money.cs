using System.Globalization;

namespace Ecert.Kernel;

/// <summary>
/// An amount of Chinese yuan held as whole fen (CNY 1/100). Arithmetic is exact and checked: an overflow throws
/// <see cref="OverflowException"/> rather than wrapping. May be negative (a reversal carries negative amounts).
/// </summary>
/// <param name="Fen">The amount in fen.</param>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static readonly Money Zero = new(0);

    /// <summary>True when the amount is below zero.</summary>
    public bool IsNegative => Fen < 0;

    /// <summary>True when the amount is above zero.</summary>
    public bool IsPositive => Fen > 0;

    /// <summary>Adds exactly.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    /// <summary>Subtracts exactly.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    /// <summary>The same amount with the other sign.</summary>
    public static Money operator -(Money value) => new(checked(-value.Fen));

    /// <summary>Compares by amount.</summary>
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    /// <summary>Compares by amount.</summary>
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    /// <summary>Compares by amount.</summary>
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    /// <summary>Compares by amount.</summary>
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    /// <summary>The smaller of two amounts.</summary>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <summary>The larger of two amounts.</summary>
    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>The exact sum of all amounts; zero for none.</summary>
    public static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Zero, (sum, next) => sum + next);

    /// <summary>
    /// The given share of the amount, rounded half away from zero to the fen: the only rounding the national samples
    /// show (4.52 yuan × 5 % = 0.226, booked as 0.23).
    /// </summary>
    public Money Times(Ratio ratio)
    {
        var product = (Int128)Fen * ratio.TenThousandths;
        var half = product < 0 ? -Ratio.One.TenThousandths / 2 : Ratio.One.TenThousandths / 2;
        return new Money(checked((long)((product + half) / Ratio.One.TenThousandths)));
    }

    /// <summary>
    /// Reads yuan as outside systems write them: optional minus, digits, and at most two decimals after a point
    /// (<c>12</c>, <c>12.5</c>, <c>12.50</c>). A third decimal, an exponent, a plus sign, blanks, thousands separators
    /// and amounts beyond 64 bits of fen are refused.
    /// </summary>
    public static bool TryParseYuan(ReadOnlySpan<char> text, out Money money)
    {
        money = Zero;
        var negative = text.StartsWith("-");
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.Length is 0 or > 2))
            return false;
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var yuan))
            return false;
        var hundredths = 0L;
        if (!fraction.IsEmpty
            && !long.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out hundredths))
            return false;
        var fen = (Int128)yuan * 100 + (fraction.Length == 1 ? hundredths * 10 : hundredths);
        if (fen > long.MaxValue)
            return false;
        money = new Money(negative ? -(long)fen : (long)fen);
        return true;
    }

    /// <summary>Reads yuan as <see cref="TryParseYuan"/> does.</summary>
    /// <exception cref="FormatException">The text is not an amount with at most two decimals.</exception>
    public static Money ParseYuan(ReadOnlySpan<char> text) => TryParseYuan(text, out var money)
        ? money
        : throw new FormatException("An amount in yuan is digits with at most two decimals, such as 12.50.");

    /// <summary>
    /// Yuan with exactly two decimals and no separators, in every culture: <c>-0.05</c>, <c>1234.50</c>.
    /// </summary>
    public string ToYuan()
    {
        var magnitude = (UInt128)Int128.Abs(Fen);
        var sign = Fen < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{magnitude / 100}.{(int)(magnitude % 100):00}");
    }

    /// <inheritdoc/>
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>Yuan with two decimals, as <see cref="ToYuan"/>.</summary>
    public override string ToString() => ToYuan();
}
