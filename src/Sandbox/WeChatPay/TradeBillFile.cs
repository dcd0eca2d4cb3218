using System.Text;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>Which rows a trade bill holds.</summary>
internal enum TradeBillKind
{
    /// <summary>Payments and refunds, 27 columns.</summary>
    All = 1,

    /// <summary>Payments, 20 columns.</summary>
    Success = 2,

    /// <summary>Refunds, 29 columns.</summary>
    Refund = 3,
}

/// <summary>
/// The trade bill of a day: UTF-8 with a byte order mark, CR LF, a back-tick before every data cell, amounts in yuan, a
/// summary in the last two lines. Payments count by success time, refunds by acceptance time.
/// </summary>
internal static class TradeBillFile
{
    private static readonly string[] Start =
    [
        "交易时间", "公众账号ID", "商户号", "特约商户号", "设备号", "微信订单号", "商户订单号", "用户标识", "交易类型",
        "交易状态", "付款银行", "货币种类", "应结订单金额", "代金券金额",
    ];

    private static readonly string[] RefundTimes = ["退款申请时间", "退款成功时间"];
    private static readonly string[] RefundCells =
        ["微信退款单号", "商户退款单号", "退款金额", "充值券退款金额", "退款类型", "退款状态"];

    private static readonly string[] Middle = ["商品名称", "商户数据包", "手续费", "费率", "订单金额"];
    private static readonly string[] Asked = ["申请退款金额"];
    private static readonly string[] End = ["费率备注"];
    private const string SummaryHeader =
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

    /// <summary>The file; null when the day has no rows.</summary>
    public static byte[]? Write(
        IEnumerable<WeChatOrder> orders, DateOnly day, TradeBillKind kind, Ratio feeRate, DateTimeOffset now)
    {
        var rows = orders.SelectMany(order => Rows(order, feeRate, now))
            .Where(row => row.At.BeijingDay() == day)
            .Where(row => kind == TradeBillKind.All || row.IsRefund == (kind == TradeBillKind.Refund))
            .OrderBy(row => row.At)
            .ToArray();
        if (rows.Length == 0)
            return null;
        var columns = Columns(kind);
        var text = new StringBuilder("\uFEFF").Append(string.Join(',', columns)).Append("\r\n");
        foreach (var row in rows)
            text.Append(string.Join(',', columns.Select(column => "`" + row.Cells[column]))).Append("\r\n");
        text.Append(SummaryHeader).Append("\r\n").Append(Summary(rows)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed record Row(
        DateTimeOffset At, bool IsRefund, Money Paid, Money Refunded, Money Fee, Dictionary<string, string> Cells);

    private static string[] Columns(TradeBillKind kind) => kind switch
    {
        TradeBillKind.All => [.. Start, .. RefundCells, .. Middle, .. Asked, .. End],
        TradeBillKind.Success => [.. Start, .. Middle, .. End],
        _ => [.. Start, .. RefundTimes, .. RefundCells, .. Middle, .. Asked, .. End],
    };

    private static IEnumerable<Row> Rows(WeChatOrder order, Ratio feeRate, DateTimeOffset now)
    {
        if (order.State != OrderState.Paid)
            yield break;
        var total = new Money(order.Request.TotalFen);
        var fee = total.Times(feeRate);
        yield return new Row(order.PaidAt!.Value, false, total, Money.Zero, fee, Payment(order, total, fee, feeRate));
        foreach (var refund in order.Refunds)
        {
            var amount = new Money(refund.Fen);
            var feeBack = -amount.Times(feeRate);
            yield return new Row(
                refund.AcceptedAt, true, Money.Zero, amount, feeBack, Refund(order, refund, feeBack, feeRate, now));
        }
    }

    private static Dictionary<string, string> Payment(WeChatOrder order, Money total, Money fee, Ratio feeRate) => new()
    {
        ["交易时间"] = order.PaidAt!.Value.Plain(),
        ["公众账号ID"] = order.Request.AppId,
        ["商户号"] = order.MerchantId,
        ["特约商户号"] = "0",
        ["设备号"] = "",
        ["微信订单号"] = order.TransactionId!,
        ["商户订单号"] = order.Request.Number,
        ["用户标识"] = order.PayerOpenId!,
        ["交易类型"] = order.Request.TradeType,
        ["交易状态"] = "SUCCESS",
        ["付款银行"] = "OTHERS",
        ["货币种类"] = "CNY",
        ["应结订单金额"] = total.ToYuan(),
        ["代金券金额"] = "0.00",
        ["微信退款单号"] = "0",
        ["商户退款单号"] = "0",
        ["退款金额"] = "0.00",
        ["充值券退款金额"] = "0.00",
        ["退款类型"] = "",
        ["退款状态"] = "",
        ["商品名称"] = Cell(order.Request.Description),
        ["商户数据包"] = Cell(order.Request.Attach ?? ""),
        ["手续费"] = fee.ToYuan() + "000",
        ["费率"] = Percent(feeRate),
        ["订单金额"] = total.ToYuan(),
        ["申请退款金额"] = "0.00",
        ["费率备注"] = "",
    };

    private static Dictionary<string, string> Refund(
        WeChatOrder order, WeChatRefund refund, Money fee, Ratio feeRate, DateTimeOffset now)
    {
        var amount = new Money(refund.Fen).ToYuan();
        var status = refund.StatusAt(now);
        return new Dictionary<string, string>(Payment(order, Money.Zero, fee, feeRate))
        {
            ["交易时间"] = refund.AcceptedAt.Plain(),
            ["交易状态"] = "REFUND",
            ["退款申请时间"] = refund.AcceptedAt.Plain(),
            ["退款成功时间"] = status == "SUCCESS" ? refund.DoneAt.Plain() : "",
            ["微信退款单号"] = refund.RefundId,
            ["商户退款单号"] = refund.Number,
            ["退款金额"] = amount,
            ["退款类型"] = "ORIGINAL",
            ["退款状态"] = status,
            ["申请退款金额"] = amount,
        };
    }

    private static string Summary(IReadOnlyCollection<Row> rows)
    {
        var paid = Money.Sum(rows.Select(row => row.Paid)).ToYuan();
        var refunded = Money.Sum(rows.Select(row => row.Refunded)).ToYuan();
        var fee = Money.Sum(rows.Select(row => row.Fee)).ToYuan() + "000";
        return $"`{rows.Count},`{paid},`{refunded},`0.00,`{fee},`{paid},`{refunded}";
    }

    private static string Percent(Ratio rate) => $"{new Money(rate.TenThousandths).ToYuan()}%";

    /// <summary>
    /// The form knows no quoting: a comma or line end inside a cell would shift every column after it.
    /// </summary>
    private static string Cell(string text) => text.Replace(',', ' ').Replace('\r', ' ').Replace('\n', ' ');
}
