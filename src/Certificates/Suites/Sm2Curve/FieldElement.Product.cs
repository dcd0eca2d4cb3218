using System.Runtime.CompilerServices;
using static Ecert.Certificates.Suites.Sm2Curve.Limb;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <content>
/// Products. Of limbs below 2⁵⁶ (eight times tight), both shifted by 6, the upper half is the product's part from 2⁵²
/// on; what is below comes from the lower halves, which may overflow, since the rest of a column is small.
/// </content>
internal readonly partial struct FieldElement
{
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        var (a0, a1, a2, a3, a4) = (a._0, a._1, a._2, a._3, a._4);
        var (b0, b1, b2, b3, b4) = (b._0, b._1, b._2, b._3, b._4);
        var (s0, s1, s2, s3, s4) = (a0 << 6, a1 << 6, a2 << 6, a3 << 6, a4 << 6);
        var (u0, u1, u2, u3, u4) = (b0 << 6, b1 << 6, b2 << 6, b3 << 6, b4 << 6);
        var h0 = High(s0, u0);
        var l0 = a0 * b0 - (h0 << Bits);
        var h1 = High(s0, u1) + High(s1, u0);
        var l1 = a0 * b1 + a1 * b0 - (h1 << Bits);
        var h2 = High(s0, u2) + High(s1, u1) + High(s2, u0);
        var l2 = a0 * b2 + a1 * b1 + a2 * b0 - (h2 << Bits);
        var h3 = High(s0, u3) + High(s1, u2) + High(s2, u1) + High(s3, u0);
        var l3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (h3 << Bits);
        var h4 = High(s0, u4) + High(s1, u3) + High(s2, u2) + High(s3, u1) + High(s4, u0);
        var l4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (h4 << Bits);
        var h5 = High(s1, u4) + High(s2, u3) + High(s3, u2) + High(s4, u1);
        var l5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - (h5 << Bits);
        var h6 = High(s2, u4) + High(s3, u3) + High(s4, u2);
        var l6 = a2 * b4 + a3 * b3 + a4 * b2 - (h6 << Bits);
        var h7 = High(s3, u4) + High(s4, u3);
        var l7 = a3 * b4 + a4 * b3 - (h7 << Bits);
        var h8 = High(s4, u4);
        var l8 = a4 * b4 - (h8 << Bits);
        return Reduce(
            l0, l1 + h0, l2 + h1, l3 + h2, l4 + h3, l5 + h4, l6 + h5, l7 + h6, l8 + h7, h8);
    }

    /// <summary>The square: each product of two different limbs is taken once and doubled.</summary>
    internal FieldElement Squared()
    {
        var (a0, a1, a2, a3, a4) = (_0, _1, _2, _3, _4);
        var (s0, s1, s2, s3, s4) = (a0 << 6, a1 << 6, a2 << 6, a3 << 6, a4 << 6);
        var (d0, d1, d2, d3) = (a0 << 7, a1 << 7, a2 << 7, a3 << 7);
        var (e0, e1, e2, e3) = (a0 << 1, a1 << 1, a2 << 1, a3 << 1);
        var h0 = High(s0, s0);
        var l0 = a0 * a0 - (h0 << Bits);
        var h1 = High(d0, s1);
        var l1 = e0 * a1 - (h1 << Bits);
        var h2 = High(d0, s2) + High(s1, s1);
        var l2 = e0 * a2 + a1 * a1 - (h2 << Bits);
        var h3 = High(d0, s3) + High(d1, s2);
        var l3 = e0 * a3 + e1 * a2 - (h3 << Bits);
        var h4 = High(d0, s4) + High(d1, s3) + High(s2, s2);
        var l4 = e0 * a4 + e1 * a3 + a2 * a2 - (h4 << Bits);
        var h5 = High(d1, s4) + High(d2, s3);
        var l5 = e1 * a4 + e2 * a3 - (h5 << Bits);
        var h6 = High(d2, s4) + High(s3, s3);
        var l6 = e2 * a4 + a3 * a3 - (h6 << Bits);
        var h7 = High(d3, s4);
        var l7 = e3 * a4 - (h7 << Bits);
        var h8 = High(s4, s4);
        var l8 = a4 * a4 - (h8 << Bits);
        return Reduce(
            l0, l1 + h0, l2 + h1, l3 + h2, l4 + h3, l5 + h4, l6 + h5, l7 + h6, l8 + h7, h8);
    }

    /// <summary>
    /// Columns below 2⁶² to Montgomery form. Since p ≡ −1 modulo 2⁵², the quotient of a step is the lowest column's 52
    /// bits themselves; from then on columns are signed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduce(
        ulong c0, ulong c1, ulong c2, ulong c3, ulong c4, ulong c5, ulong c6, ulong c7, ulong c8, ulong c9)
    {
        Clear(c0, ref c1, ref c2, ref c4, ref c5);
        Clear(c1, ref c2, ref c3, ref c5, ref c6);
        Clear(c2, ref c3, ref c4, ref c6, ref c7);
        Clear(c3, ref c4, ref c5, ref c7, ref c8);
        Clear(c4, ref c5, ref c6, ref c8, ref c9);
        c6 += Carry(c5);
        c7 += Carry(c6);
        c8 += Carry(c7);
        c9 += Carry(c8);
        // The number is below 2²⁵⁹ and not negative; 2²⁵⁶ is 2²²⁴ + 2⁹⁶ − 2⁶⁴ + 1.
        var top = c9 >> LastBits;
        return new FieldElement(
            (c5 & Mask) + top, (c6 & Mask) + ((top << 44) - (top << 12)), c7 & Mask, c8 & Mask,
            (c9 & LastMask) + (top << 16));
    }

    /// <summary>
    /// Adds q · p for the lowest 52 bits q of a column: q · (2⁴⁴ − 2¹²), as high · 2⁵² + low, is taken away one column
    /// up and added sixteen times four columns up.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(ulong c0, ref ulong c1, ref ulong c2, ref ulong c4, ref ulong c5)
    {
        var q = c0 & Mask;
        var high = (q >> 8) - (q >> 40);
        var low = (q << 44) - (q << 12) - (high << Bits);
        c1 += Carry(c0) - low;
        c2 -= high;
        c4 += low << 4;
        c5 += high << 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Carry(ulong column) => (ulong)((long)column >> Bits);
}
