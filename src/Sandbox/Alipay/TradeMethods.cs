using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary>
/// <c>alipay.trade.create</c>, <c>precreate</c>, <c>query</c>, <c>close</c>, <c>cancel</c>.
/// </summary>
internal sealed class TradeMethods(AlipayBooks books, TimeProvider clock)
{
    public JsonObject Create(AlipayCall call)
    {
        var buyer = call.Business.Optional("buyer_id", 28) ?? call.Business.Optional("buyer_open_id", 128)
            ?? throw AlipayError.Parameter("buyer_id", "和buyer_open_id不能同时为空").Thrown();
        var trade = books.Create(Read(call, "create", buyer), TradeState.WaitBuyerPay, withQrCode: false);
        return new JsonObject { ["out_trade_no"] = trade.Request.Number, ["trade_no"] = trade.TradeNo };
    }

    public JsonObject Precreate(AlipayCall call)
    {
        var trade = books.Create(Read(call, "precreate", null), TradeState.NotScanned, withQrCode: true);
        return new JsonObject { ["out_trade_no"] = trade.Request.Number, ["qr_code"] = trade.QrCode };
    }

    public JsonObject Query(AlipayCall call) => Describe(Existing(call));

    public JsonObject Close(AlipayCall call)
    {
        var trade = books.Close(Existing(call));
        return new JsonObject { ["out_trade_no"] = trade.Request.Number, ["trade_no"] = trade.TradeNo };
    }

    public JsonObject Cancel(AlipayCall call)
    {
        var (trade, action) = books.Cancel(Wanted(call));
        var node = new JsonObject { ["retry_flag"] = "N" };
        if (trade is null)
            return node;
        node["out_trade_no"] = trade.Request.Number;
        node["trade_no"] = trade.TradeNo;
        node["action"] = action == CancelAction.Refund ? "refund" : "close";
        return node;
    }

    /// <summary>The trade a call names; a code that nobody scanned is no trade yet.</summary>
    public Trade Existing(AlipayCall call) =>
        Wanted(call) is { State: not TradeState.NotScanned } trade ? trade : throw AlipayError.TradeNotExist.Thrown();

    private Trade? Wanted(AlipayCall call)
    {
        var number = call.Business.Optional("out_trade_no", 64);
        var tradeNo = call.Business.Optional("trade_no", 64);
        if (number is null && tradeNo is null)
            throw AlipayError.Parameter("out_trade_no", "和trade_no不能同时为空").Thrown();
        return tradeNo is null
            ? books.Find(call.App.AppId, number!)
            : books.FindByTradeNo(call.App.AppId, tradeNo);
    }

    /// <summary>Reads what a trade is to be.</summary>
    public TradeRequest Read(AlipayCall call, string method, string? buyer)
    {
        var business = call.Business;
        return new TradeRequest(
            call.App.AppId, business.Required("out_trade_no", 64), business.Yuan("total_amount"),
            business.Required("subject", 256), buyer, call.NotifyUrl, business.ExpiresAt(clock.GetUtcNow()),
            $"{method} {business.Content} {call.NotifyUrl}");
    }

    /// <summary>A trade as queries show it.</summary>
    public static JsonObject Describe(Trade trade)
    {
        var node = new JsonObject
        {
            ["trade_no"] = trade.TradeNo,
            ["out_trade_no"] = trade.Request.Number,
            ["trade_status"] = trade.StateWord,
            ["total_amount"] = trade.Request.Total.ToYuan(),
            ["buyer_pay_amount"] = Shown(trade),
            ["receipt_amount"] = Shown(trade),
            ["invoice_amount"] = Shown(trade),
            ["point_amount"] = "0.00",
        };
        if (trade.BuyerId is { } buyer)
        {
            node["buyer_user_id"] = buyer;
            node["buyer_logon_id"] = "159****5620";
        }
        if (trade.PaidAt is not { } paidAt)
            return node;
        node["send_pay_date"] = paidAt.Plain();
        node["fund_bill_list"] = new JsonArray(new JsonObject
        {
            ["amount"] = trade.Request.Total.ToYuan(),
            ["fund_channel"] = "ALIPAYACCOUNT",
        });
        return node;
    }

    private static string Shown(Trade trade) => (trade.PaidAt is null ? Money.Zero : trade.Request.Total).ToYuan();
}
