using QRCoder;

namespace Ecert.Certificates.Qr;

/// <summary>
/// Draws a presentation as a QR code (ISO/IEC 18004) at error level M. Both presentations are in the alphanumeric set,
/// so that an offline one stays within version 15 (77 modules a side), which a cheap scanner reads.
/// </summary>
public static class QrPicture
{
    /// <summary>The largest version an offline presentation may need.</summary>
    public const int LargestVersion = 15;

    /// <summary>
    /// The most bytes of presentation that base45 and <c>HEC1:</c> leave of version 15's 600 characters.
    /// </summary>
    public const int ByteBudget = (600 - 5) / 3 * 2;

    /// <summary>The version the text needs: 1 (21 modules a side) to 40 (177).</summary>
    public static int Version(string text)
    {
        using var data = Draw(text);
        return data.Version;
    }

    /// <summary>The picture as PNG, black on white with the quiet zone of four modules.</summary>
    /// <param name="text">The presentation.</param>
    /// <param name="pixelsPerModule">Pixels of one module's side.</param>
    public static byte[] Png(string text, int pixelsPerModule = 6)
    {
        using var data = Draw(text);
        using var picture = new PngByteQRCode(data);
        return picture.GetGraphic(pixelsPerModule);
    }

    /// <summary>The picture as an SVG document that scales to the space it is given.</summary>
    public static string Svg(string text)
    {
        using var data = Draw(text);
        using var picture = new SvgQRCode(data);
        return picture.GetGraphic(1, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private static QRCodeData Draw(string text) => QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
}
