using Ecert.Certificates.Qr.Reading;
using QRCoder;

namespace Ecert.Certificates.Tests.Qr;

/// <summary>Pictures of symbols for tests: drawn by QRCoder, then turned, tilted, shaded or damaged here.</summary>
internal static class TestPicture
{
    public const int Margin = 4;

    /// <summary>A symbol's modules, without the quiet zone.</summary>
    public static ModuleGrid Modules(string text, QRCodeGenerator.ECCLevel level, int version = -1)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, level, requestedVersion: version);
        var rows = data.ModuleMatrix;
        var grid = new ModuleGrid(rows.Count - 2 * Margin);
        for (var row = 0; row < grid.Side; row++)
            for (var column = 0; column < grid.Side; column++)
                grid[column, row] = rows[row + Margin][column + Margin];
        return grid;
    }

    public static GrayPicture Draw(ModuleGrid modules, double pixels, int margin = Margin)
    {
        var side = (int)((modules.Side + 2 * margin) * pixels);
        return Make(side, side, (x, y) => IsDark(modules, x / pixels - margin, y / pixels - margin) ? 0 : 255);
    }

    /// <summary>The symbol as a camera may see it: each pixel takes the module that lies where the map says.</summary>
    public static GrayPicture Seen(
        ModuleGrid modules, int width, int height, Func<double, double, (double Column, double Row)> map) =>
        Make(width, height, (x, y) => map(x, y) is var (column, row) && IsDark(modules, column, row) ? 0 : 255);

    /// <summary>Turned about its middle, nearest neighbour.</summary>
    public static GrayPicture Turned(ModuleGrid modules, double pixels, double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var side = (int)((modules.Side + 2 * Margin) * pixels * 1.5);
        var (middle, half) = (side / 2.0, modules.Side / 2.0);
        return Seen(modules, side, side, (x, y) =>
        {
            var (right, down) = ((x - middle) / pixels, (y - middle) / pixels);
            return (half + right * cosine + down * sine, half - right * sine + down * cosine);
        });
    }

    public static GrayPicture QuarterTurn(GrayPicture picture) => Make(picture.Height, picture.Width,
        (x, y) => picture.Pixels[(picture.Height - 1 - (int)x) * picture.Width + (int)y]);

    public static GrayPicture Changed(GrayPicture picture, Func<int, int, int, int> brightness) =>
        Make(picture.Width, picture.Height,
            (x, y) => brightness((int)x, (int)y, picture.Pixels[(int)y * picture.Width + (int)x]));

    private static bool IsDark(ModuleGrid modules, double column, double row) =>
        column >= 0 && row >= 0 && column < modules.Side && row < modules.Side && modules[(int)column, (int)row];

    private static GrayPicture Make(int width, int height, Func<double, double, int> brightness)
    {
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                pixels[y * width + x] = (byte)Math.Clamp(brightness(x + 0.5, y + 0.5), 0, 255);
        return new GrayPicture(width, height, pixels);
    }
}
