using Ecert.Certificates.Qr;
using Ecert.Certificates.Qr.Reading;
using Ecert.Kernel;
using QRCoder;

namespace Ecert.Certificates.Tests.Qr;

/// <summary>Pictures as scanners and cameras make them: turned, tilted, scaled, shaded, noisy.</summary>
public sealed class SeenPictureTests
{
    private const string Text = "HEC1:6BFOXN%TSMAHN-H$GR*35NB0W4";

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 3)]
    [InlineData(15, 2)]
    [InlineData(20, 2)]
    public void Quarter_turns_are_read(int version, int pixels)
    {
        var picture = TestPicture.Draw(Symbol(version), pixels);
        for (var turns = 0; turns < 4; turns++)
        {
            AssertRead(version, picture, $"{turns} quarter turns");
            picture = TestPicture.QuarterTurn(picture);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(20)]
    public void Slight_turns_are_read(int version)
    {
        for (var degrees = -15; degrees <= 15; degrees++)
            foreach (var pixels in new[] { 3.0, 4.5, 7.0 })
                AssertRead(version, TestPicture.Turned(Symbol(version), pixels, degrees), $"{degrees}°, {pixels}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(15)]
    public void Any_turn_at_all_is_read_where_modules_are_four_pixels(int version)
    {
        for (var degrees = 0; degrees < 360; degrees += 15)
            AssertRead(version, TestPicture.Turned(Symbol(version), 4, degrees), $"{degrees}°");
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(2.3)]
    [InlineData(2.71)]
    [InlineData(3.3)]
    [InlineData(5.9)]
    [InlineData(31.4)]
    public void Modules_need_not_be_whole_pixels(double pixels)
    {
        foreach (var version in new[] { 1, 5, 10, 15 })
            foreach (var margin in new[] { 0, 1, 10 })
                AssertRead(version, TestPicture.Draw(Symbol(version), pixels, margin), $"{version}, margin {margin}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(15)]
    public void A_tilted_symbol_is_read(int version)
    {
        var symbol = Symbol(version);
        var side = (symbol.Side + 8) * 6;
        // The far edge is an eighth shorter than the near one.
        var picture = TestPicture.Seen(symbol, side, side, (x, y) =>
        {
            var scale = 1 + (side - y) / side / 8;
            return ((x - side / 2.0) * scale / 6 + symbol.Side / 2.0, y * scale / 6 - 4);
        });
        AssertRead(version, picture, "tilted");
    }

    [Fact]
    public void Uneven_light_is_read_by_the_local_threshold()
    {
        var symbol = TestPicture.Draw(Symbol(6), 5);
        var shaded = TestPicture.Changed(symbol, (x, y, value) => (value == 0 ? 10 : 70) + 180 * x / symbol.Width);
        AssertRead(6, shaded, "shaded");
    }

    [Fact]
    public void Light_on_dark_blur_and_noise_are_read()
    {
        var random = new SeededRandomSource(3);
        var picture = TestPicture.Draw(Symbol(6), 6);
        AssertRead(6, TestPicture.Changed(picture, (_, _, value) => 255 - value), "light on dark");
        AssertRead(6, TestPicture.Changed(picture, (_, _, value) => 60 + value / 3 + random.Bytes(1)[0] / 6), "noise");
        AssertRead(6, TestPicture.Changed(picture, (x, y, _) => Mean(picture, x, y)), "blur");
    }

    [Fact]
    public void A_picture_without_a_code_is_not_found()
    {
        var random = new SeededRandomSource(4);
        var blank = new GrayPicture(300, 200, new byte[60_000]);
        Assert.Equal(new QrReading.NotFound(), QrPictureReader.Read(blank));
        Assert.Equal(new QrReading.NotFound(), QrPictureReader.Read(blank with { Pixels = random.Bytes(60_000) }));
        Assert.Equal(new QrReading.NotFound(), QrPictureReader.Read(new GrayPicture(1, 1, [7])));
    }

    private static ModuleGrid Symbol(int version) =>
        TestPicture.Modules(Shown(version), QRCodeGenerator.ECCLevel.M, version);

    private static string Shown(int version) => version == 1 ? "HEC1:6BF" : version == 2 ? Text : Text + Text[5..];

    private static int Mean(GrayPicture picture, int x, int y)
    {
        var sum = 0;
        for (var row = y - 2; row <= y + 2; row++)
            for (var column = x - 2; column <= x + 2; column++)
                sum += picture.Pixels[Math.Clamp(row, 0, picture.Height - 1) * picture.Width
                    + Math.Clamp(column, 0, picture.Width - 1)];
        return sum / 25;
    }

    private static void AssertRead(int version, GrayPicture picture, string how)
    {
        var reading = QrPictureReader.Read(picture);
        Assert.True(
            reading is QrReading.Text text && text.Value == Shown(version), $"Version {version}, {how}: {reading}");
    }
}
