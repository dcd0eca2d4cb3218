namespace Ecert.Certificates.Qr.Reading;

/// <summary>
/// Finds the alignment pattern at the fourth corner (6.3.6): a dark module in a light ring in a dark ring.
/// </summary>
internal static class AlignmentSearch
{
    // Of its 25 modules, damage may have turned two.
    private const int FewestRight = 23;

    /// <summary>Its middle; null where there is none near.</summary>
    /// <param name="dark">The picture.</param>
    /// <param name="flat">Where the modules would lie if the symbol were seen straight from above.</param>
    /// <param name="at">The pattern's column and row.</param>
    internal static PicturePoint? Find(DarkPixels dark, Perspective flat, double at)
    {
        var expected = flat[at, at];
        var (right, down) = (flat[at + 1, at] - expected, flat[at, at + 1] - expected);
        var module = Math.Max(right.Length, down.Length);
        var radius = module * Math.Max(4, at / 10);
        // Four looks a module at most, so that a large picture costs no more than a small one.
        var step = Math.Max(0.5, module / 4);
        var steps = (int)(radius / step);
        var (best, nearest) = (FewestRight - 1, expected);
        for (var y = -steps; y <= steps; y++)
            for (var x = -steps; x <= steps; x++)
            {
                var place = expected + new PicturePoint(x * step, y * step);
                var count = Right(dark, place, right, down);
                if (count > best
                    || (count == best && (place - expected).Length < (nearest - expected).Length))
                    (best, nearest) = (count, place);
            }
        return best >= FewestRight ? Middle(dark, nearest, right, down, best, step) : null;
    }

    /// <summary>The places that fit are a module's square around the middle: their mean is it.</summary>
    private static PicturePoint Middle(
        DarkPixels dark, PicturePoint found, PicturePoint right, PicturePoint down, int best, double step)
    {
        var reach = (int)(Math.Max(right.Length, down.Length) * 1.5 / step) + 1;
        var (sum, count) = (new PicturePoint(0, 0), 0);
        for (var y = -reach; y <= reach; y++)
            for (var x = -reach; x <= reach; x++)
            {
                var place = found + new PicturePoint(x * step, y * step);
                if (Right(dark, place, right, down) != best)
                    continue;
                sum += place;
                count++;
            }
        return sum * (1.0 / count);
    }

    private static int Right(DarkPixels dark, PicturePoint middle, PicturePoint right, PicturePoint down)
    {
        var count = 0;
        for (var row = -2; row <= 2; row++)
            for (var column = -2; column <= 2; column++)
            {
                var point = middle + right * column + down * row;
                var ring = Math.Max(Math.Abs(row), Math.Abs(column));
                if (dark[(int)Math.Floor(point.X), (int)Math.Floor(point.Y)] == (ring != 1))
                    count++;
            }
        return count;
    }
}
