using System.Buffers.Binary;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// A 256-bit number, as a multiplier or modulo the order n of the base point. Comparing and adding branch on the
/// values: of a secret, only its limbs and its digits are taken.
/// </summary>
internal readonly record struct Scalar(UInt128 High, UInt128 Low)
{
    private static readonly Scalar Order = new(
        new UInt128(0xFFFFFFFEFFFFFFFF, 0xFFFFFFFFFFFFFFFF), new UInt128(0x7203DF6B21C6052B, 0x53BBF40939D54123));

    private static readonly Scalar Prime = new(
        new UInt128(0xFFFFFFFEFFFFFFFF, 0xFFFFFFFFFFFFFFFF), new UInt128(0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF));

    internal bool IsZero => (High | Low) == 0;

    internal static Scalar FromBytes(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    /// <summary>Is the number below n?</summary>
    internal bool IsReduced => IsBelow(Order);

    internal ulong Limb(int index) => (ulong)((index < 2 ? Low : High) >> index % 2 * 64);

    internal void WriteBytes(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Low);
    }

    /// <summary>The number modulo n; once is enough, since twice n is beyond 256 bits.</summary>
    internal Scalar Reduced() => IsBelow(Order) ? this : Minus(Order);

    /// <summary>The sum modulo n of two numbers below n.</summary>
    internal Scalar PlusModuloOrder(in Scalar other)
    {
        var (sum, carry) = Plus(other);
        return carry || !sum.IsBelow(Order) ? sum.Minus(Order) : sum;
    }

    /// <summary>The difference modulo n of two numbers below n.</summary>
    internal Scalar MinusModuloOrder(in Scalar other) =>
        IsBelow(other) ? Minus(other).Plus(Order).Sum : Minus(other);

    /// <summary>The coordinates below p that are this number modulo n: the number itself, and rarely n more.</summary>
    internal bool IsCoordinate(in FieldElement x, in FieldElement zSquared)
    {
        if (x.Equals(ToField() * zSquared))
            return true;
        var (sum, carry) = Plus(Order);
        return !carry && sum.IsBelow(Prime) && x.Equals(sum.ToField() * zSquared);
    }

    /// <summary>
    /// The digit of <paramref name="width"/> bits (at most 8) from bit <paramref name="position"/> on.
    /// </summary>
    internal int Digit(int position, int width)
    {
        if (position >= 256)
            return 0;
        var shifted = position >= 128 ? High >> (position - 128)
            : position == 0 ? Low
            : Low >> position | High << (128 - position);
        return (int)(uint)shifted & (1 << width) - 1;
    }

    /// <summary>
    /// The signed digit from bit <paramref name="position"/> on, more than −2^(width−1) and at most 2^(width−1); the
    /// digits are taken upwards, with what one carries to the next. No step depends on the value.
    /// </summary>
    internal int SignedDigit(int position, int width, ref int carry)
    {
        var digit = Digit(position, width) + carry;
        carry = (digit + (1 << (width - 1)) - 1) >> width;
        return digit - (carry << width);
    }

    private FieldElement ToField() =>
        FieldElement.FromLimbs((ulong)Low, (ulong)(Low >> 64), (ulong)High, (ulong)(High >> 64));

    private bool IsBelow(in Scalar other) => High < other.High || High == other.High && Low < other.Low;

    private Scalar Minus(in Scalar other) =>
        new(High - other.High - (Low < other.Low ? UInt128.One : UInt128.Zero), Low - other.Low);

    private (Scalar Sum, bool Carry) Plus(in Scalar other)
    {
        var low = Low + other.Low;
        var carry = low < Low ? UInt128.One : UInt128.Zero;
        var high = High + other.High;
        var carried = high < High;
        var sum = high + carry;
        return (new Scalar(sum, low), carried || sum < high);
    }
}
