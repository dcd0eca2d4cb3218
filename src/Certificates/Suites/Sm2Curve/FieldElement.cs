using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using static Ecert.Certificates.Suites.Sm2Curve.Limb;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// An integer modulo the SM2 prime p = 2²⁵⁶ − 2²²⁴ − 2⁹⁶ + 2⁶⁴ − 1, in Montgomery form (times 2²⁵⁶ modulo p), always
/// reduced. Since p ≡ −1 modulo 2⁶⁴, the Montgomery quotient of a step is the lowest limb itself, and adding its
/// multiple of p takes shifts alone. No step depends on the values.
/// </summary>
internal readonly struct FieldElement
{
    private const ulong P0 = 0xFFFFFFFFFFFFFFFF;
    private const ulong P1 = 0xFFFFFFFF00000000;
    private const ulong P2 = 0xFFFFFFFFFFFFFFFF;
    private const ulong P3 = 0xFFFFFFFEFFFFFFFF;

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;

    private FieldElement(ulong limb0, ulong limb1, ulong limb2, ulong limb3) =>
        (_0, _1, _2, _3) = (limb0, limb1, limb2, limb3);

    // 2²⁵⁶ and 2⁵¹² modulo p.
    internal static FieldElement One => new(1, 0x00000000FFFFFFFF, 0, 0x0000000100000000);

    private static FieldElement RSquared => new(
        0x0000000200000003, 0x00000002FFFFFFFF, 0x0000000100000001, 0x0000000400000002);

    internal bool IsZero => (_0 | _1 | _2 | _3) == 0;

    /// <summary>Takes 32 bytes, big-endian, below p.</summary>
    internal static FieldElement FromBytes(ReadOnlySpan<byte> bytes) => FromLimbs(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Takes the limbs of a number below p, the lowest first.</summary>
    internal static FieldElement FromLimbs(ulong limb0, ulong limb1, ulong limb2, ulong limb3) =>
        new FieldElement(limb0, limb1, limb2, limb3) * RSquared;

    internal void WriteBytes(Span<byte> bytes)
    {
        var plain = this * new FieldElement(1, 0, 0, 0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], plain._0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], plain._1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], plain._2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, plain._3);
    }

    /// <summary>The first where the mask is all ones, the second where it is zero.</summary>
    internal static FieldElement Select(ulong mask, in FieldElement first, in FieldElement second) => new(
        Limb.Select(mask, first._0, second._0), Limb.Select(mask, first._1, second._1),
        Limb.Select(mask, first._2, second._2), Limb.Select(mask, first._3, second._3));

    internal bool Equals(in FieldElement other) =>
        ((_0 ^ other._0) | (_1 ^ other._1) | (_2 ^ other._2) | (_3 ^ other._3)) == 0;

    public static FieldElement operator +(in FieldElement a, in FieldElement b)
    {
        var r0 = Add(a._0, b._0, 0, out var carry);
        var r1 = Add(a._1, b._1, carry, out carry);
        var r2 = Add(a._2, b._2, carry, out carry);
        var r3 = Add(a._3, b._3, carry, out carry);
        return Reduce(r0, r1, r2, r3, carry);
    }

    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        var r0 = Subtract(a._0, b._0, 0, out var borrow);
        var r1 = Subtract(a._1, b._1, borrow, out borrow);
        var r2 = Subtract(a._2, b._2, borrow, out borrow);
        var r3 = Subtract(a._3, b._3, borrow, out borrow);
        var mask = 0 - borrow;
        r0 = Add(r0, P0 & mask, 0, out var carry);
        r1 = Add(r1, P1 & mask, carry, out carry);
        r2 = Add(r2, P2 & mask, carry, out carry);
        r3 = Add(r3, P3 & mask, carry, out _);
        return new FieldElement(r0, r1, r2, r3);
    }

    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        Step(in a, b._0, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(in a, b._1, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(in a, b._2, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(in a, b._3, ref t0, ref t1, ref t2, ref t3, ref t4);
        return Reduce(t0, t1, t2, t3, t4);
    }

    /// <summary>The square: each product of two different limbs is taken once and doubled.</summary>
    internal FieldElement Squared()
    {
        var t1 = MultiplyAdd(_0, _1, 0, 0, out var t2);
        t2 = MultiplyAdd(_0, _2, t2, 0, out var t3);
        t3 = MultiplyAdd(_0, _3, t3, 0, out var t4);
        t3 = MultiplyAdd(_1, _2, t3, 0, out var carry);
        t4 = MultiplyAdd(_1, _3, t4, carry, out var t5);
        t5 = MultiplyAdd(_2, _3, t5, 0, out var t6);
        var t7 = t6 >> 63;
        t6 = t6 << 1 | t5 >> 63;
        t5 = t5 << 1 | t4 >> 63;
        t4 = t4 << 1 | t3 >> 63;
        t3 = t3 << 1 | t2 >> 63;
        t2 = t2 << 1 | t1 >> 63;
        t1 <<= 1;
        var t0 = _0 * _0;
        t1 = Add(t1, High(_0, _0), 0, out carry);
        t2 = Add(t2, _1 * _1, carry, out carry);
        t3 = Add(t3, High(_1, _1), carry, out carry);
        t4 = Add(t4, _2 * _2, carry, out carry);
        t5 = Add(t5, High(_2, _2), carry, out carry);
        t6 = Add(t6, _3 * _3, carry, out carry);
        t7 = Add(t7, High(_3, _3), carry, out _);
        return ReduceDouble(t0, t1, t2, t3, t4, t5, t6, t7);
    }

    /// <summary>
    /// A number of 512 bits, below p · 2²⁵⁶, to Montgomery form: the lower half is cleared limb by limb.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement ReduceDouble(
        ulong t0, ulong t1, ulong t2, ulong t3, ulong t4, ulong t5, ulong t6, ulong t7)
    {
        ulong over = 0;
        ClearLowest(ref t0, ref t1, ref t2, ref t3, ref over);
        ClearLowest(ref t0, ref t1, ref t2, ref t3, ref over);
        ClearLowest(ref t0, ref t1, ref t2, ref t3, ref over);
        ClearLowest(ref t0, ref t1, ref t2, ref t3, ref over);
        t0 = Add(t0, t4, 0, out var carry);
        t1 = Add(t1, t5, carry, out carry);
        t2 = Add(t2, t6, carry, out carry);
        t3 = Add(t3, t7, carry, out carry);
        return Reduce(t0, t1, t2, t3, over + carry);
    }

    internal FieldElement Doubled() => this + this;

    /// <summary>The inverse, by Fermat: the power p − 2. The inverse of zero comes out as zero.</summary>
    internal FieldElement Inverse()
    {
        ReadOnlySpan<ulong> exponent = [P0 - 2, P1, P2, P3];
        var result = One;
        for (var bit = 255; bit >= 0; bit--)
        {
            result = result.Squared();
            if ((exponent[bit / 64] >> bit % 64 & 1) != 0)
                result *= this;
        }
        return result;
    }

    /// <summary>
    /// Adds a times one limb of b, then the multiple of p that clears the lowest limb, and drops that limb.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        in FieldElement a, ulong limb, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        t0 = MultiplyAdd(a._0, limb, t0, 0, out var carry);
        t1 = MultiplyAdd(a._1, limb, t1, carry, out carry);
        t2 = MultiplyAdd(a._2, limb, t2, carry, out carry);
        t3 = MultiplyAdd(a._3, limb, t3, carry, out carry);
        t4 += carry;
        ClearLowest(ref t0, ref t1, ref t2, ref t3, ref t4);
    }

    /// <summary>
    /// Adds t0 · p, whose lowest limb clears t0, and drops that limb: what is left of t0 · p is
    /// t0 · (2¹⁹² − 2¹⁶⁰ − 2³² + 1). Of its subtractions the last three borrow exactly if t0 is not zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClearLowest(ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        var (low, high) = (t0 << 32, t0 >> 32);
        var any = t0 != 0 ? 1UL : 0UL;
        var borrow = t0 < low ? 1UL : 0UL;
        var (m0, m3) = (t0 - low, t0 - high - any);
        t0 = Add(t1, m0, 0, out var carry);
        t1 = Add(t2, 0 - high - borrow, carry, out carry);
        t2 = Add(t3, 0 - low - any, carry, out carry);
        t3 = Add(t4, m3, carry, out t4);
    }

    /// <summary>Takes p away once if the number, of 257 bits, is p or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduce(ulong t0, ulong t1, ulong t2, ulong t3, ulong t4)
    {
        var r0 = Subtract(t0, P0, 0, out var borrow);
        var r1 = Subtract(t1, P1, borrow, out borrow);
        var r2 = Subtract(t2, P2, borrow, out borrow);
        var r3 = Subtract(t3, P3, borrow, out borrow);
        var keep = 0 - (borrow & (t4 ^ 1));
        return new FieldElement(
            r0 ^ keep & (r0 ^ t0), r1 ^ keep & (r1 ^ t1), r2 ^ keep & (r2 ^ t2), r3 ^ keep & (r3 ^ t3));
    }
}
