using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ecert.Adapters.Sm;

/// <summary>
/// JSON as the centres sign it: members in ASCII order at every depth, order of arrays kept, numbers and booleans as
/// strings, no blanks, null and empty members left out, nothing escaped but what RFC 8259 §7 demands.
/// </summary>
internal static class CanonicalJson
{
    public static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>What counts as empty, and is left out: null, "", [] and {}.</summary>
    public static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    /// <summary>A value as it stands in the text that is signed: bare for a scalar, canonical for the rest.</summary>
    public static string Bare(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => Write(value),
        _ => value.GetRawText(),
    };

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject()
                    .Where(member => !IsEmpty(member.Value))
                    .OrderBy(member => member.Name, StringComparer.Ordinal);
                AppendList(text, '{', members, '}', static (text, member) =>
                {
                    AppendString(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                });
                break;
            case JsonValueKind.Array:
                AppendList(text, '[', value.EnumerateArray(), ']', Append);
                break;
            default:
                AppendString(text, Bare(value));
                break;
        }
    }

    private static void AppendList<T>(
        StringBuilder text, char open, IEnumerable<T> items, char close, Action<StringBuilder, T> append)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                text.Append(',');
            append(text, item);
            isFirst = false;
        }
        text.Append(close);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        text.Append('"');
    }
}
