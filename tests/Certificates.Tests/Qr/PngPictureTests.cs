using Ecert.Certificates.Qr;
using Ecert.Certificates.Qr.Reading;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.Qr;

/// <summary>The PNG reader: every kind of pixel, every filter, and what it refuses.</summary>
public sealed class PngPictureTests
{
    private const int Width = 37;
    private const int Height = 23;

    private static readonly byte[] Head = TestPng.Chunk("IHDR", TestPng.Header(2, 2, 8, 0));
    private static readonly byte[] Data = TestPng.Chunk("IDAT", TestPng.Compress([0, 10, 20, 0, 30, 40]));
    private static readonly byte[] End = TestPng.Chunk("IEND", []);

    [Fact]
    public void The_check_sum_is_the_published_one() =>
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8)); // The usual check value of this CRC.

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Gray_of_every_depth_is_read(int bits)
    {
        var rows = Rows(bits);
        var most = bits >= 8 ? 255 : (1 << bits) - 1;
        AssertPixels(TestPng.Of(Width, Height, bits, 0, rows), (x, y) => Sample(rows, bits, x, y) * 255 / most);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_palette_of_every_depth_is_read_with_its_transparency(int bits)
    {
        var rows = Rows(bits);
        var palette = new SeededRandomSource(7).Bytes(3 << bits);
        var file = TestPng.Of(
            Width, Height, bits, 3, rows, TestPng.Chunk("PLTE", palette), TestPng.Chunk("tRNS", [0, 128]));
        AssertPixels(file, (x, y) =>
        {
            var entry = Sample(rows, bits, x, y);
            var gray = Gray(palette.AsSpan(3 * entry));
            return entry switch { 0 => 255, 1 => (gray * 128 + 255 * 127) / 255, _ => gray };
        });
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Colours_and_transparency_are_read(int bits)
    {
        var step = bits / 8;
        foreach (var (colour, channels) in new[] { (2, 3), (4, 2), (6, 4) })
        {
            var rows = new SeededRandomSource(9).Bytes(Width * Height * channels * step);
            AssertPixels(TestPng.Of(Width, Height, bits, colour, rows), (x, y) =>
            {
                var at = rows.AsSpan((y * Width + x) * channels * step);
                var gray = colour == 4 ? at[0] : Gray([at[0], at[step], at[2 * step]]);
                var alpha = colour == 2 ? 255 : at[(channels - 1) * step];
                return (gray * alpha + 255 * (255 - alpha)) / 255;
            });
        }
    }

    [Fact]
    public void Data_in_many_chunks_and_chunks_of_no_concern_are_read()
    {
        var compressed = TestPng.Compress([0, 10, 20, 2, 20, 20]);
        var pieces = compressed.Select(value => TestPng.Chunk("IDAT", [value])).ToArray();
        var file = TestPng.File(
            [Head, TestPng.Chunk("tEXt", "a\0b"u8), .. pieces, TestPng.Chunk("tIME", new byte[7]), End]);
        Assert.Equal([10, 20, 30, 40], Assert.IsType<PngOutcome.Picture>(PngPicture.Read(file)).Gray.Pixels);
    }

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "signature", [] },
        { "signature", [.. "GIF89a"u8] },
        { "chunk", TestPng.File() },
        { "chunk", TestPng.File(Head, Data) },
        { "chunk", TestPng.File(Head, [0xFF, 0xFF, 0xFF, 0xFF, .. Data[4..]], End) },
        { "chunk", TestPng.File(Head, [.. Data[..^1], (byte)(Data[^1] ^ 1)], End) },
        { "chunk", TestPng.File(Head, TestPng.Chunk("ABCD", []), Data, End) },
        { "order", TestPng.File(Data, Head, End) },
        { "order", TestPng.File(Head, Head, Data, End) },
        { "order", TestPng.File(Head, End) },
        { "order", TestPng.File(Head, Data, TestPng.Chunk("tEXt", []), Data, End) },
        { "order", TestPng.File(Kind(2, 2, 8, 3), Data, End) },
        { "trailing", [.. TestPng.File(Head, Data, End), 0] },
        { "header", TestPng.File(TestPng.Chunk("IHDR", new byte[12]), Data, End) },
        { "header", TestPng.File(Kind(0, 2, 8, 0), Data, End) },
        { "header", TestPng.File(Kind(2, 2, 3, 0), Data, End) },
        { "header", TestPng.File(Kind(2, 2, 8, 5), Data, End) },
        { "header", TestPng.File(Kind(2, 2, 4, 2), Data, End) },
        { "header", TestPng.File(Kind(2, 2, 16, 3), Data, End) },
        { "interlaced", TestPng.File(TestPng.Chunk("IHDR", TestPng.Header(2, 2, 8, 0, 1)), Data, End) },
        { "size", TestPng.File(Kind(4097, 2, 8, 0), Data, End) },
        { "size", TestPng.File(Kind(2, int.MaxValue, 8, 0), Data, End) },
        { "size", TestPng.File(Kind(-1, 2, 8, 0), Data, End) },
        { "palette", TestPng.File(Kind(2, 2, 8, 3), TestPng.Chunk("PLTE", [1, 2]), Data, End) },
        { "palette", TestPng.File(Kind(2, 2, 8, 3), TestPng.Chunk("PLTE", new byte[257 * 3]), Data, End) },
        { "transparency", TestPng.File(Head, TestPng.Chunk("tRNS", [0, 0]), Data, End) },
        { "data", TestPng.File(Kind(2, 2, 8, 3), TestPng.Chunk("PLTE", [1, 2, 3]), Data, End) },
        { "data", TestPng.File(Kind(2, 3, 8, 0), Data, End) },
        { "data", TestPng.File(Kind(2, 1, 8, 0), Data, End) },
        { "data", TestPng.File(Head, TestPng.Chunk("IDAT", TestPng.Compress([5, 1, 2, 0, 3, 4])), End) },
        { "data", TestPng.File(Head, TestPng.Chunk("IDAT", [0x78, 0x9C, 0xFF, 0xFF, 0xFF]), End) },
        { "data", TestPng.File(Kind(4096, 4096, 16, 6), Data, End) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_does_not_stand_is_refused_by_name(string where, byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(new QrReading.Unreadable("png." + where), QrPictureReader.ReadPng(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused_unread() => Assert.Equal(
        new QrReading.Unreadable("png.size"), QrPictureReader.ReadPng(new byte[QrPictureReader.LongestFile + 1]));

    private static byte[] Kind(int width, int height, int bits, int colour) =>
        TestPng.Chunk("IHDR", TestPng.Header(width, height, bits, colour));

    private static byte[] Rows(int bits) => new SeededRandomSource((ulong)bits).Bytes((Width * bits + 7) / 8 * Height);

    private static int Sample(byte[] rows, int bits, int x, int y)
    {
        var length = (Width * bits + 7) / 8;
        if (bits >= 8)
            return rows[y * length + x * bits / 8];
        var perByte = 8 / bits;
        return rows[y * length + x / perByte] >> (perByte - 1 - x % perByte) * bits & ((1 << bits) - 1);
    }

    private static int Gray(ReadOnlySpan<byte> rgb) => (rgb[0] * 299 + rgb[1] * 587 + rgb[2] * 114) / 1000;

    private static void AssertPixels(byte[] file, Func<int, int, int> expected)
    {
        var gray = Assert.IsType<PngOutcome.Picture>(PngPicture.Read(file)).Gray;
        Assert.Equal((Width, Height), (gray.Width, gray.Height));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                Assert.Equal(expected(x, y), gray.Pixels[y * Width + x]);
    }
}
