namespace Ecert.Certificates.Qr;

/// <summary>What came of reading a picture of a QR code.</summary>
public abstract record QrReading
{
    private QrReading() { }

    /// <summary>The code's text.</summary>
    /// <param name="Value">
    /// Its segments in their order. Bytes of no declared character set are UTF-8 if they can be, else ISO-8859-1.
    /// </param>
    public sealed record Text(string Value) : QrReading;

    /// <summary>The picture is a picture, and no QR code was found in it.</summary>
    public sealed record NotFound : QrReading;

    /// <summary>The picture, or the code in it, cannot be read.</summary>
    /// <param name="Where">
    /// What does not stand: of the file <c>png.…</c>; of the code <c>symbol.format</c>, <c>symbol.version</c>,
    /// <c>symbol.codewords</c> (more damage than the error correction mends), <c>segment.…</c>.
    /// </param>
    public sealed record Unreadable(string Where) : QrReading;
}
