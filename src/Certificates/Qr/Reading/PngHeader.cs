using System.Buffers.Binary;

namespace Ecert.Certificates.Qr.Reading;

/// <summary>The IHDR chunk (clause 11.2.2).</summary>
internal sealed record PngHeader(int Width, int Height, int Bits, PngColour Colour)
{
    internal bool HasPalette => Colour == PngColour.Palette;

    internal int Channels => Colour switch
    {
        PngColour.Rgb => 3, PngColour.GrayAlpha => 2, PngColour.Rgba => 4, _ => 1,
    };

    /// <summary>Bytes of a row, without the byte that names its filter.</summary>
    internal int RowLength => (Width * Channels * Bits + 7) / 8;

    /// <summary>Distance of a byte to the one that filters look back to.</summary>
    internal int FilterDistance => Math.Max(1, Channels * Bits / 8);

    /// <summary>Bytes of all rows, filter bytes included.</summary>
    internal long InflatedLength => (RowLength + 1L) * Height;

    /// <summary>Null and the header, or what does not stand.</summary>
    internal static string? TryRead(ReadOnlySpan<byte> data, out PngHeader? header)
    {
        header = null;
        if (data.Length != 13)
            return "header";
        var width = BinaryPrimitives.ReadUInt32BigEndian(data);
        var height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width == 0 || height == 0)
            return "header";
        if (width > PngPicture.LongestSide || height > PngPicture.LongestSide)
            return "size";
        if (!Allows((PngColour)data[9], data[8]) || data[10] != 0 || data[11] != 0 || data[12] > 1)
            return "header";
        if (data[12] == 1)
            return "interlaced";
        header = new PngHeader((int)width, (int)height, data[8], (PngColour)data[9]);
        return null;
    }

    private static bool Allows(PngColour colour, int bits) => colour switch
    {
        PngColour.Gray => bits is 1 or 2 or 4 or 8 or 16,
        PngColour.Palette => bits is 1 or 2 or 4 or 8,
        PngColour.Rgb or PngColour.GrayAlpha or PngColour.Rgba => bits is 8 or 16,
        _ => false,
    };
}

/// <summary>The colour types of PNG, by their numbers.</summary>
internal enum PngColour
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}
