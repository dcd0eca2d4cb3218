using System.Buffers.Binary;
using System.IO.Compression;
using Ecert.Certificates.Qr.Reading;

namespace Ecert.Certificates.Tests.Qr;

/// <summary>Writes PNG files of every kind, well and badly formed, for the reader's tests.</summary>
internal static class TestPng
{
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Header(int width, int height, int bits, int colour, int interlaced = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = ((byte)bits, (byte)colour, (byte)interlaced);
        return data;
    }

    public static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        for (var index = 0; index < 4; index++)
            chunk[4 + index] = (byte)type[index];
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(
            chunk.AsSpan(8 + data.Length), Crc32.Of(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    public static byte[] File(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Compress(ReadOnlySpan<byte> rows)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        return compressed.ToArray();
    }

    /// <summary>A whole file whose rows take the filters 0 to 4 by turns.</summary>
    public static byte[] Of(int width, int height, int bits, int colour, byte[] rows, params byte[][] between)
    {
        var channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var length = (width * channels * bits + 7) / 8;
        var filtered = new byte[(length + 1) * height];
        for (var y = 0; y < height; y++)
            Filter(rows, y, length, Math.Max(1, channels * bits / 8), filtered.AsSpan(y * (length + 1), length + 1));
        return File(
        [
            Chunk("IHDR", Header(width, height, bits, colour)), .. between,
            Chunk("IDAT", Compress(filtered)), Chunk("IEND", []),
        ]);
    }

    private static void Filter(byte[] rows, int y, int length, int distance, Span<byte> target)
    {
        var filter = y % 5;
        target[0] = (byte)filter;
        for (var x = 0; x < length; x++)
        {
            var left = x < distance ? 0 : rows[y * length + x - distance];
            var above = y == 0 ? 0 : rows[(y - 1) * length + x];
            var corner = x < distance || y == 0 ? 0 : rows[(y - 1) * length + x - distance];
            // The nearest of the three to left + above - corner, in this order: the Recommendation's words for Paeth.
            var paeth = new[] { left, above, corner }.MinBy(value => Math.Abs(left + above - corner - value));
            var guess = new[] { 0, left, above, (left + above) / 2, paeth }[filter];
            target[x + 1] = (byte)(rows[y * length + x] - guess);
        }
    }
}
