using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary>The trade bill of a day: a ZIP of two GBK files with CR LF, the detail and the summary.</summary>
internal sealed class TradeBillFile(AlipayApp app, DateOnly day, Ratio feeRate, DateTimeOffset now)
{
    private const string Header =
        "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
        + "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,"
        + "商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

    private const string SummaryHeader =
        "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,"
        + "卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）";

    private sealed record Row(Trade Trade, TradeRefund? Refund, DateTimeOffset At, Money Amount, Money Fee);

    /// <summary>Whether anything happened that day.</summary>
    public bool HasRows(IEnumerable<Trade> trades) => Rows(trades).Count > 0;

    /// <summary>The ZIP.</summary>
    public byte[] Write(IEnumerable<Trade> trades)
    {
        var rows = Rows(trades);
        using var zipped = new MemoryStream();
        using (var archive = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true, GatewayParameters.Gbk))
        {
            Add(archive, $"{app.SellerId}_{day.Digits()}_业务明细.csv", Detail(rows));
            Add(archive, $"{app.SellerId}_{day.Digits()}_业务明细(汇总).csv", Summary(rows));
        }
        return zipped.ToArray();
    }

    private void Add(ZipArchive archive, string name, string text)
    {
        var entry = archive.CreateEntry(name);
        entry.LastWriteTime = now.Beijing();
        using var stream = entry.Open();
        stream.Write(GatewayParameters.Gbk.GetBytes(text));
    }

    private List<Row> Rows(IEnumerable<Trade> trades) =>
    [
        .. trades.Where(trade => trade.PaidAt is not null).SelectMany(RowsOf)
            .Where(row => row.At.BeijingDay() == day).OrderBy(row => row.At),
    ];

    private IEnumerable<Row> RowsOf(Trade trade)
    {
        var total = trade.Request.Total;
        yield return new Row(trade, null, trade.PaidAt!.Value, total, -total.Times(feeRate));
        foreach (var refund in trade.Refunds)
            yield return new Row(trade, refund, refund.At, -refund.Amount, refund.Amount.Times(feeRate));
    }

    private string Detail(List<Row> rows)
    {
        var text = Opening("业务明细查询");
        text.Append("#-----------------------------------------业务明细列表----------------------------------------\r\n");
        text.Append(Header).Append("\r\n");
        foreach (var row in rows)
            text.Append(string.Join(',', Cells(row))).Append("\r\n");
        text.Append("#-----------------------------------------业务明细列表结束------------------------------------\r\n");
        return Closing(text, rows);
    }

    private string Summary(List<Row> rows)
    {
        var text = Opening("业务汇总查询");
        text.Append("#-----------------------------------------业务汇总列表----------------------------------------\r\n");
        text.Append(SummaryHeader).Append("\r\n");
        var amount = Money.Sum(rows.Select(row => row.Amount));
        var fee = Money.Sum(rows.Select(row => row.Fee));
        var refunds = rows.Count(row => row.Refund is not null);
        text.Append(CultureInfo.InvariantCulture,
            $"合计,,{rows.Count - refunds},{refunds},{amount},{amount},0.00,0.00,0.00,{fee},0.00,{amount + fee}\r\n");
        text.Append("#-----------------------------------------业务汇总列表结束------------------------------------\r\n");
        return Closing(text, rows);
    }

    private StringBuilder Opening(string title)
    {
        var begin = day.BeginsAt();
        return new StringBuilder()
            .Append("#支付宝").Append(title).Append("\r\n")
            .Append("#账号：[").Append(app.SellerId).Append("0156]\r\n")
            .Append("#起始日期：[").Append(Words(begin))
            .Append("]   终止日期：[").Append(Words(begin.AddDays(1))).Append("]\r\n");
    }

    private string Closing(StringBuilder text, List<Row> rows)
    {
        var paid = rows.Where(row => row.Refund is null).ToArray();
        var refunded = rows.Where(row => row.Refund is not null).ToArray();
        return text
            .Append("#交易合计：").Append(Totals(paid)).Append("\r\n")
            .Append("#退款合计：").Append(Totals(refunded)).Append("\r\n")
            .Append("#导出时间：[").Append(Words(now)).Append("]\r\n")
            .ToString();
    }

    private static string Totals(Row[] rows) =>
        $"{rows.Length}笔，商家实收共{Money.Sum(rows.Select(row => row.Amount))}元，商家优惠共0.00元";

    private static string Words(DateTimeOffset instant) =>
        instant.Beijing().ToString("yyyy年MM月dd日 HH:mm:ss", CultureInfo.InvariantCulture);

    // Cells are padded: numbers of orders with a tab, so that a spreadsheet keeps them as text.
    private static IEnumerable<string> Cells(Row row) =>
    [
        row.Trade.TradeNo + "\t", row.Trade.Request.Number + "\t", row.Refund is null ? "交易 " : "退款 ",
        Cell(row.Trade.Request.Subject), row.Trade.CreatedAt.Plain(), row.At.Plain(), " ", " ", " ", " ",
        (row.Trade.BuyerId ?? "") + "\t", row.Amount.ToYuan(), row.Amount.ToYuan(), "0.00", "0.00", "0.00", "0.00",
        "0.00", " ", "0.00", "0.00", (row.Refund?.RequestNumber ?? "") + "\t", row.Fee.ToYuan(), "0.00",
        Cell(row.Refund?.Reason ?? ""),
    ];

    /// <summary>
    /// The form knows no quoting: a comma or line end inside a cell would shift every column after it.
    /// </summary>
    private static string Cell(string text) => text.Replace(',', ' ').Replace('\r', ' ').Replace('\n', ' ') + " ";
}
