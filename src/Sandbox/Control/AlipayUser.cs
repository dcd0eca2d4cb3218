using System.Text.Json.Nodes;
using Ecert.Sandbox.Alipay;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Control;

/// <summary>Be the Alipay user: scan, pay, refuse, sign and end withholding agreements.</summary>
internal sealed class AlipayUser(
    AlipayBooks books, AgreementBooks agreements, PaymentCodes codes, TradeNotices notices, AlipayOptions options)
{
    private const string UsualBuyer = "2088102177846880";

    /// <summary>Maps its endpoints.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/control/alipay/trades", ListAsync);
        app.MapPost("/control/alipay/scan", Reply.Taking(ScanAsync));
        app.MapPost("/control/alipay/pay", Reply.Taking(PayAsync));
        app.MapPost("/control/alipay/refuse", Reply.Taking(RefuseAsync));
        app.MapPost("/control/alipay/payment-codes", Reply.Taking(ShowCodeAsync));
        app.MapGet("/control/alipay/agreements", ListAgreementsAsync);
        app.MapPost("/control/alipay/agreements", Reply.Taking(SignAsync));
        app.MapPost("/control/alipay/agreements/{number}/end", EndAsync);
    }

    private Task ListAsync(HttpContext context) =>
        Reply.SendAsync(context, new JsonArray([.. books.All().Select(Describe)]));

    private Task ScanAsync(HttpContext context, JsonObject body) => Find(body) is { } trade
        ? Reply.SendAsync(context, Describe(books.Scan(trade, Buyer(body))))
        : Reply.MissingAsync(context, "trade");

    private Task PayAsync(HttpContext context, JsonObject body)
    {
        if (Find(body) is not { } trade)
            return Reply.MissingAsync(context, "trade");
        if (!books.TryPay(trade, Buyer(body), out var paid))
            return Reply.RefuseAsync(
                context, StatusCodes.Status409Conflict, "NOT_PAYABLE", $"The trade is {paid.StateWord}.");
        notices.Paid(options.Apps.First(app => app.AppId == paid.Request.AppId), paid);
        return Reply.SendAsync(context, Describe(paid));
    }

    // Refusing means leaving the pay page: the trade exists from then on and waits.
    private Task RefuseAsync(HttpContext context, JsonObject body) => ScanAsync(context, body);

    private Task ShowCodeAsync(HttpContext context, JsonObject body)
    {
        var asksPayer = body["asks_payer"] is JsonValue value && value.TryGetValue<bool>(out var asks) && asks;
        return Reply.SendAsync(context, new JsonObject { ["auth_code"] = codes.Show(Buyer(body), asksPayer) });
    }

    private Task ListAgreementsAsync(HttpContext context) =>
        Reply.SendAsync(context, new JsonArray([.. agreements.All().Select(Describe)]));

    private Task SignAsync(HttpContext context, JsonObject body)
    {
        var appId = body.Text("app_id") ?? options.Apps[0].AppId;
        if (!options.Apps.Any(app => app.AppId == appId))
            return Reply.MissingAsync(context, "app");
        var agreement = agreements.Sign(
            appId, body.Text("user_id") ?? UsualBuyer, body.Text("external_agreement_no"),
            body.Text("sign_scene") ?? "INDUSTRY|MEDICAL");
        return Reply.SendAsync(context, Describe(agreement));
    }

    private Task EndAsync(HttpContext context) => agreements.End((string)context.Request.RouteValues["number"]!)
        ? Reply.SendAsync(context, new JsonObject { ["status"] = "ENDED" })
        : Reply.MissingAsync(context, "agreement in force");

    private Trade? Find(JsonObject body)
    {
        var tradeNo = body.Text("trade_no");
        var qrCode = body.Text("qr_code");
        var number = body.Text("out_trade_no");
        return books.Find(trade => tradeNo == trade.TradeNo || number == trade.Request.Number
            || (qrCode is not null && qrCode == trade.QrCode));
    }

    private static string Buyer(JsonObject body) => body.Text("buyer_id") ?? UsualBuyer;

    private static JsonNode Describe(Trade trade) => new JsonObject
    {
        ["out_trade_no"] = trade.Request.Number,
        ["subject"] = trade.Request.Subject,
        ["amount_fen"] = trade.Request.Total.Fen,
        ["refunded_fen"] = trade.Refunded.Fen,
        ["state"] = trade.State == TradeState.NotScanned ? "NOT_SCANNED" : trade.StateWord,
        ["trade_no"] = trade.TradeNo,
        ["qr_code"] = trade.QrCode,
    };

    private static JsonNode Describe(Agreement agreement) => new JsonObject
    {
        ["agreement_no"] = agreement.Number,
        ["app_id"] = agreement.AppId,
        ["user_id"] = agreement.UserId,
        ["external_agreement_no"] = agreement.ExternalNumber,
        ["status"] = agreement.EndedAt is null ? "NORMAL" : "ENDED",
    };
}
