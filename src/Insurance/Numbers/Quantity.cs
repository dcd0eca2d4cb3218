using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>How much of an item (<c>cnt</c>, 16.4): exact to four decimals, never negative.</summary>
/// <param name="TenThousandths">The quantity in units of 1/10,000.</param>
public readonly record struct Quantity(long TenThousandths)
{
    /// <summary>Reads digits with at most four decimals, such as <c>2</c> or <c>0.5</c>; no sign.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        var read = FixedPoint.TryParse(text, 4, out var units);
        quantity = new Quantity(units);
        return read;
    }

    /// <summary>Reads as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is not a quantity.</exception>
    public static Quantity Parse(ReadOnlySpan<char> text) => TryParse(text, out var quantity)
        ? quantity
        : throw new FormatException("A quantity is digits with at most four decimals, such as 0.5.");

    /// <summary>The amount this many units cost at a price, rounded half up to the fen.</summary>
    /// <exception cref="OverflowException">The amount leaves 64 bits of fen.</exception>
    public Money At(UnitPrice price) => new(checked((long)FenAt(price)));

    /// <summary>As <see cref="At"/>, but wide enough for any quantity and price.</summary>
    internal Int128 FenAt(UnitPrice price) =>
        // 1/10,000 of a unit times 1/1,000,000 of a yuan is 1/100,000,000 of a fen.
        FixedPoint.DivideHalfUp((Int128)TenThousandths * price.Millionths, 100_000_000);

    /// <summary>The shortest decimal text.</summary>
    public override string ToString() => FixedPoint.Format(TenThousandths, 4);
}

/// <summary>What one unit costs (<c>pric</c>, 16.6): yuan exact to six decimals, never negative.</summary>
/// <param name="Millionths">The price in units of 1/1,000,000 yuan.</param>
public readonly record struct UnitPrice(long Millionths)
{
    /// <summary>
    /// Reads yuan as digits with at most six decimals, such as <c>2.26</c> or <c>0.012345</c>; no sign.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UnitPrice price)
    {
        var read = FixedPoint.TryParse(text, 6, out var units);
        price = new UnitPrice(units);
        return read;
    }

    /// <summary>Reads as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is not a price.</exception>
    public static UnitPrice Parse(ReadOnlySpan<char> text) => TryParse(text, out var price)
        ? price
        : throw new FormatException("A unit price is yuan with at most six decimals, such as 0.012345.");

    /// <summary>By how much this price exceeds another; zero if it does not.</summary>
    public UnitPrice Above(UnitPrice ceiling) => new(Math.Max(0, Millionths - ceiling.Millionths));

    /// <summary>The shortest decimal text, in yuan.</summary>
    public override string ToString() => FixedPoint.Format(Millionths, 6);
}
