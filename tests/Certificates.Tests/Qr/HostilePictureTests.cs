using System.Diagnostics;
using Ecert.Certificates.Qr;
using Ecert.Certificates.Qr.Reading;
using Ecert.Kernel;
using Xunit.Abstractions;

namespace Ecert.Certificates.Tests.Qr;

/// <summary>Whatever the bytes are, reading ends in its closed result, in bounded memory and time.</summary>
public sealed class HostilePictureTests(ITestOutputHelper log)
{
    private const int Rounds = 2_000;
    private const string Text = "HEC1:6BFOXN%TSMAHN-H$GR*35NB0W4";

    private readonly SeededRandomSource _random = new(20260104);

    [Fact]
    public void Every_truncation_is_unreadable()
    {
        var png = QrPicture.Png(Text);
        for (var length = 0; length < png.Length; length++)
            Assert.IsType<QrReading.Unreadable>(QrPictureReader.ReadPng(png.AsSpan(0, length)));
    }

    [Fact]
    public void Every_changed_bit_is_unreadable_since_every_chunk_has_its_check_sum()
    {
        var png = QrPicture.Png(Text, 2);
        for (var bit = 0; bit < 8 * png.Length; bit++)
        {
            png[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.IsType<QrReading.Unreadable>(QrPictureReader.ReadPng(png));
            png[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    [Fact]
    public void No_mutation_ends_in_an_exception_another_text_or_much_memory()
    {
        var good = QrPicture.Png(Text, 2);
        var seen = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var mutant = Mutate(good);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var reading = QrPictureReader.ReadPng(mutant);
            // The file is a few hundred bytes, and deflate gives at most a thousand for one.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
            Assert.True(reading is not QrReading.Text text || text.Value == Text, $"Round {round}: {reading}");
            seen.Add(reading is QrReading.Unreadable unreadable ? unreadable.Where : reading.GetType().Name);
        }
        log.WriteLine(string.Join(' ', seen));
        Assert.Contains("png.data", seen);
        Assert.Contains("png.header", seen);
        Assert.Contains("Text", seen);
    }

    [Fact]
    public void No_mutation_of_the_pixels_ends_in_an_exception_or_in_another_text()
    {
        var good = TestPicture.Draw(TestPicture.Modules(Text, QRCoder.QRCodeGenerator.ECCLevel.M), 2);
        var seen = new HashSet<string>();
        for (var round = 0; round < Rounds / 4; round++)
        {
            var pixels = (byte[])good.Pixels.Clone();
            for (var blots = Number(12); blots >= 0; blots--)
                Blot(pixels, good.Width, Number(good.Width - 9), Number(good.Height - 9));
            var reading = QrPictureReader.Read(good with { Pixels = pixels });
            Assert.True(reading is not QrReading.Text text || text.Value == Text, $"Round {round}: {reading}");
            seen.Add(reading is QrReading.Unreadable unreadable ? unreadable.Where : reading.GetType().Name);
        }
        log.WriteLine(string.Join(' ', seen));
        Assert.Superset(new HashSet<string> { "Text", "NotFound", "symbol.codewords" }, seen);
    }

    [Theory]
    [InlineData("noise")]
    [InlineData("stripes")]
    [InlineData("finders")]
    [InlineData("nested squares")]
    public void The_largest_picture_ends_in_seconds_and_in_bounded_memory(string what)
    {
        const int side = QrPictureReader.LongestSide;
        var pixels = what == "noise" ? _random.Bytes(side * side) : new byte[side * side];
        for (var index = 0; what != "noise" && index < pixels.Length; index++)
            pixels[index] = IsDark(what, index % side, index / side) ? (byte)0 : (byte)255;
        var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        var reading = QrPictureReader.Read(new GrayPicture(side, side, pixels));
        log.WriteLine($"{what}: {reading} after {clock.ElapsedMilliseconds} ms");
        Assert.IsNotType<QrReading.Text>(reading);
        // All that was ever set aside, though at one time it is a small part: every attempt at a symbol leaves some.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12L * side * side);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
    }

    private static bool IsDark(string what, int x, int y) => what switch
    {
        "stripes" => (x % 8) is 0 or 2 or 3 or 4 or 6,
        "finders" => Ring(x % 9, y % 9, 4),
        _ => Ring(x % 72, y % 72, 36),
    };

    /// <summary>Squares in squares about a middle, dark by turns as in a finder pattern.</summary>
    private static bool Ring(int x, int y, int middle)
    {
        var ring = Math.Max(Math.Abs(x - middle), Math.Abs(y - middle)) * 4 / middle;
        return ring is 0 or 1 or 3;
    }

    /// <summary>Sound in its check sums, so that what is behind them is reached; or, one time in four, not.</summary>
    private byte[] Mutate(byte[] good)
    {
        var chunks = new List<(string Type, byte[] Data)>();
        for (var at = 8; at < good.Length;)
        {
            var length = good[at + 2] << 8 | good[at + 3];
            chunks.Add((System.Text.Encoding.ASCII.GetString(good, at + 4, 4), good[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        for (var edits = 1 + Number(2); edits > 0; edits--)
        {
            var (type, data) = chunks[Number(chunks.Count)];
            if (data.Length > 0)
                data[Number(data.Length)] ^= (byte)(1 << Number(8));
            else
                chunks.Insert(Number(chunks.Count), (type, data));
        }
        var file = TestPng.File([.. chunks.Select(chunk => TestPng.Chunk(chunk.Type, chunk.Data))]);
        if (Number(4) == 0)
            file[Number(file.Length)] ^= (byte)(1 << Number(8));
        return file;
    }

    private void Blot(byte[] pixels, int width, int left, int top)
    {
        var value = (byte)Number(256);
        for (var y = top; y < top + 9; y++)
            for (var x = left; x < left + 9; x++)
                pixels[y * width + x] = value;
    }

    private int Number(int below) => (_random.Bytes(1)[0] << 8 | _random.Bytes(1)[0]) % below;
}
