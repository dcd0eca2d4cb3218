using static Ecert.Certificates.Suites.Sm2Curve.FieldElement;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>A point with both coordinates; never infinity.</summary>
internal readonly record struct AffinePoint(FieldElement X, FieldElement Y)
{
    /// <summary>The base point of GB/T 32918.5-2017.</summary>
    internal static AffinePoint Generator { get; } = new(
        FromHex("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"),
        FromHex("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"));

    internal AffinePoint Negated() => new(X, default(FieldElement) - Y);

    private static FieldElement FromHex(string digits) => FieldElement.FromBytes(Convert.FromHexString(digits));
}

/// <summary>
/// A point in Jacobian coordinates (x = X/Z², y = Y/Z³; infinity has Z = 0) on a curve with a = −3. The formulas are
/// those of the Explicit-Formulas Database (dbl-2001-b, with z as a product, and the plain additions). Branches on
/// values: for public data alone.
/// </summary>
internal readonly struct CurvePoint(in FieldElement x, in FieldElement y, in FieldElement z)
{
    internal readonly FieldElement X = x;
    internal readonly FieldElement Y = y;
    internal readonly FieldElement Z = z;

    internal CurvePoint(in AffinePoint point) : this(point.X, point.Y, FieldElement.One) { }

    internal static CurvePoint Infinity => new(FieldElement.One, FieldElement.One, default);

    internal bool IsInfinity => Z.IsZero;

    internal CurvePoint Negated() => new(X, default(FieldElement) - Y, Z);

    internal CurvePoint Doubled()
    {
        var delta = Z.Squared();
        var gamma = Y.Squared();
        var beta = X * gamma;
        var product = Difference(X, delta) * (X + delta);
        var alpha = product.Doubled() + product;
        var beta4 = beta.Doubled().Doubled();
        var x = alpha.Squared() - beta4.Doubled();
        var gamma8 = gamma.Squared().Doubled().Doubled().Doubled();
        return new CurvePoint(x, alpha * Difference(beta4, x) - gamma8, Y.Doubled() * Z);
    }

    internal CurvePoint Plus(in AffinePoint other)
    {
        if (IsInfinity)
            return new CurvePoint(other);
        var zz = Z.Squared();
        var h = Difference(other.X * zz, X);
        var r = Difference(other.Y * (Z * zz), Y);
        return h.IsZero ? Coincident(r) : Sum(X, Y, h, r, Z * h);
    }

    internal CurvePoint Plus(in CurvePoint other)
    {
        if (IsInfinity)
            return other;
        if (other.IsInfinity)
            return this;
        var (zz, otherZz) = (Z.Squared(), other.Z.Squared());
        var u = X * otherZz;
        var s = Y * (other.Z * otherZz);
        var h = Difference(other.X * zz, u);
        var r = Difference(other.Y * (Z * zz), s);
        return h.IsZero ? Coincident(r) : Sum(u, s, h, r, Z * other.Z * h);
    }

    /// <summary>
    /// The affine points of many, none of them infinity, for one inversion in all (Montgomery's trick).
    /// </summary>
    internal static AffinePoint[] ToAffine(ReadOnlySpan<CurvePoint> points)
    {
        var products = new FieldElement[points.Length];
        var product = FieldElement.One;
        for (var index = 0; index < points.Length; index++)
        {
            products[index] = product;
            product *= points[index].Z;
        }
        var inverse = product.Inverse();
        var result = new AffinePoint[points.Length];
        for (var index = points.Length - 1; index >= 0; index--)
        {
            var z = inverse * products[index];
            inverse *= points[index].Z;
            var zz = z.Squared();
            result[index] = new AffinePoint(points[index].X * zz, points[index].Y * (z * zz));
        }
        return result;
    }

    /// <summary>
    /// An addition whose steps do not depend on the values, for a secret multiplier. The masks say that this point is
    /// infinity, and that nothing is to be added; the caller rules out that the points are the same or opposite.
    /// </summary>
    internal CurvePoint PlusUnbranched(in AffinePoint other, ulong isInfinity, ulong isNothing)
    {
        var zz = Z.Squared();
        var h = Difference(other.X * zz, X);
        var r = Difference(other.Y * (Z * zz), Y);
        var sum = Sum(X, Y, h, r, Z * h);
        return new CurvePoint(
            FieldElement.Select(isNothing, X, FieldElement.Select(isInfinity, other.X, sum.X)),
            FieldElement.Select(isNothing, Y, FieldElement.Select(isInfinity, other.Y, sum.Y)),
            FieldElement.Select(isNothing, Z, FieldElement.Select(isInfinity, FieldElement.One, sum.Z)));
    }

    /// <summary>Both points have the same x: they are the same, or opposite.</summary>
    private CurvePoint Coincident(in FieldElement r) => r.IsZero ? Doubled() : Infinity;

    private static CurvePoint Sum(
        in FieldElement u, in FieldElement s, in FieldElement h, in FieldElement r, in FieldElement z)
    {
        var hh = h.Squared();
        var hhh = h * hh;
        var v = u * hh;
        var x = r.Squared() - (hhh + v.Doubled());
        return new CurvePoint(x, r * Difference(v, x) - s * hhh, z);
    }
}
