using System.Text.Json.Nodes;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary><c>alipay.trade.pay</c>: at once under an agreement, or by the payment code a payer shows.</summary>
internal sealed class PayMethod(
    AlipayBooks books, AgreementBooks agreements, PaymentCodes codes, TradeMethods trades, TradeNotices notices)
{
    public JsonObject Pay(AlipayCall call) => call.Business.Optional("product_code", 64) == "GENERAL_WITHHOLDING"
        ? Withhold(call)
        : ByCode(call);

    private JsonObject Withhold(AlipayCall call)
    {
        var number = (call.Business.Object("agreement_params")
            ?? throw AlipayError.Parameter("agreement_params", "不能为空").Thrown()).Required("agreement_no", 64);
        var agreement = agreements.Find(known => known.Number == number && known.AppId == call.App.AppId)
            ?? throw AlipayError.AgreementNotExist.Thrown();
        if (agreement.EndedAt is not null)
            throw AlipayError.AgreementNotNormal.Thrown();
        var trade = books.Create(
            trades.Read(call, "pay", agreement.UserId), TradeState.WaitBuyerPay, withQrCode: false);
        return Charge(call, trade, agreement.UserId);
    }

    private JsonObject ByCode(AlipayCall call)
    {
        if (call.Business.Optional("scene", 32) is not ("bar_code" or "security_code"))
            throw AlipayError.Parameter("scene", "不合法").Thrown();
        var code = call.Business.Required("auth_code", 64);
        var request = trades.Read(call, "pay", null);
        // A repeat finds its trade again: the code is used up by the first call.
        if (books.Find(call.App.AppId, request.Number) is not null)
            return Waiting(books.Create(request, TradeState.WaitBuyerPay, withQrCode: false));
        var shown = codes.Take(code) ?? throw AlipayError.PaymentCodeInvalid.Thrown();
        var trade = books.Create(request with { BuyerId = shown.BuyerId }, TradeState.WaitBuyerPay, withQrCode: false);
        return shown.AsksPayer ? Waiting(trade) : Charge(call, trade, shown.BuyerId);
    }

    private JsonObject Charge(AlipayCall call, Trade trade, string buyerId)
    {
        if (!books.TryPay(trade, buyerId, out var paid))
            throw AlipayError.HasSuccess.Thrown();
        notices.Paid(call.App, paid);
        var node = TradeMethods.Describe(paid);
        node.Remove("trade_status");
        node.Remove("send_pay_date");
        node["gmt_payment"] = paid.PaidAt!.Value.Plain();
        return node;
    }

    private static JsonObject Waiting(Trade trade) => new()
    {
        ["code"] = "10003",
        ["msg"] = "order success pay inprogress",
        ["out_trade_no"] = trade.Request.Number,
        ["trade_no"] = trade.TradeNo,
        ["total_amount"] = trade.Request.Total.ToYuan(),
    };
}
