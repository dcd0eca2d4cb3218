namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>
/// Multiples of the base point for a secret multiplier: for each of its 64 digits every entry of the digit's window is
/// read and one is kept by mask, and one addition is made whatever the digit is. Which memory is touched and which
/// steps are taken is the same for every multiplier.
/// </summary>
internal static class SecretMultiplication
{
    private const int Width = 4;
    private const int PerWindow = (1 << Width) - 1;
    private static readonly WindowTable Table = new(AffinePoint.Generator, Width);

    /// <summary>The point, with both coordinates; the multiplier is between 1 and n − 1.</summary>
    internal static AffinePoint Multiply(in Scalar multiplier)
    {
        var sum = CurvePoint.Infinity;
        var isInfinity = ulong.MaxValue;
        for (var window = 0; window < 256 / Width; window++)
        {
            var digit = (ulong)multiplier.Digit(window * Width, Width);
            var isNothing = Limb.MaskOfZero(digit);
            // The sum so far is a multiple below 16 to the window, the addend one from there on but below n: they are
            // never the same point, nor opposite.
            sum = sum.PlusUnbranched(Entry(window, digit), isInfinity, isNothing);
            isInfinity &= isNothing;
        }
        var inverse = sum.Z.Inverse();
        var square = inverse.Squared();
        return new AffinePoint(sum.X * square, sum.Y * (square * inverse));
    }

    private static AffinePoint Entry(int window, ulong digit)
    {
        FieldElement x = default, y = default;
        var entries = Table.Points.Slice(window * PerWindow, PerWindow);
        for (var index = 0; index < entries.Length; index++)
        {
            var mask = Limb.MaskOfZero(digit ^ (ulong)(index + 1));
            x = FieldElement.Select(mask, entries[index].X, x);
            y = FieldElement.Select(mask, entries[index].Y, y);
        }
        return new AffinePoint(x, y);
    }
}
