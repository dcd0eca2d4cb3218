namespace Ecert.Certificates.Qr.Reading;

/// <summary>Which pixels of a picture are dark. Outside the picture all is light, as a quiet zone is.</summary>
internal sealed class DarkPixels(int width, int height)
{
    private readonly bool[] _dark = new bool[width * height];

    internal int Width { get; } = width;

    internal int Height { get; } = height;

    internal bool this[int x, int y] =>
        (uint)x < (uint)Width && (uint)y < (uint)Height && _dark[y * Width + x];

    /// <summary>One threshold for all, where it parts the brightnesses best (Otsu, 1979).</summary>
    internal void ByGlobalThreshold(GrayPicture gray)
    {
        var threshold = Otsu(gray.Pixels);
        for (var index = 0; index < _dark.Length; index++)
            _dark[index] = gray.Pixels[index] <= threshold;
    }

    /// <summary>
    /// Dark is what is clearly darker than the mean of the square around it, whose side is a quarter of the picture:
    /// more than a finder pattern's core, so that this does not hollow out.
    /// </summary>
    internal void ByLocalMean(GrayPicture gray)
    {
        var radius = Math.Max(8, Math.Max(Width, Height) / 8);
        var columns = new int[Width];
        for (var y = -radius; y < Height; y++)
        {
            AddRow(gray, columns, y + radius, 1);
            AddRow(gray, columns, y - radius - 1, -1);
            if (y >= 0)
                CompareRow(gray, columns, y, radius);
        }
    }

    internal void Invert()
    {
        for (var index = 0; index < _dark.Length; index++)
            _dark[index] = !_dark[index];
    }

    private static void AddRow(GrayPicture gray, int[] columns, int y, int sign)
    {
        if (y < 0 || y >= gray.Height)
            return;
        for (var x = 0; x < columns.Length; x++)
            columns[x] += sign * gray.Pixels[y * gray.Width + x];
    }

    private void CompareRow(GrayPicture gray, int[] columns, int y, int radius)
    {
        var rows = Math.Min(Height - 1, y + radius) - Math.Max(0, y - radius) + 1;
        long sum = 0;
        for (var x = 0; x < Math.Min(radius, Width); x++)
            sum += columns[x];
        for (var x = 0; x < Width; x++)
        {
            sum += x + radius < Width ? columns[x + radius] : 0;
            sum -= x - radius - 1 >= 0 ? columns[x - radius - 1] : 0;
            var across = Math.Min(Width - 1, x + radius) - Math.Max(0, x - radius) + 1;
            _dark[y * Width + x] = gray.Pixels[y * Width + x] * 100L * rows * across < sum * 95;
        }
    }

    private static int Otsu(byte[] pixels)
    {
        var counts = new long[256];
        foreach (var pixel in pixels)
            counts[pixel]++;
        long total = 0;
        for (var value = 0; value < 256; value++)
            total += value * counts[value];
        var (threshold, best, below, belowSum) = (0, (Int128)(-1), 0L, 0L);
        for (var value = 0; value < 255; value++)
        {
            below += counts[value];
            belowSum += value * counts[value];
            var above = pixels.LongLength - below;
            if (below == 0 || above == 0)
                continue;
            // The variance between the two classes, times a constant: (sum·n₀ − sum₀·n)² / (n₀·n₁).
            Int128 difference = (Int128)total * below - (Int128)belowSum * pixels.LongLength;
            var variance = difference * difference / ((Int128)below * above);
            if (variance > best)
                (threshold, best) = (value, variance);
        }
        return threshold;
    }
}
