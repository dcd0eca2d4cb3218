using System.Globalization;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary>Reads members of <c>biz_content</c>.</summary>
internal sealed class BusinessParameters(JsonObject json)
{
    private static readonly Money Most = new(10_000_000_000);

    /// <summary>Everything, in canonical form.</summary>
    public string Content => Canonical.Text(json);

    /// <summary>A text; null when absent or empty.</summary>
    public string? Optional(string name, int longest)
    {
        var text = json.Written(name);
        if (text is null && json[name] is not null)
            throw AlipayError.Parameter(name, "类型错误").Thrown();
        if (text?.Length > longest)
            throw AlipayError.Parameter(name, "长度超限").Thrown();
        return text is "" ? null : text;
    }

    /// <summary>A text that must be there.</summary>
    public string Required(string name, int longest) =>
        Optional(name, longest) ?? throw AlipayError.Parameter(name, "不能为空").Thrown();

    /// <summary>Yuan from 0.01 to 100000000 with at most two decimals.</summary>
    public Money Yuan(string name) =>
        Money.TryParseYuan(Required(name, 14), out var amount) && amount.IsPositive && amount <= Most
            ? amount
            : throw AlipayError.Parameter(name, "金额不合法").Thrown();

    /// <summary>An object; null when absent.</summary>
    public BusinessParameters? Object(string name) =>
        json.Child(name) is { } child ? new BusinessParameters(child) : null;

    /// <summary>
    /// When an unpaid trade lapses: <c>time_expire</c>, or <c>timeout_express</c> from now (<c>30m</c>, <c>2h</c>,
    /// <c>1d</c>); fifteen days when neither is said.
    /// </summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset now)
    {
        if (Optional("time_expire", 32) is { } at)
            return GatewayTime.TryParse(at, out var instant) && instant > now
                ? instant
                : throw AlipayError.Business("ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR", "当前时间已超过允许支付的时间").Thrown();
        if (Optional("timeout_express", 6) is not { } span)
            return now.AddDays(15);
        if (!int.TryParse(span[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
            throw AlipayError.Parameter("timeout_express", "格式错误").Thrown();
        return span[^1] switch
        {
            'm' => now.AddMinutes(count),
            'h' => now.AddHours(count),
            'd' => now.AddDays(count),
            _ => throw AlipayError.Parameter("timeout_express", "格式错误").Thrown(),
        };
    }
}
