using Ecert.Certificates.Qr;

namespace Ecert.Verifier;

/// <summary>What was shown to the verifier.</summary>
internal abstract record Shown
{
    private Shown() { }

    /// <summary>The texts, each of them a presentation.</summary>
    internal sealed record Texts(IEnumerable<string> Lines) : Shown;

    /// <summary>A picture that yields no text.</summary>
    internal sealed record Unreadable(string Why) : Shown;

    internal static Shown Take(string? given, FileInfo? picture, TextReader input)
    {
        // Base45 and one-time codes have no lower-case letters: a text cannot be taken for a path.
        if (picture is null && given is not null && given.EndsWith(".png", StringComparison.Ordinal))
            picture = new FileInfo(given);
        if (picture is not null)
            return Read(picture);
        return new Texts(given is not null ? [given] : LinesOf(input));
    }

    private static Shown Read(FileInfo picture)
    {
        try
        {
            if (picture.Exists && picture.Length > QrPictureReader.LongestFile)
                return new Unreadable($"{picture.Name}: longer than {QrPictureReader.LongestFile} bytes.");
            return QrPictureReader.ReadPng(File.ReadAllBytes(picture.FullName)) switch
            {
                QrReading.Text text => new Texts([text.Value]),
                QrReading.Unreadable unreadable => new Unreadable($"{picture.Name}: unreadable at {unreadable.Where}."),
                _ => new Unreadable($"{picture.Name}: no QR code was found in it."),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Unreadable(exception.Message);
        }
    }

    private static IEnumerable<string> LinesOf(TextReader input)
    {
        while (input.ReadLine() is { } line)
            yield return line;
    }
}
