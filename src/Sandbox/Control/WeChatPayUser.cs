using System.Text.Json.Nodes;
using Ecert.Sandbox.WeChatPay;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Control;

/// <summary>Be the WeChat user: see what waits, pay it, refuse it.</summary>
internal sealed class WeChatPayUser(WeChatPayBooks books, PlatformCallbacks callbacks, WeChatPayOptions options)
{
    /// <summary>Maps its endpoints.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/control/wechatpay/orders", ListAsync);
        app.MapPost("/control/wechatpay/pay", Reply.Taking(PayAsync));
        app.MapPost("/control/wechatpay/refuse", Reply.Taking(RefuseAsync));
    }

    private Task ListAsync(HttpContext context) =>
        Reply.SendAsync(context, new JsonArray([.. books.All().Select(Describe)]));

    private Task PayAsync(HttpContext context, JsonObject body)
    {
        if (Find(body) is not { } order)
            return Reply.MissingAsync(context, "order");
        if (!books.TryPay(order, body.Text("openid"), out var paid))
            return Reply.RefuseAsync(
                context, StatusCodes.Status409Conflict, "NOT_PAYABLE",
                    $"The order is {paid.StateWord} or its code is old.");
        callbacks.Paid(options.Merchants.First(merchant => merchant.MerchantId == paid.MerchantId), paid);
        return Reply.SendAsync(context, Describe(paid));
    }

    // A refused attempt leaves no trace in the books: the order stays NOTPAY and can be tried again.
    private Task RefuseAsync(HttpContext context, JsonObject body) => Find(body) is { } order
        ? Reply.SendAsync(context, Describe(order))
        : Reply.MissingAsync(context, "order");

    private WeChatOrder? Find(JsonObject body)
    {
        var prepayId = body.Text("prepay_id");
        var codeUrl = body.Text("code_url");
        var number = body.Text("out_trade_no");
        return books.Find(order =>
            prepayId == order.PrepayId || codeUrl == order.CodeUrl || number == order.Request.Number);
    }

    private static JsonNode Describe(WeChatOrder order) => new JsonObject
    {
        ["out_trade_no"] = order.Request.Number,
        ["trade_type"] = order.Request.TradeType,
        ["description"] = order.Request.Description,
        ["amount_fen"] = order.Request.TotalFen,
        ["refunded_fen"] = order.RefundedFen,
        ["state"] = order.StateWord,
        ["prepay_id"] = order.PrepayId,
        ["code_url"] = order.CodeUrl,
        ["transaction_id"] = order.TransactionId,
    };
}
