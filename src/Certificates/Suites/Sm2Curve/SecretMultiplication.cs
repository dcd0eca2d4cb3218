using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// Multiples of the base point for a secret multiplier: for each of its 43 signed digits every entry of the digit's
/// window is read and one is kept by mask, and one addition is made whatever the digit is. Which memory is touched and
/// which steps are taken is the same for every multiplier.
/// </summary>
internal static class SecretMultiplication
{
    private const int Width = 6;
    private static readonly WindowTable Table = new(AffinePoint.Generator, Width);

    /// <summary>The point, with both coordinates; the multiplier is between 1 and n − 1.</summary>
    internal static AffinePoint Multiply(in Scalar multiplier)
    {
        var sum = CurvePoint.Infinity;
        var isInfinity = ulong.MaxValue;
        var carry = 0;
        for (int start = 0, position = 0; start < Table.Points.Length; start += Table.PerWindow, position += Width)
        {
            long digit = multiplier.SignedDigit(position, Width, ref carry);
            var isNegative = (ulong)(digit >> 63);
            var size = ((ulong)digit ^ isNegative) - isNegative;
            var entry = Entry(Table.Points.Slice(start, Table.PerWindow), size);
            entry = new AffinePoint(entry.X, FieldElement.Select(isNegative, default(FieldElement) - entry.Y, entry.Y));
            var isNothing = Limb.MaskOfZero(size);
            // The sum so far is a multiple by at most little more than half of 64 to the window, the addend one by at
            // least that power; together they are the multiplier or less than 2^252. So they are never the same point,
            // nor opposite; the last addition's difference cannot be n either, since the multiplier is below n.
            sum = sum.PlusUnbranched(entry, isInfinity, isNothing);
            isInfinity &= isNothing;
        }
        var inverse = sum.Z.Inverse();
        var square = inverse.Squared();
        return new AffinePoint(sum.X * square, sum.Y * (square * inverse));
    }

    /// <summary>The entry of that number, from 1 on; nought where it is 0. Reads all.</summary>
    private static AffinePoint Entry(ReadOnlySpan<AffinePoint> entries, ulong number)
    {
        var wanted = Vector128.Create(number);
        var current = Vector128<ulong>.Zero;
        Vector128<ulong> part0 = default, part1 = default, part2 = default, part3 = default, part4 = default;
        // An entry is ten limbs: five vectors.
        var parts = MemoryMarshal.Cast<AffinePoint, Vector128<ulong>>(entries);
        for (; parts.Length >= 5; parts = parts[5..])
        {
            current += Vector128<ulong>.One;
            var mask = Vector128.Equals(current, wanted);
            part0 |= parts[0] & mask;
            part1 |= parts[1] & mask;
            part2 |= parts[2] & mask;
            part3 |= parts[3] & mask;
            part4 |= parts[4] & mask;
        }
        Span<Vector128<ulong>> kept = [part0, part1, part2, part3, part4];
        return MemoryMarshal.Cast<Vector128<ulong>, AffinePoint>(kept)[0];
    }
}
