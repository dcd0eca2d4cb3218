using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Ecert.Kernel;

/// <summary>
/// Base64url as JOSE has it (RFC 7515 §2): no padding, no blanks, and of several spellings of the same bytes the one
/// alone that an encoder writes. The framework's own decoder forgives some of this and throws at some, such as one
/// padding character where two belong; nothing here throws.
/// </summary>
public static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes behind a text; false when the text is not the canonical spelling of any.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.ContainsAnyExcept(Alphabet) || text.Length % 4 == 1)
            return false;
        var decoded = new byte[text.Length * 3 / 4];
        // The form with a status: the others throw at what they do not read.
        var status = Base64Url.DecodeFromChars(text, decoded, out _, out var written);
        if (status != OperationStatus.Done || written != decoded.Length
            || !text.SequenceEqual(Base64Url.EncodeToString(decoded)))
            return false;
        bytes = decoded;
        return true;
    }
}
