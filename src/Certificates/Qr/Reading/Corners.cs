namespace Ecert.Certificates.Qr.Reading;

/// <summary>Three finder patterns that may belong to one symbol.</summary>
/// <param name="TopLeft">The middle of the one at the right angle.</param>
/// <param name="TopRight">The middle of the next, clockwise.</param>
/// <param name="BottomLeft">The middle of the third.</param>
/// <param name="Modules">Modules between two middles, by the finders' width.</param>
/// <param name="Unlikeness">How far they are from an exact corner of a square; the least is tried first.</param>
internal sealed record Corners(
    PicturePoint TopLeft, PicturePoint TopRight, PicturePoint BottomLeft, double Modules, double Unlikeness)
{
    // Version 1 is 14 modules between two middles, version 40 is 170; both measured with some error.
    private const double FewestModules = 11;
    private const double MostModules = 190;

    /// <summary>Corners that could be a symbol's, the likeliest first.</summary>
    internal static IEnumerable<Corners> Of(IReadOnlyList<Finder> finders)
    {
        var found = new List<Corners>();
        for (var a = 0; a < finders.Count; a++)
            for (var b = a + 1; b < finders.Count; b++)
                for (var c = b + 1; c < finders.Count; c++)
                    if (Arrange(finders[a], finders[b], finders[c]) is { } corners)
                        found.Add(corners);
        return found.OrderBy(corners => corners.Unlikeness);
    }

    private static Corners? Arrange(Finder a, Finder b, Finder c)
    {
        var (ab, bc, ca) = ((a.Centre - b.Centre).Length, (b.Centre - c.Centre).Length, (c.Centre - a.Centre).Length);
        if (ab >= bc && ab >= ca)
            return FromCorner(c, a, b);
        return bc >= ca ? FromCorner(a, b, c) : FromCorner(b, c, a);
    }

    private static Corners? FromCorner(Finder corner, Finder one, Finder other)
    {
        var (u, v) = (one.Centre - corner.Centre, other.Centre - corner.Centre);
        if (PicturePoint.Cross(u, v) < 0)
            (u, v) = (v, u);
        var narrowest = Math.Min(corner.Width, Math.Min(one.Width, other.Width));
        var widest = Math.Max(corner.Width, Math.Max(one.Width, other.Width));
        var legs = Math.Min(u.Length, v.Length) / Math.Max(u.Length, v.Length);
        var lean = Math.Abs(PicturePoint.Dot(u, v)) / (u.Length * v.Length);
        if (narrowest * 1.5 + 2 < widest || !(legs > 0.7) || !(lean < 0.35))
            return null;
        var module = (corner.Width + one.Width + other.Width) / 3 * Uprightness(u) / 7;
        var modules = (u.Length + v.Length) / 2 / module;
        return modules is > FewestModules and < MostModules
            ? new Corners(corner.Centre, corner.Centre + u, corner.Centre + v, modules,
                1 - legs + lean + 1 - narrowest / widest)
            : null;
    }

    /// <summary>A row cuts a turned square along a line longer by one over this.</summary>
    private static double Uprightness(PicturePoint side) => Math.Max(Math.Abs(side.X), Math.Abs(side.Y)) / side.Length;
}
