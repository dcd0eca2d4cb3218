namespace Ecert.Certificates.Qr.Reading;

/// <summary>Finds a symbol among dark and light pixels, and reads it.</summary>
internal static class SymbolSearch
{
    private const int MostCorners = 12;

    // The version is told by the width of the finders, a few pixels each: for small modules it may be off by some.
    private static readonly int[] Errors = [0, -1, 1, -2, 2, -3, 3];

    internal static QrReading Read(DarkPixels dark)
    {
        QrReading best = new QrReading.NotFound();
        foreach (var corners in Corners.Of(FinderSearch.Find(dark)).Take(MostCorners))
        {
            var likeliest = (int)Math.Round((corners.Modules + 7 - 17) / 4);
            foreach (var version in Errors.Select(error => likeliest + error).Where(SymbolLayout.IsVersion))
            {
                var reading = Read(dark, corners, SymbolLayout.Of(version));
                if (SymbolDecoder.IsFinal(reading))
                    return reading;
                best = SymbolDecoder.Further(best, reading);
            }
        }
        return best;
    }

    /// <summary>By the alignment pattern, which tells perspective; then without, should that be a false one.</summary>
    private static QrReading Read(DarkPixels dark, Corners corners, SymbolLayout layout)
    {
        QrReading best = new QrReading.NotFound();
        if (Flat(corners, layout.Side) is not { } flat)
            return best;
        Perspective?[] maps = [Aligned(dark, corners, layout, flat), flat];
        foreach (var map in maps)
        {
            if (map is null || !HasTiming(dark, map, layout.Side))
                continue;
            var reading = SymbolDecoder.Read(Sample(dark, map, layout.Side), layout);
            if (SymbolDecoder.IsFinal(reading))
                return reading;
            best = SymbolDecoder.Further(best, reading);
        }
        return best;
    }

    private static Perspective? Flat(Corners corners, int side) => Perspective.Through(
        (new PicturePoint(3.5, 3.5), corners.TopLeft),
        (new PicturePoint(side - 3.5, 3.5), corners.TopRight),
        (new PicturePoint(3.5, side - 3.5), corners.BottomLeft),
        (new PicturePoint(side - 3.5, side - 3.5), corners.TopRight + corners.BottomLeft - corners.TopLeft));

    private static Perspective? Aligned(DarkPixels dark, Corners corners, SymbolLayout layout, Perspective flat)
    {
        var at = layout.Side - 6.5;
        if (layout.Version == 1 || AlignmentSearch.Find(dark, flat, at) is not { } alignment)
            return null;
        return Perspective.Through(
            (new PicturePoint(3.5, 3.5), corners.TopLeft),
            (new PicturePoint(layout.Side - 3.5, 3.5), corners.TopRight),
            (new PicturePoint(3.5, layout.Side - 3.5), corners.BottomLeft),
            (new PicturePoint(at, at), alignment));
    }

    /// <summary>
    /// Whether modules are dark and light by turns between the finders (6.3.5), seven eighths of them at least: by this
    /// a wrong version is seen before anything is read.
    /// </summary>
    private static bool HasTiming(DarkPixels dark, Perspective map, int side)
    {
        var right = 0;
        for (var index = 8; index < side - 8; index++)
        {
            right += IsDark(dark, map, index, 6) == (index % 2 == 0) ? 1 : 0;
            right += IsDark(dark, map, 6, index) == (index % 2 == 0) ? 1 : 0;
        }
        return right * 8 >= 2 * (side - 16) * 7;
    }

    private static ModuleGrid Sample(DarkPixels dark, Perspective map, int side)
    {
        var modules = new ModuleGrid(side);
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                modules[column, row] = IsDark(dark, map, column, row);
        return modules;
    }

    private static bool IsDark(DarkPixels dark, Perspective map, int column, int row)
    {
        var point = map[column + 0.5, row + 0.5];
        return dark[(int)Math.Floor(point.X), (int)Math.Floor(point.Y)];
    }
}
