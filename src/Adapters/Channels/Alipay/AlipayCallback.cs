using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// Reads notifications: signature over the posted values' own bytes first, then whose it is, then what it says.
/// </summary>
internal sealed class AlipayCallback(AlipayOptions options, AlipayTrustStore trust) : IChannelCallback
{
    public ChannelName Name => ChannelName.Alipay;

    public ChannelNotification Read(CallbackRequest request)
    {
        if (AlipayForm.Read(request.Body.Span) is not { } form)
            return new ChannelNotification.Rejected("FORM_MALFORMED");
        try
        {
            return RefusalOf(form) is { } reason ? new ChannelNotification.Rejected(reason) : ReadGenuine(form);
        }
        catch (DecoderFallbackException)
        {
            return new ChannelNotification.Rejected("CHARSET_MISMATCH");
        }
    }

    public CallbackAnswer Answer(bool accepted) => new(200, "text/plain", accepted ? "success" : "failure");

    private string? RefusalOf(AlipayForm form)
    {
        if (form["sign"] is not { } sign)
            return "SIGNATURE_MISSING";
        var expected = options.SignType == AlipaySignType.Sm2 ? "SM2" : "RSA2";
        if (form["sign_type"] is { } type && type != expected)
            return "SIGN_TYPE_REFUSED";
        var text = AlipayParameters.Text(form.Fields.Where(field => field.Name != "sign"
            && (options.NotificationText == AlipayNotificationText.V2 || field.Name != "sign_type")));
        if (!trust.Candidates(serial: null).Any(key => key.Verify(text, sign)))
            return "SIGNATURE_INVALID";
        var isOurs = form["app_id"] == options.AppId
            && (options.SellerId is null || form["seller_id"] == options.SellerId);
        return isOurs ? null : "MERCHANT_MISMATCH";
    }

    private static ChannelNotification ReadGenuine(AlipayForm form)
    {
        if (form["notify_id"] is not { } id || form["out_trade_no"] is not { } number
            || form["trade_no"] is not { } trade)
            return new ChannelNotification.Rejected("BODY_MALFORMED");
        var status = form["trade_status"];
        if (status is not ("TRADE_SUCCESS" or "TRADE_FINISHED"))
            return new ChannelNotification.Ignored(id, $"trade_status {status}");
        // A partial refund repeats the notification of the payment with what was given back.
        if (form["refund_fee"] is not null || form["gmt_refund"] is not null)
            return new ChannelNotification.Ignored(id, $"trade_status {status} after a refund");
        if (!Money.TryParseYuan(form["total_amount"], out var amount)
            || !BeijingTime.TryParseSeconds(form["gmt_payment"] ?? form["notify_time"], out var paidAt))
            return new ChannelNotification.Rejected("BODY_MALFORMED");
        return new ChannelNotification.PaymentSucceeded(
            id, new PaymentId(number), new ChannelOutcome.Paid(trade, amount, paidAt));
    }
}
