using Ecert.Adapters.Ports;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>Reads notifications: signature over the raw bytes first, then the seal, then whose it is.</summary>
internal sealed class WeChatPayCallback(
    WeChatPayOptions options, WeChatPayKeys keys, WeChatPayCertificates certificates, WeChatPaySeal seal,
    TimeProvider time) : IChannelCallback
{
    public ChannelName Name => ChannelName.WeChatPay;

    public ChannelNotification Read(CallbackRequest request)
    {
        var refusal = keys.Refusal(request.Header, request.Body.Span, time.GetUtcNow());
        if (refusal == WeChatPayRefusals.KeyUnknown)
            certificates.Want();
        if (refusal is not null)
            return new ChannelNotification.Rejected(refusal);
        if (!WireJson.TryRead<NotificationWire>(request.Body.Span, out var notification)
            || notification is not { Id: { } id, EventType: { } kind })
            return new ChannelNotification.Rejected("BODY_MALFORMED");
        return seal.Open(notification.Resource) is { } plaintext
            ? Read(id, kind, plaintext)
            : new ChannelNotification.Rejected("DECRYPTION_FAILED");
    }

    public CallbackAnswer Answer(bool accepted) => accepted
        ? new CallbackAnswer(204, null, "")
        : new CallbackAnswer(500, "application/json", """{"code":"FAIL","message":"失败"}""");

    private ChannelNotification Read(string id, string kind, byte[] plaintext) => kind switch
    {
        "TRANSACTION.SUCCESS" => ReadPayment(id, kind, plaintext),
        "REFUND.SUCCESS" or "REFUND.ABNORMAL" or "REFUND.CLOSED" => ReadRefund(id, plaintext),
        _ => new ChannelNotification.Ignored(id, kind),
    };

    private ChannelNotification ReadPayment(string id, string kind, byte[] plaintext)
    {
        if (!WireJson.TryRead<TransactionWire>(plaintext, out var transaction)
            || transaction.OutTradeNo is not { Length: > 0 } number)
            return new ChannelNotification.Rejected("RESOURCE_MALFORMED");
        if (transaction.Mchid != options.MerchantId || transaction.Appid != options.AppId)
            return new ChannelNotification.Rejected("MERCHANT_MISMATCH");
        if (transaction.TradeState != "SUCCESS")
            return new ChannelNotification.Ignored(id, $"{kind} {transaction.TradeState}");
        return WeChatPayTransactions.Paid(transaction) is ChannelOutcome.Paid paid
            ? new ChannelNotification.PaymentSucceeded(id, new PaymentId(number), paid)
            : new ChannelNotification.Rejected("RESOURCE_MALFORMED");
    }

    private ChannelNotification ReadRefund(string id, byte[] plaintext)
    {
        if (!WireJson.TryRead<RefundWire>(plaintext, out var refund)
            || refund.OutRefundNo is not { Length: > 0 } number)
            return new ChannelNotification.Rejected("RESOURCE_MALFORMED");
        if (refund.Mchid != options.MerchantId)
            return new ChannelNotification.Rejected("MERCHANT_MISMATCH");
        return WeChatPayRefunds.Read(refund, refund.RefundStatus) is var outcome and not RefundOutcome.Unknown
            ? new ChannelNotification.RefundEnded(id, new RefundId(number), outcome)
            : new ChannelNotification.Rejected("RESOURCE_MALFORMED");
    }
}
