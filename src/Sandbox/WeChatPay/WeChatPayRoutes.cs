namespace Ecert.Sandbox.WeChatPay;

/// <summary>Where each verb of WeChat Pay lives.</summary>
internal static class WeChatPayRoutes
{
    /// <summary>Stands before <c>/v3</c>; part of the signed path, as received.</summary>
    public const string Base = "/wechatpay";

    /// <summary>Maps every verb.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var door = services.GetRequiredService<WeChatPayDoor>();
        var prepay = services.GetRequiredService<Prepay>();
        var orders = services.GetRequiredService<OrderVerbs>();
        var refunds = services.GetRequiredService<RefundVerbs>();
        var bills = services.GetRequiredService<BillVerbs>();
        var v3 = app.MapGroup(Base + "/v3");
        v3.MapGet("/certificates", door.To(services.GetRequiredService<CertificateVerbs>().List));
        v3.MapPost("/pay/transactions/jsapi", door.To(prepay.Jsapi));
        v3.MapPost("/pay/transactions/app", door.To(prepay.App));
        v3.MapPost("/pay/transactions/native", door.To(prepay.Native));
        v3.MapPost("/pay/transactions/h5", door.To(prepay.H5));
        v3.MapGet("/pay/transactions/out-trade-no/{out_trade_no}", door.To(orders.QueryByNumber));
        v3.MapGet("/pay/transactions/id/{transaction_id}", door.To(orders.QueryById));
        v3.MapPost("/pay/transactions/out-trade-no/{out_trade_no}/close", door.To(orders.Close));
        v3.MapPost("/refund/domestic/refunds", door.To(refunds.Refund));
        v3.MapGet("/refund/domestic/refunds/{out_refund_no}", door.To(refunds.Query));
        v3.MapGet("/bill/tradebill", door.To(bills.TradeBill));
        v3.MapGet("/billdownload/file", door.To(bills.File));
    }
}
