namespace Ecert.Certificates.Qr.Reading;

/// <summary>What may be a finder pattern (ISO/IEC 18004, 6.3.3): three nested squares in a symbol's corner.</summary>
/// <param name="Centre">Its middle.</param>
/// <param name="Width">What a row through the middle cuts of it: seven modules, more where it is turned.</param>
/// <param name="Rows">Rows that found it.</param>
internal readonly record struct Finder(PicturePoint Centre, double Width, int Rows);

/// <summary>Finds finder patterns by what every line through their middle crosses: runs as 1 : 1 : 3 : 1 : 1.</summary>
internal static class FinderSearch
{
    // A picture made to look like nothing but finder patterns must not cost more than a photograph does.
    private const int MostKept = 128;
    private const int MostReturned = 16;

    /// <summary>The likeliest ones, at most sixteen.</summary>
    internal static IReadOnlyList<Finder> Find(DarkPixels dark)
    {
        var found = new List<Finder>();
        for (var y = 0; y < dark.Height; y++)
            ScanRow(dark, y, found);
        // A true one is found in the three modules' rows of its core, a false one in a few.
        return
        [
            .. found.Where(finder => finder.Rows >= 2).OrderByDescending(finder => Likelihood(dark, finder))
                .Take(MostReturned).Select(finder => finder with { Centre = CoreCentre(dark, finder) }),
        ];
    }

    private static double Likelihood(DarkPixels dark, Finder finder) =>
        finder.Rows / finder.Width + Diagonals(
            dark, (int)finder.Centre.X, (int)finder.Centre.Y, (int)finder.Width + 1);

    private static void ScanRow(DarkPixels dark, int y, List<Finder> found)
    {
        Span<int> runs = stackalloc int[5];
        runs.Clear();
        var wasDark = false;
        // One step beyond the edge, where it is light, ends a last dark run.
        for (var x = 0; x <= dark.Width; x++)
        {
            var isDark = dark[x, y];
            if (isDark == wasDark)
            {
                runs[4]++;
                continue;
            }
            if (wasDark && LooksRight(runs)
                && Confirm(dark, x - runs[4] - runs[3] - runs[2] / 2 - 1, y, Sum(runs)) is { } finder)
                Keep(found, finder);
            runs[1..].CopyTo(runs);
            runs[4] = 1;
            wasDark = isDark;
        }
    }

    private static int Sum(ReadOnlySpan<int> runs) => runs[0] + runs[1] + runs[2] + runs[3] + runs[4];

    /// <summary>
    /// Looks down and across through the same core, no run further than the row's cut is long: a picture of stripes
    /// would else be walked from edge to edge for every pixel.
    /// </summary>
    private static Finder? Confirm(DarkPixels dark, int x, int y, int longest)
    {
        if (Cut(dark, x, y, 0, 1, longest) is not { } down
            || Cut(dark, x, (int)down.Middle, 1, 0, longest) is not { } across)
            return null;
        var alike = Math.Abs(down.Width - across.Width) * 5 <= 2 * Math.Max(down.Width, across.Width);
        return alike && Diagonals(dark, (int)across.Middle, (int)down.Middle, longest) > 0
            ? new Finder(new PicturePoint(across.Middle, down.Middle), (down.Width + across.Width) / 2.0, 1)
            : null;
    }

    /// <summary>Diagonals through a middle that look right: both, but for damage.</summary>
    private static int Diagonals(DarkPixels dark, int x, int y, int longest) =>
        (Cut(dark, x, y, 1, 1, longest) is null ? 0 : 1) + (Cut(dark, x, y, 1, -1, longest) is null ? 0 : 1);

