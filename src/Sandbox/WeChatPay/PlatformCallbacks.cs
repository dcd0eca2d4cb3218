using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Callbacks;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>
/// Tells merchants what happened: sealed under their APIv3 key, signed with the platform's default key.
/// </summary>
internal sealed class PlatformCallbacks(
    CallbackSender sender, PlatformKeys keys, PlatformSignature signature, TimeProvider clock, RandomSource random)
{
    /// <summary>15 s, 15 s, 30 s, 3 m, 10 m, 20 m, 30 m ×3, 60 m, 3 h ×3, 6 h ×2: the published schedule.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(3),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30),
        TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60), TimeSpan.FromHours(3), TimeSpan.FromHours(3),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(6),
    ];

    /// <summary><c>TRANSACTION.SUCCESS</c>.</summary>
    public void Paid(WeChatMerchant merchant, WeChatOrder order) => Send(
        merchant, order.Request.Number, order.Request.NotifyUrl, "TRANSACTION.SUCCESS", "支付成功", "transaction",
        OrderVerbs.Transaction(order), clock.GetUtcNow());

    /// <summary>
    /// <c>REFUND.SUCCESS</c>, once the refund is through; nothing when the merchant named no URL for it.
    /// </summary>
    public void RefundEnded(WeChatMerchant merchant, WeChatOrder order, WeChatRefund refund)
    {
        if (refund.NotifyUrl is null)
            return;
        var plain = new JsonObject
        {
            ["mchid"] = merchant.MerchantId,
            ["transaction_id"] = order.TransactionId,
            ["out_trade_no"] = order.Request.Number,
            ["refund_id"] = refund.RefundId,
            ["out_refund_no"] = refund.Number,
            ["refund_status"] = "SUCCESS",
            ["success_time"] = refund.DoneAt.Rfc3339(),
            ["user_received_account"] = "支付用户零钱",
            ["amount"] = new JsonObject
            {
                ["total"] = order.Request.TotalFen,
                ["refund"] = refund.Fen,
                ["payer_total"] = order.Request.TotalFen,
                ["payer_refund"] = refund.Fen,
            },
        };
        Send(
            merchant, refund.Number, refund.NotifyUrl, "REFUND.SUCCESS", "退款成功", "refund", plain, refund.DoneAt);
    }

    private void Send(
        WeChatMerchant merchant, string about, Uri target, string eventType, string summary, string originalType,
        JsonObject plain, DateTimeOffset dueAt)
    {
        var resource = ResourceCipher.Seal(merchant.ApiV3Key, originalType, Json.Bytes(plain), random);
        resource["original_type"] = originalType;
        var id = $"EV-{clock.GetUtcNow().Digits()}{random.Digits(9)}";
        var body = Json.Bytes(new JsonObject
        {
            ["id"] = id,
            ["create_time"] = clock.GetUtcNow().Rfc3339(),
            ["resource_type"] = "encrypt-resource",
            ["event_type"] = eventType,
            ["summary"] = summary,
            ["resource"] = resource,
        });
        sender.Enqueue(
            new Callback
            {
                Id = id,
                Counterpart = "wechatpay",
                About = about,
                Target = target,
                Pauses = Pauses,
                Make = spoilt => Post(target, body, spoilt),
                Acknowledges = (status, _) => status is HttpStatusCode.OK or HttpStatusCode.NoContent,
            },
            dueAt);
    }

    private HttpRequestMessage Post(Uri target, byte[] body, bool spoilt)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/4.0");
        request.Headers.TryAddWithoutValidation("Request-ID", $"{Convert.ToHexString(random.Bytes(22))}-0");
        foreach (var (name, value) in signature.Headers(keys.All[0], body, spoilt))
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
