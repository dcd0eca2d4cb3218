namespace Ecert.Sandbox.Alipay;

/// <summary>Where Alipay lives, and which methods its gateway knows.</summary>
internal static class AlipayRoutes
{
    /// <summary>The gateway's path.</summary>
    public const string Gateway = "/alipay/gateway.do";

    /// <summary>The methods by name.</summary>
    public static IReadOnlyDictionary<string, AlipayMethod> Methods(
        TradeMethods trades, PayMethod pay, RefundMethods refunds, AgreementMethods agreements, BillMethods bills,
        CertificateMethods certificates) => new Dictionary<string, AlipayMethod>
        {
            ["alipay.trade.create"] = trades.Create,
            ["alipay.trade.precreate"] = trades.Precreate,
            ["alipay.trade.pay"] = pay.Pay,
            ["alipay.trade.query"] = trades.Query,
            ["alipay.trade.close"] = trades.Close,
            ["alipay.trade.cancel"] = trades.Cancel,
            ["alipay.trade.refund"] = refunds.Refund,
            ["alipay.trade.fastpay.refund.query"] = refunds.Query,
            ["alipay.user.agreement.query"] = agreements.Query,
            ["alipay.user.agreement.unsign"] = agreements.Unsign,
            ["alipay.data.dataservice.bill.downloadurl.query"] = bills.DownloadUrl,
            ["alipay.open.app.alipaycert.download"] = certificates.Download,
        };

    /// <summary>Maps the gateway and the bill download.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Gateway, app.ServiceProvider.GetRequiredService<AlipayGateway>().AnswerAsync);
        app.MapGet(Gateway, app.ServiceProvider.GetRequiredService<AlipayGateway>().AnswerAsync);
        app.MapGet(BillMethods.DownloadPath, app.ServiceProvider.GetRequiredService<BillMethods>().DownloadAsync);
    }
}
