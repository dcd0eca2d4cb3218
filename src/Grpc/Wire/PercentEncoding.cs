using System.Buffers;
using System.Globalization;
using System.Text;

namespace Grpc.Wire;

/// <summary>
/// The escaping of <c>grpc-message</c>: UTF-8, with every byte outside printable ASCII and the percent sign itself
/// written as <c>%XX</c>.
/// </summary>
internal static class PercentEncoding
{
    private static readonly SearchValues<char> Unescaped = SearchValues.Create(
        " !\"#$&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Unescaped))
            return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var escaped = new StringBuilder(bytes.Length + 16);
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
                escaped.Append((char)value);
            else
                escaped.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }
        return escaped.ToString();
    }

    /// <summary>Decodes; what is not a valid escape stays as it stands, as the specification asks.</summary>
    public static string Decode(string escaped)
    {
        if (!escaped.Contains('%'))
            return escaped;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(escaped.Length)];
        var length = 0;
        for (var index = 0; index < escaped.Length; index++)
        {
            if (escaped[index] == '%' && TryHexPair(escaped, index + 1, out var value))
            {
                bytes[length++] = value;
                index += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(escaped.AsSpan(index, 1), bytes.AsSpan(length));
            }
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool TryHexPair(string text, int start, out byte value)
    {
        value = 0;
        return start + 2 <= text.Length
            && byte.TryParse(
                text.AsSpan(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