    /// <summary>The five runs along a line through a dark pixel; null where they are not those of a finder.</summary>
    private static (double Middle, int Width)? Cut(DarkPixels dark, int x, int y, int dx, int dy, int longest)
    {
        if (!dark[x, y])
            return null;
        Span<int> runs = stackalloc int[5];
        var forward = 0;
        runs[2] = forward = Run(dark, x, y, dx, dy, 0, true, longest);
        runs[3] = Run(dark, x, y, dx, dy, forward, false, longest);
        runs[4] = Run(dark, x, y, dx, dy, forward + runs[3], true, longest);
        var back = Run(dark, x, y, -dx, -dy, 1, true, longest);
        runs[2] += back;
        runs[1] = Run(dark, x, y, -dx, -dy, 1 + back, false, longest);
        runs[0] = Run(dark, x, y, -dx, -dy, 1 + back + runs[1], true, longest);
        if (!LooksRight(runs))
            return null;
        var start = (dx != 0 ? x : y) - back;
        return (start + runs[2] / 2.0, runs[0] + runs[1] + runs[2] + runs[3] + runs[4]);
    }

    private static int Run(DarkPixels dark, int x, int y, int dx, int dy, int from, bool wanted, int longest)
    {
        var length = 0;
        while (length < longest && dark[x + dx * (from + length), y + dy * (from + length)] == wanted)
            length++;
        return length;
    }

    /// <summary>Each run within half a module of what it should be, or a pixel where modules are small.</summary>
    private static bool LooksRight(ReadOnlySpan<int> runs)
    {
        var total = 0;
        foreach (var run in runs)
        {
            if (run == 0)
                return false;
            total += run;
        }
        if (total < 7)
            return false;
        // In fourteenths of a module, to stay in whole numbers: 14 run ≈ 2 total.
        var slack = Math.Max(total, 14);
        return Math.Abs(14 * runs[0] - 2 * total) <= slack && Math.Abs(14 * runs[1] - 2 * total) <= slack
            && Math.Abs(14 * runs[2] - 6 * total) <= 3 * slack
            && Math.Abs(14 * runs[3] - 2 * total) <= slack && Math.Abs(14 * runs[4] - 2 * total) <= slack;
    }

    private static void Keep(List<Finder> found, Finder seen)
    {
        for (var index = 0; index < found.Count; index++)
        {
            var known = found[index];
            if ((known.Centre - seen.Centre).Length > known.Width / 5
                || Math.Abs(known.Width - seen.Width) > Math.Max(2, known.Width / 4))
                continue;
            var rows = known.Rows + 1;
            found[index] = new Finder(
                known.Centre + (seen.Centre - known.Centre) * (1.0 / rows),
                known.Width + (seen.Width - known.Width) / rows, rows);
            return;
        }
        if (found.Count == MostKept)
            found.RemoveAll(finder => finder.Rows == 1 && finder.Centre.Y < seen.Centre.Y - finder.Width);
        if (found.Count < MostKept)
            found.Add(seen);
    }

    /// <summary>
    /// The centre of gravity of the dark core, which turning does not shift; where the core is not apart from the ring
    /// (damage), the middle that the rows agreed on.
    /// </summary>
    private static PicturePoint CoreCentre(DarkPixels dark, Finder finder)
    {
        var radius = (int)(finder.Width * 2.4 / 7) + 1;
        var (left, top) = ((int)finder.Centre.X - radius, (int)finder.Centre.Y - radius);
        var side = 2 * radius + 1;
        var seen = new bool[side * side];
        var open = new Stack<(int X, int Y)>();
        open.Push((radius, radius));
        var (count, sumX, sumY) = (0L, 0L, 0L);
        while (open.TryPop(out var at))
        {
            if (at.X < 0 || at.Y < 0 || at.X >= side || at.Y >= side)
                return finder.Centre;
            if (seen[at.Y * side + at.X] || !dark[left + at.X, top + at.Y])
                continue;
            seen[at.Y * side + at.X] = true;
            count++;
            sumX += at.X;
            sumY += at.Y;
            open.Push((at.X - 1, at.Y));
            open.Push((at.X + 1, at.Y));
            open.Push((at.X, at.Y - 1));
            open.Push((at.X, at.Y + 1));
        }
        return count == 0
            ? finder.Centre
            : new PicturePoint(left + (double)sumX / count + 0.5, top + (double)sumY / count + 0.5);
    }
}
