namespace Ecert.Certificates.Qr.Reading;

/// <summary>What came of reading a PNG file.</summary>
internal abstract record PngOutcome
{
    private PngOutcome() { }

    /// <summary>The picture, colours weighed to brightness and laid on white.</summary>
    internal sealed record Picture(GrayPicture Gray) : PngOutcome;

    /// <summary>What of the file does not stand, or is not read here.</summary>
    internal sealed record Refused(string Where) : PngOutcome;
}
