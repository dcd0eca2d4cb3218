using Ecert.Certificates.Qr.Reading;

namespace Ecert.Certificates.Qr;

/// <summary>
/// Reads one QR code (ISO/IEC 18004, model 2, versions 1 to 40) from a picture: a screenshot, a scan, a printout held
/// flat. It may be turned, slightly tilted, unevenly lit or light on dark. Nothing throws, whatever the bytes are, and
/// the memory used is a few bytes a pixel.
/// </summary>
public static class QrPictureReader
{
    /// <summary>The longest side of a picture, in pixels.</summary>
    public const int LongestSide = PngPicture.LongestSide;

    /// <summary>The longest file worth reading, in bytes; a longer one is <c>png.size</c>.</summary>
    public const int LongestFile = PngPicture.LongestFile;

    /// <summary>Reads the QR code in a PNG file: not interlaced, of any colour type.</summary>
    /// <param name="png">The whole file.</param>
    public static QrReading ReadPng(ReadOnlySpan<byte> png) => PngPicture.Read(png) switch
    {
        PngOutcome.Picture picture => Read(picture.Gray),
        PngOutcome.Refused refused => new QrReading.Unreadable("png." + refused.Where),
        _ => new QrReading.NotFound(),
    };

    /// <summary>
    /// One threshold for the whole picture serves screenshots and scans; a local one serves uneven light. The failure
    /// that is told is the one that got furthest.
    /// </summary>
    internal static QrReading Read(GrayPicture gray)
    {
        QrReading best = new QrReading.NotFound();
        var dark = new DarkPixels(gray.Width, gray.Height);
        Action[] ways =
        [
            () => dark.ByGlobalThreshold(gray), dark.Invert,
            () => dark.ByLocalMean(gray), dark.Invert,
        ];
        foreach (var binarise in ways)
        {
            binarise();
            var reading = SymbolSearch.Read(dark);
            if (SymbolDecoder.IsFinal(reading))
                return reading;
            best = SymbolDecoder.Further(best, reading);
        }
        return best;
    }
}
