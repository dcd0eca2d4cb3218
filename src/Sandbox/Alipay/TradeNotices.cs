using System.Net;
using System.Text;
using Ecert.Kernel;
using Ecert.Sandbox.Callbacks;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary>
/// Notifications: a form post, signed over its decoded fields without <c>sign</c> and <c>sign_type</c>, never with an
/// empty field, repeated under the same <c>notify_id</c> until the answer is exactly <c>success</c>.
/// </summary>
internal sealed class TradeNotices(
    CallbackSender sender, AlipaySignature signature, TimeProvider clock, RandomSource random)
{
    /// <summary>4 m, 10 m, 10 m, 1 h, 2 h, 6 h, 15 h: the published schedule.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(15),
    ];

    /// <summary>The trade was paid.</summary>
    public void Paid(AlipayApp app, Trade trade) => Send(app, trade, trade.Request.Number, []);

    /// <summary>Part or all of it went back. A partial refund repeats <c>TRADE_SUCCESS</c>.</summary>
    public void Refunded(AlipayApp app, Trade trade, TradeRefund refund) => Send(app, trade, refund.RequestNumber, new()
    {
        ["out_biz_no"] = refund.RequestNumber,
        ["refund_fee"] = trade.Refunded.ToYuan(),
        ["gmt_refund"] = $"{refund.At.Plain()}.000",
    });

    private void Send(AlipayApp app, Trade trade, string about, Dictionary<string, string> more)
    {
        if (trade.Request.NotifyUrl is not { } target)
            return;
        var id = $"{clock.GetUtcNow().BeijingDay().Digits()}00222{random.Digits(21)}";
        var fields = new SortedDictionary<string, string>(more, StringComparer.Ordinal)
        {
            ["app_id"] = app.AppId,
            ["auth_app_id"] = app.AppId,
            ["buyer_id"] = trade.BuyerId ?? "",
            ["buyer_pay_amount"] = trade.Request.Total.ToYuan(),
            ["charset"] = "utf-8",
            ["fund_bill_list"] = $$"""[{"amount":"{{trade.Request.Total.ToYuan()}}","fundChannel":"ALIPAYACCOUNT"}]""",
            ["gmt_create"] = trade.CreatedAt.Plain(),
            ["gmt_payment"] = trade.PaidAt!.Value.Plain(),
            ["invoice_amount"] = trade.Request.Total.ToYuan(),
            ["notify_id"] = id,
            ["notify_type"] = "trade_status_sync",
            ["out_trade_no"] = trade.Request.Number,
            ["point_amount"] = "0.00",
            ["receipt_amount"] = trade.Request.Total.ToYuan(),
            ["seller_id"] = app.SellerId,
            ["subject"] = trade.Request.Subject,
            ["total_amount"] = trade.Request.Total.ToYuan(),
            ["trade_no"] = trade.TradeNo,
            ["trade_status"] = trade.StateWord,
            ["version"] = "1.0",
        };
        sender.Enqueue(
            new Callback
            {
                Id = id,
                Counterpart = "alipay",
                About = about,
                Target = target,
                Pauses = Pauses,
                Make = spoilt => Post(target, fields, spoilt),
                Acknowledges = (status, body) => status == HttpStatusCode.OK && body.Trim() == "success",
            },
            clock.GetUtcNow());
    }

    private HttpRequestMessage Post(Uri target, SortedDictionary<string, string> fields, bool spoilt)
    {
        var sent = new SortedDictionary<string, string>(
            fields.Where(field => field.Value.Length > 0).ToDictionary(), StringComparer.Ordinal)
        {
            ["notify_time"] = clock.GetUtcNow().Plain(),
        };
        var content = string.Join('&', sent.Select(field => $"{field.Key}={field.Value}"));
        sent["sign"] = signature.Sign(Encoding.UTF8.GetBytes(content), spoilt);
        sent["sign_type"] = "RSA2";
        var form = string.Join('&', sent.Select(field => $"{field.Key}={WebUtility.UrlEncode(field.Value)}"));
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new ByteArrayContent(Encoding.ASCII.GetBytes(form)),
        };
        request.Content.Headers.TryAddWithoutValidation(
            "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        return request;
    }
}
