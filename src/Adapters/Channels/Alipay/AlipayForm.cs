using System.Text;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// A posted form whose values are kept as the sender's bytes: the signature is over them, in the charset that a field
/// of the form itself names.
/// </summary>
internal sealed class AlipayForm
{
    private readonly Dictionary<string, byte[]> _fields;
    private readonly Encoding _charset;

    private AlipayForm(Dictionary<string, byte[]> fields, Encoding charset) => (_fields, _charset) = (fields, charset);

    public IEnumerable<(string Name, byte[] Value)> Fields => _fields.Select(pair => (pair.Key, pair.Value));

    /// <summary>The value of a field as text; null when it did not come or is empty.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are no text in the form's charset.</exception>
    public string? this[string name] =>
        _fields.TryGetValue(name, out var value) && value.Length > 0 ? _charset.GetString(value) : null;

    /// <summary>The form, or null when it is none: a broken escape, a field twice, a charset nobody knows.</summary>
    public static AlipayForm? Read(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var range in body.Split((byte)'&'))
        {
            var field = body[range];
            var equals = field.IndexOf((byte)'=');
            if (equals <= 0 || Decode(field[..equals]) is not { } name || Decode(field[(equals + 1)..]) is not { } value
                || name.Any(letter => letter is < 0x21 or > 0x7E)
                || !fields.TryAdd(Encoding.ASCII.GetString(name), value))
                return null;
        }
        return CharsetOf(fields) is { } charset ? new AlipayForm(fields, charset) : null;
    }

    private static Encoding? CharsetOf(Dictionary<string, byte[]> fields)
    {
        var name = fields.TryGetValue("charset", out var value) ? Encoding.ASCII.GetString(value) : "utf-8";
        return name.ToUpperInvariant() switch
        {
            "UTF-8" or "UTF8" => new UTF8Encoding(false, throwOnInvalidBytes: true),
            "GBK" or "GB2312" or "GB18030" => ChineseText.Gbk,
            _ => null,
        };
    }

    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '%')
            {
                bytes[length++] = text[index] == '+' ? (byte)' ' : text[index];
                continue;
            }
            if (index + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[index + 1])
                || !char.IsAsciiHexDigit((char)text[index + 2]))
                return null;
            bytes[length++] = Convert.FromHexString(Encoding.ASCII.GetString(text.Slice(index + 1, 2)))[0];
            index += 2;
        }
        return bytes[..length];
    }
}
