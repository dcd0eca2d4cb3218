using System.Buffers.Binary;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// An integer modulo the SM2 prime p = 2²⁵⁶ − 2²²⁴ − 2⁹⁶ + 2⁶⁴ − 1, in Montgomery form (times 2²⁶⁰ modulo p): five
/// limbs of 52 bits, whose spare bits take the carries that a processor without a carry flag to speak of would lose
/// its time on. A product or a difference is tight: four limbs of 52 bits and little more in the second and the fifth
/// (48 bits). A sum is not carried, and everything takes what is up to eight times as large as tight. A number may be
/// p or a little more too large. No step depends on the values, but for the comparisons.
/// </summary>
internal readonly partial struct FieldElement
{
    private const int Bits = 52;
    private const int LastBits = 48;
    private const ulong Mask = (1UL << Bits) - 1;
    private const ulong LastMask = (1UL << LastBits) - 1;

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;
    private readonly ulong _4;

    private FieldElement(ulong limb0, ulong limb1, ulong limb2, ulong limb3, ulong limb4) =>
        (_0, _1, _2, _3, _4) = (limb0, limb1, limb2, limb3, limb4);

    // 2²⁶⁰ and 2⁵²⁰ modulo p.
    internal static FieldElement One => new(0x10, 0xFFFFFFFF0000, 0, 0, 0x100000);

    private static FieldElement RSquared => new(
        0x0020000000300, 0xFFFFFFFF00000, 0x0000100000002, 0x0200000001000, 0x4000000);

    /// <summary>Is it zero modulo p? Branches on the value.</summary>
    internal bool IsZero
    {
        get
        {
            // p is −1 modulo 2⁵², and the number less than 32 times p: nearly always the lowest limb says that it is
            // no multiple.
            if ((0 - _0 & Mask) >= 32)
                return false;
            var (low, high) = ToPlain();
            return (low | high) == 0;
        }
    }

    /// <summary>Takes 32 bytes, big-endian, below p.</summary>
    internal static FieldElement FromBytes(ReadOnlySpan<byte> bytes) => FromLimbs(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Takes the 64-bit limbs of a number, the lowest first.</summary>
    internal static FieldElement FromLimbs(ulong limb0, ulong limb1, ulong limb2, ulong limb3) => RSquared
        * new FieldElement(
            limb0 & Mask, (limb0 >> 52 | limb1 << 12) & Mask, (limb1 >> 40 | limb2 << 24) & Mask,
            (limb2 >> 28 | limb3 << 36) & Mask, limb3 >> 16);

    internal void WriteBytes(Span<byte> bytes)
    {
        var (low, high) = ToPlain();
        BinaryPrimitives.WriteUInt128BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], low);
    }

    /// <summary>The first where the mask is all ones, the second where it is zero.</summary>
    internal static FieldElement Select(ulong mask, in FieldElement first, in FieldElement second) => new(
        Limb.Select(mask, first._0, second._0), Limb.Select(mask, first._1, second._1),
        Limb.Select(mask, first._2, second._2), Limb.Select(mask, first._3, second._3),
        Limb.Select(mask, first._4, second._4));

    /// <summary>The same modulo p? Of tight numbers. Branches on the values.</summary>
    internal bool Equals(in FieldElement other) => (this - other).IsZero;

    /// <summary>The sum, without carrying: as large as both together.</summary>
    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        new(a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4);

    /// <summary>
    /// The difference, tight: 17·p, written with limbs larger than any subtrahend's, keeps it positive.
    /// </summary>
    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        var d4 = a._4 + 0x010FFFFFFEEFFEF - b._4;
        var top = d4 >> LastBits;
        var d0 = a._0 + 0x10FFFFFFFFFFFEF - b._0 + top;
        var d1 = a._1 + 0x10EF00000010FEF - b._1 + ((top << 44) - (top << 12)) + (d0 >> Bits);
        var d2 = a._2 + 0x10FFFFFFFFFFFEF - b._2 + (d1 >> Bits);
        var d3 = a._3 + 0x10FFFFFFFFFFFEF - b._3 + (d2 >> Bits);
        return new FieldElement(
            d0 & Mask, d1 & Mask, d2 & Mask, d3 & Mask, (d4 & LastMask) + (top << 16) + (d3 >> Bits));
    }

    /// <summary>
    /// The difference without carrying, of a tight subtrahend: 2·p more, so two tight numbers larger than the first.
    /// </summary>
    internal static FieldElement Difference(in FieldElement a, in FieldElement b) => new(
        a._0 + 0x1FFFFFFFFFFFFE - b._0, a._1 + 0x1FE00000001FFE - b._1, a._2 + 0x1FFFFFFFFFFFFE - b._2,
        a._3 + 0x1FFFFFFFFFFFFE - b._3, a._4 + 0x1FFFFFFFDFFFE - b._4);

    internal FieldElement Doubled() => this + this;

    /// <summary>The inverse, by Fermat: the power p − 2. The inverse of zero comes out as zero.</summary>
    internal FieldElement Inverse()
    {
        // Each is the power of as many one bits as its name says.
        var ones2 = SquaredTimes(1) * this;
        var ones3 = ones2.SquaredTimes(1) * this;
        var ones6 = ones3.SquaredTimes(3) * ones3;
        var ones12 = ones6.SquaredTimes(6) * ones6;
        var ones15 = ones12.SquaredTimes(3) * ones3;
        var ones30 = ones15.SquaredTimes(15) * ones15;
        var ones31 = ones30.SquaredTimes(1) * this;
        var ones32 = ones31.SquaredTimes(1) * this;
        var ones62 = ones31.SquaredTimes(31) * ones31;
        var ones64 = ones32.SquaredTimes(32) * ones32;
        var ones128 = ones64.SquaredTimes(64) * ones64;
        // 31 ones, a zero, 128 ones, 32 zeros, 62 ones, 01.
        var result = ones31.SquaredTimes(129) * ones128;
        return (result.SquaredTimes(94) * ones62).SquaredTimes(2) * this;
    }

    private FieldElement SquaredTimes(int count)
    {
        var result = this;
        for (; count > 0; count--)
            result = result.Squared();
        return result;
    }

    /// <summary>The number itself, below p.</summary>
    private (UInt128 Low, UInt128 High) ToPlain()
    {
        // A product with 1 is at most p.
        var plain = this * new FieldElement(1, 0, 0, 0, 0);
        var c1 = plain._1 + (plain._0 >> Bits);
        var c2 = plain._2 + (c1 >> Bits);
        var c3 = plain._3 + (c2 >> Bits);
        var c4 = plain._4 + (c3 >> Bits);
        c1 &= Mask;
        c2 &= Mask;
        c3 &= Mask;
        var t0 = plain._0 & Mask | c1 << 52;
        var t1 = c1 >> 12 | c2 << 40;
        var t2 = c2 >> 24 | c3 << 28;
        var t3 = c3 >> 36 | c4 << 16;
        var r0 = Limb.Subtract(t0, 0xFFFFFFFFFFFFFFFF, 0, out var borrow);
        var r1 = Limb.Subtract(t1, 0xFFFFFFFF00000000, borrow, out borrow);
        var r2 = Limb.Subtract(t2, 0xFFFFFFFFFFFFFFFF, borrow, out borrow);
        var r3 = Limb.Subtract(t3, 0xFFFFFFFEFFFFFFFF, borrow, out borrow);
        var keep = 0 - borrow;
        return (
            new UInt128(Limb.Select(keep, t1, r1), Limb.Select(keep, t0, r0)),
            new UInt128(Limb.Select(keep, t3, r3), Limb.Select(keep, t2, r2)));
    }
}
