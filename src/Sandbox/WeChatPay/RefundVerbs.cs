using System.Text.Json.Nodes;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>Refunds and their query.</summary>
internal sealed class RefundVerbs(
    WeChatPayBooks books, PlatformCallbacks callbacks, WeChatPayOptions options, TimeProvider clock)
{
    /// <summary><c>POST /v3/refund/domestic/refunds</c>.</summary>
    public WeChatPayAnswer Refund(WeChatPayCall call)
    {
        var json = call.Json();
        var body = new Parameters(json);
        var number = body.Text("out_refund_no", "商户退款单号", 64);
        var reason = body.OptionalText("reason", "退款原因", 80 * 3);
        var notifyUrl = body.OptionalUrl("notify_url", "退款结果回调url");
        var amount = body.Object("amount", "金额信息");
        var fen = amount.Fen("refund", "退款金额");
        var totalFen = amount.Fen("total", "原订单金额");
        amount.Currency("currency");
        var order = Wanted(call, body);
        var (refunded, refund, isNew) = books.Refund(
            order, number, fen, totalFen, reason, notifyUrl, Canonical.Text(json), options.RefundTakes);
        if (isNew)
            callbacks.RefundEnded(call.Merchant, refunded, refund);
        var status = isNew ? "PROCESSING" : refund.StatusAt(clock.GetUtcNow());
        return new WeChatPayAnswer.Ok(Describe(refunded, refund, status));
    }

    /// <summary><c>GET /v3/refund/domestic/refunds/{out_refund_no}</c>.</summary>
    public WeChatPayAnswer Query(WeChatPayCall call)
    {
        var (order, refund) = books.FindRefund(call.Merchant.MerchantId, call.InPath("out_refund_no"))
            ?? throw WeChatPayError.RefundNotExist.Thrown();
        return new WeChatPayAnswer.Ok(Describe(order, refund, refund.StatusAt(clock.GetUtcNow())));
    }

    private WeChatOrder Wanted(WeChatPayCall call, Parameters body)
    {
        var id = body.OptionalText("transaction_id", "微信支付订单号", 32);
        var number = body.OptionalText("out_trade_no", "商户订单号", 32, 6);
        if (id is null && number is null)
            throw WeChatPayError.Parameter("body", "transaction_id", "与“out_trade_no”二选一，不能同时为空").Thrown();
        var merchant = call.Merchant.MerchantId;
        var order = number is null ? books.FindByTransaction(merchant, id!) : books.Find(merchant, number);
        return order is not null && (id is null || order.TransactionId == id)
            ? order
            : throw WeChatPayError.NothingToRefund.Thrown();
    }

    private static JsonObject Describe(WeChatOrder order, WeChatRefund refund, string status)
    {
        var json = new JsonObject
        {
            ["refund_id"] = refund.RefundId,
            ["out_refund_no"] = refund.Number,
            ["transaction_id"] = order.TransactionId,
            ["out_trade_no"] = order.Request.Number,
            ["channel"] = "ORIGINAL",
            ["user_received_account"] = "支付用户零钱",
            ["create_time"] = refund.AcceptedAt.Rfc3339(),
            ["status"] = status,
            ["funds_account"] = "AVAILABLE",
            ["amount"] = new JsonObject
            {
                ["total"] = order.Request.TotalFen,
                ["refund"] = refund.Fen,
                ["payer_total"] = order.Request.TotalFen,
                ["payer_refund"] = refund.Fen,
                ["settlement_total"] = order.Request.TotalFen,
                ["settlement_refund"] = refund.Fen,
                ["discount_refund"] = 0,
                ["currency"] = "CNY",
            },
        };
        if (status == "SUCCESS")
            json["success_time"] = refund.DoneAt.Rfc3339();
        return json;
    }
}
