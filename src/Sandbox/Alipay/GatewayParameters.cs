using System.Text;

namespace Ecert.Sandbox.Alipay;

/// <summary>The parameters of a gateway call, merged from the URL query and the form.</summary>
internal sealed class GatewayParameters
{
    private readonly SortedDictionary<string, string> _values;

    private GatewayParameters(SortedDictionary<string, string> values, Encoding charset) =>
        (_values, Charset) = (values, charset);

    /// <summary>How text is encoded, in the call and in its answer.</summary>
    public Encoding Charset { get; }

    /// <summary>A parameter's value; null when absent or empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>
    /// What is signed: every parameter with a value except <c>sign</c>, in ASCII order of names, values not encoded.
    /// </summary>
    public byte[] SignedContent => Charset.GetBytes(string.Join('&', _values
        .Where(pair => pair.Key != "sign").Select(pair => $"{pair.Key}={pair.Value}")));

    /// <summary>
    /// Merges query and form; a parameter in both must have one value. Null when it has two, or one is garbled.
    /// </summary>
    public static GatewayParameters? Read(string target, byte[] form)
    {
        var question = target.IndexOf('?');
        var query = question < 0 ? "" : target[(question + 1)..];
        var body = Encoding.Latin1.GetString(form);
        if (CharsetOf(query) is not { } charset)
            return null;
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in $"{query}&{body}".Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            if (equals < 0)
                continue;
            if (Decode(pair[..equals], charset) is not { } name
                || Decode(pair[(equals + 1)..], charset) is not { } value)
                return null;
            if (value.Length == 0)
                continue;
            if (!values.TryAdd(name, value) && values[name] != value)
                return null;
        }
        return new GatewayParameters(values, charset);
    }

    // The real gateway decodes by the charset on the URL; without one, by GBK.
    private static Encoding? CharsetOf(string query)
    {
        var charset = query.Split('&').FirstOrDefault(pair => pair.StartsWith("charset=", StringComparison.Ordinal));
        return charset?["charset=".Length..].ToLowerInvariant() switch
        {
            "utf-8" or "utf8" => new UTF8Encoding(false),
            null or "gbk" or "gb2312" or "gb18030" => Gbk,
            _ => null,
        };
    }

    /// <summary>GBK, from the framework's code pages.</summary>
    public static Encoding Gbk { get; } =
        CodePagesEncodingProvider.Instance.GetEncoding("GBK") ?? throw new InvalidOperationException("GBK is missing.");

    private static string? Decode(string encoded, Encoding charset)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var index = 0; index < encoded.Length; index++)
        {
            var letter = encoded[index];
            if (letter == '%')
            {
                if (index + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[index + 1])
                    || !char.IsAsciiHexDigit(encoded[index + 2]))
                    return null;
                bytes[length++] = Convert.FromHexString(encoded.AsSpan(index + 1, 2))[0];
                index += 2;
            }
            else
            {
                bytes[length++] = letter == '+' ? (byte)' ' : (byte)letter;
            }
        }
        return charset.GetString(bytes, 0, length);
    }
}
