using System.Text;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// The text Alipay signs over parameters: every one with a value, in ASCII order of names, <c>name=value</c> joined by
/// <c>&amp;</c>, values raw.
/// </summary>
internal static class AlipayParameters
{
    public static byte[] RequestText(IEnumerable<KeyValuePair<string, string>> parameters) =>
        Text(parameters
            .Where(parameter => parameter.Key != "sign")
            .Select(parameter => (parameter.Key, Encoding.UTF8.GetBytes(parameter.Value))));

    /// <summary>The text over values as the sender's bytes, whatever their charset.</summary>
    public static byte[] Text(IEnumerable<(string Name, byte[] Value)> parameters)
    {
        using var text = new MemoryStream();
        foreach (var (name, value) in parameters
            .Where(parameter => parameter.Value.Length > 0)
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            if (text.Length > 0)
                text.WriteByte((byte)'&');
            text.Write(Encoding.ASCII.GetBytes(name));
            text.WriteByte((byte)'=');
            text.Write(value);
        }
        return text.ToArray();
    }

    /// <summary>Percent-encodes as a form does; never writes a parameter without a value.</summary>
    public static string Encode(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join('&', parameters
        .Where(parameter => parameter.Value.Length > 0)
        .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
}
