using System.Text.Json.Nodes;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary><c>alipay.trade.refund</c> and <c>alipay.trade.fastpay.refund.query</c>.</summary>
internal sealed class RefundMethods(AlipayBooks books, TradeMethods trades, TradeNotices notices)
{
    public JsonObject Refund(AlipayCall call)
    {
        var amount = call.Business.Yuan("refund_amount");
        var number = call.Business.Optional("out_request_no", 64);
        var reason = call.Business.Optional("refund_reason", 256);
        var (trade, refund, isNew) = books.Refund(trades.Existing(call), number, amount, reason);
        if (isNew)
            notices.Refunded(call.App, trade, refund);
        return new JsonObject
        {
            ["trade_no"] = trade.TradeNo,
            ["out_trade_no"] = trade.Request.Number,
            ["buyer_user_id"] = trade.BuyerId,
            ["buyer_logon_id"] = "159****5620",
            ["fund_change"] = isNew ? "Y" : "N",
            ["refund_fee"] = trade.Refunded.ToYuan(),
            ["send_back_fee"] = isNew ? refund.Amount.ToYuan() : "0.00",
            ["gmt_refund_pay"] = refund.At.Plain(),
        };
    }

    /// <summary>A refund that was never made is answered with success and no <c>refund_status</c>.</summary>
    public JsonObject Query(AlipayCall call)
    {
        var number = call.Business.Required("out_request_no", 64);
        var trade = trades.Existing(call);
        var refund = trade.Refunds.FirstOrDefault(known => known.RequestNumber == number);
        if (refund is null)
            return [];
        return new JsonObject
        {
            ["trade_no"] = trade.TradeNo,
            ["out_trade_no"] = trade.Request.Number,
            ["out_request_no"] = number,
            ["total_amount"] = trade.Request.Total.ToYuan(),
            ["refund_amount"] = refund.Amount.ToYuan(),
            ["refund_status"] = "REFUND_SUCCESS",
            ["gmt_refund_pay"] = refund.At.Plain(),
        };
    }
}
