using System.Runtime.CompilerServices;
using static Ecert.Certificates.Suites.Sm2Curve.Limb;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// An integer modulo n, the order of the base point, in Montgomery form and always reduced: what a private key is
/// reckoned with. No step depends on the values.
/// </summary>
internal readonly struct OrderElement
{
    private const ulong N0 = 0x53BBF40939D54123;
    private const ulong N1 = 0x7203DF6B21C6052B;
    private const ulong N2 = 0xFFFFFFFFFFFFFFFF;
    private const ulong N3 = 0xFFFFFFFEFFFFFFFF;

    // −1/n modulo 2⁶⁴.
    private const ulong Factor = 0x327F9E8872350975;

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;

    private OrderElement(ulong limb0, ulong limb1, ulong limb2, ulong limb3) =>
        (_0, _1, _2, _3) = (limb0, limb1, limb2, limb3);

    // 2²⁵⁶ and 2⁵¹² modulo n.
    internal static OrderElement One => new(0xAC440BF6C62ABEDD, 0x8DFC2094DE39FAD4, 0, 0x0000000100000000);

    private static OrderElement RSquared => new(
        0x901192AF7C114F20, 0x3464504ADE6FA2FA, 0x620FC84C3AFFE0D4, 0x1EB5E412A22B3D3B);

    internal bool IsZero => MaskOfZero(_0 | _1 | _2 | _3) != 0;

    /// <summary>Takes a number below n.</summary>
    internal static OrderElement FromScalar(in Scalar scalar) =>
        new OrderElement(scalar.Limb(0), scalar.Limb(1), scalar.Limb(2), scalar.Limb(3)) * RSquared;

    internal Scalar ToScalar()
    {
        var plain = this * new OrderElement(1, 0, 0, 0);
        return new Scalar(new UInt128(plain._3, plain._2), new UInt128(plain._1, plain._0));
    }

    public static OrderElement operator +(in OrderElement a, in OrderElement b)
    {
        var r0 = Add(a._0, b._0, 0, out var carry);
        var r1 = Add(a._1, b._1, carry, out carry);
        var r2 = Add(a._2, b._2, carry, out carry);
        var r3 = Add(a._3, b._3, carry, out carry);
        return Reduce(r0, r1, r2, r3, carry);
    }

    public static OrderElement operator -(in OrderElement a, in OrderElement b)
    {
        var r0 = Subtract(a._0, b._0, 0, out var borrow);
        var r1 = Subtract(a._1, b._1, borrow, out borrow);
        var r2 = Subtract(a._2, b._2, borrow, out borrow);
        var r3 = Subtract(a._3, b._3, borrow, out borrow);
        var mask = 0 - borrow;
        r0 = Add(r0, N0 & mask, 0, out var carry);
        r1 = Add(r1, N1 & mask, carry, out carry);
        r2 = Add(r2, N2 & mask, carry, out carry);
        r3 = Add(r3, N3 & mask, carry, out _);
        return new OrderElement(r0, r1, r2, r3);
    }

    public static OrderElement operator *(in OrderElement a, in OrderElement b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        Step(in a, b._0, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(in a, b._1, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(in a, b._2, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(in a, b._3, ref t0, ref t1, ref t2, ref t3, ref t4);
        return Reduce(t0, t1, t2, t3, t4);
    }

    /// <summary>The inverse, by Fermat: the power n − 2, whose bits are no secret.</summary>
    internal OrderElement Inverse()
    {
        ReadOnlySpan<ulong> exponent = [N0 - 2, N1, N2, N3];
        var result = One;
        for (var bit = 255; bit >= 0; bit--)
        {
            result *= result;
            if ((exponent[bit / 64] >> bit % 64 & 1) != 0)
                result *= this;
        }
        return result;
    }

    /// <summary>
    /// Adds a times one limb of b and the multiple of n that clears the lowest limb, and drops that limb.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        in OrderElement a, ulong limb, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        t0 = MultiplyAdd(a._0, limb, t0, 0, out var carry);
        t1 = MultiplyAdd(a._1, limb, t1, carry, out carry);
        t2 = MultiplyAdd(a._2, limb, t2, carry, out carry);
        t3 = MultiplyAdd(a._3, limb, t3, carry, out carry);
        t4 += carry;
        var multiple = t0 * Factor;
        _ = MultiplyAdd(N0, multiple, t0, 0, out carry);
        t0 = MultiplyAdd(N1, multiple, t1, carry, out carry);
        t1 = MultiplyAdd(N2, multiple, t2, carry, out carry);
        t2 = MultiplyAdd(N3, multiple, t3, carry, out carry);
        t3 = Add(t4, carry, 0, out t4);
    }

    /// <summary>Takes n away once if the number, of 257 bits, is n or more.</summary>
    private static OrderElement Reduce(ulong t0, ulong t1, ulong t2, ulong t3, ulong t4)
    {
        var r0 = Subtract(t0, N0, 0, out var borrow);
        var r1 = Subtract(t1, N1, borrow, out borrow);
        var r2 = Subtract(t2, N2, borrow, out borrow);
        var r3 = Subtract(t3, N3, borrow, out borrow);
        var keep = 0 - (borrow & (t4 ^ 1));
        return new OrderElement(
            Select(keep, t0, r0), Select(keep, t1, r1), Select(keep, t2, r2), Select(keep, t3, r3));
    }
}
