using Ecert.Kernel;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary>What bills are written from: the books, with any planted differences worked in.</summary>
internal sealed class BillEntries(AlipayBooks books, PlantedDifferences differences)
{
    /// <summary>The trades of an app as its bill shows them.</summary>
    public IReadOnlyList<Trade> Of(AlipayApp app) =>
    [
        .. differences.Apply(
            "alipay", books.All().Where(trade => trade.Request.AppId == app.AppId),
            trade => trade.Request.Number, planted => Invent(app, planted), Change),
    ];

    private static Trade Invent(AlipayApp app, PlantedDifference planted) => new()
    {
        Request = new TradeRequest(
            app.AppId, planted.Number, new Money(planted.Fen), "未知订单", null, null, planted.At, ""),
        TradeNo = $"{planted.At.BeijingDay().Digits()}22001999999999999999",
        QrCode = null,
        CreatedAt = planted.At,
        State = TradeState.Success,
        PaidAt = planted.At,
        BuyerId = "2088000000000000",
    };

    private static Trade Change(Trade trade, PlantedDifference planted) => planted.Kind == DifferenceKind.Amount
        ? trade with { Request = trade.Request with { Total = new Money(planted.Fen) } }
        : trade.With(
            new TradeRefund($"{trade.Request.Number}R", trade.Request.Total - trade.Refunded, null, planted.At),
            planted.At);
}
