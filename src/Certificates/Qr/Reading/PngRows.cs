using System.IO.Compression;

namespace Ecert.Certificates.Qr.Reading;

/// <summary>The rows of a PNG: inflated one by one, filters undone (clause 9), turned into brightness.</summary>
internal static class PngRows
{
    /// <summary>The brightness of every pixel; null where the data do not stand.</summary>
    internal static byte[]? Read(PngHeader header, byte[] palette, Stream compressed)
    {
        var pixels = new byte[header.Width * header.Height];
        var row = new byte[header.RowLength + 1];
        var above = new byte[header.RowLength];
        try
        {
            using var inflated = new ZLibStream(compressed, CompressionMode.Decompress);
            for (var y = 0; y < header.Height; y++)
            {
                if (inflated.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
                    return null;
                var bytes = row.AsSpan(1);
                if (!Unfilter(row[0], bytes, above, header.FilterDistance)
                    || !Lighten(header, palette, bytes, pixels.AsSpan(y * header.Width, header.Width)))
                    return null;
                bytes.CopyTo(above);
            }
            return inflated.ReadByte() < 0 ? pixels : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // The second is what a preset dictionary is answered with.
            return null;
        }
    }

    /// <summary>ITU-R BT.601's weights.</summary>
    internal static byte Brightness(int red, int green, int blue) =>
        (byte)((red * 299 + green * 587 + blue * 114) / 1000);

    internal static byte OnWhite(int brightness, int alpha) => (byte)((brightness * alpha + 255 * (255 - alpha)) / 255);

    private static bool Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter > 4)
            return false;
        for (var index = 0; index < row.Length; index++)
        {
            var left = index < distance ? 0 : row[index - distance];
            var corner = index < distance ? 0 : above[index - distance];
            row[index] += filter switch
            {
                1 => (byte)left,
                2 => above[index],
                3 => (byte)((left + above[index]) / 2),
                4 => (byte)Paeth(left, above[index], corner),
                _ => (byte)0,
            };
        }
        return true;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) =
            (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        if (toLeft <= toAbove && toLeft <= toCorner)
            return left;
        return toAbove <= toCorner ? above : corner;
    }

    private static bool Lighten(PngHeader header, byte[] palette, ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        for (var x = 0; x < pixels.Length; x++)
        {
            var first = Sample(header, row, x * header.Channels);
            if (header.HasPalette && first >= palette.Length)
                return false;
            pixels[x] = header.Colour switch
            {
                PngColour.Palette => palette[first],
                PngColour.Gray => Scaled(header, first),
                PngColour.GrayAlpha => OnWhite(Scaled(header, first), Next(header, row, x, 1)),
                PngColour.Rgb => Brightness(first, Next(header, row, x, 1), Next(header, row, x, 2)),
                _ => OnWhite(
                    Brightness(first, Next(header, row, x, 1), Next(header, row, x, 2)), Next(header, row, x, 3)),
            };
        }
        return true;
    }

    private static int Next(PngHeader header, ReadOnlySpan<byte> row, int x, int channel) =>
        Sample(header, row, x * header.Channels + channel);

    /// <summary>A sample of at most eight bits: of sixteen, the higher half.</summary>
    private static int Sample(PngHeader header, ReadOnlySpan<byte> row, int index)
    {
        if (header.Bits >= 8)
            return row[index * header.Bits / 8];
        var bit = index * header.Bits;
        return (row[bit / 8] >> (8 - header.Bits - bit % 8)) & ((1 << header.Bits) - 1);
    }

    private static byte Scaled(PngHeader header, int sample) =>
        header.Bits >= 8 ? (byte)sample : (byte)(sample * 255 / ((1 << header.Bits) - 1));
}
