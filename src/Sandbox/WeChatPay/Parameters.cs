using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>Reads request members and refuses with the real <c>PARAM_ERROR</c> texts.</summary>
/// <param name="json">The object the members are in.</param>
/// <param name="prefix">Its own path in the body with a slash at the end, or empty.</param>
internal sealed partial class Parameters(JsonObject json, string prefix = "")
{
    /// <summary>A text that must be there, within its length in UTF-8 bytes.</summary>
    public string Text(string name, string title, int longest, int shortest = 1) =>
        OptionalText(name, title, longest, shortest) ?? throw Missing(name, title);

    /// <summary>A text that may be absent; an empty one counts as absent.</summary>
    public string? OptionalText(string name, string title, int longest, int shortest = 1)
    {
        if (json[name] is null)
            return null;
        var text = json.Text(name) ?? throw Wrong(name, $"映射到值字段“{title}”类型不是字符串");
        if (text.Length == 0)
            return null;
        CheckLength("body", prefix + name, title, text, shortest, longest);
        return text;
    }

    /// <summary>A merchant's order number: 6 to 32 of letters, digits and <c>_-|*</c>.</summary>
    public string OrderNumber(string name, string title)
    {
        var number = Text(name, title, 32, 6);
        return OrderNumberForm().IsMatch(number) ? number
            : throw Wrong(name, $"映射到值字段“{title}”只能是数字、大小写字母_-|*");
    }

    /// <summary>An amount in fen of at least 1.</summary>
    public long Fen(string name, string title)
    {
        if (json[name] is null)
            throw Missing(name, title);
        return json.Whole(name) is { } fen and >= 1 and <= 10_000_000_000
            ? fen
            : throw Wrong(name, $"映射到值字段“{title}”不是大于 0 的整数");
    }

    /// <summary>An object that must be there.</summary>
    public Parameters Object(string name, string title) =>
        new(json.Child(name) ?? throw Missing(name, title), $"{prefix}{name}/");

    /// <summary>An instant in RFC 3339 with its offset; null when absent.</summary>
    public DateTimeOffset? OptionalTime(string name, string title)
    {
        if (OptionalText(name, title, 64) is not { } text)
            return null;
        return Rfc3339Form().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
                ? instant
                : throw Wrong(name, $"映射到值字段“{title}”不符合 rfc3339 格式");
    }

    /// <summary>Where callbacks go: absolute, HTTP(S), without a query.</summary>
    public Uri Url(string name, string title) =>
        OptionalUrl(name, title) ?? throw Missing(name, title);

    /// <summary>As <see cref="Url"/>; null when absent.</summary>
    public Uri? OptionalUrl(string name, string title)
    {
        if (OptionalText(name, title, 255) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query == ""
            ? url
            : throw Wrong(name, $"映射到值字段“{title}”不是不带参数的 URL");
    }

    /// <summary>CNY, said or not.</summary>
    public void Currency(string name)
    {
        if ((OptionalText(name, "货币类型", 16) ?? "CNY") != "CNY")
            throw Wrong(name, "映射到值字段“货币类型”仅支持 CNY");
    }

    /// <summary>Refuses a text outside its length in UTF-8 bytes.</summary>
    public static void CheckLength(string location, string field, string title, string text, int shortest, int longest)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        var issue = bytes > longest ? $"大于最大值 {longest}" : bytes < shortest ? $"小于最小值 {shortest}" : null;
        if (issue is null)
            return;
        var text400 = $"映射到值字段“{title}”字符串规则校验失败，字节数 {bytes}，{issue}";
        throw (WeChatPayError.Parameter(location, field, text400) with
        {
            Detail = () => new JsonObject { ["location"] = location, ["value"] = bytes },
        }).Thrown();
    }

    private WeChatPayRefusedException Missing(string name, string title) =>
        Wrong(name, $"映射到值字段“{title}”不能为空");

    private WeChatPayRefusedException Wrong(string name, string issue) =>
        WeChatPayError.Parameter("body", prefix + name, issue).Thrown();

    [GeneratedRegex(@"^[A-Za-z0-9_\-|*]+$")]
    private static partial Regex OrderNumberForm();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$")]
    private static partial Regex Rfc3339Form();
}
