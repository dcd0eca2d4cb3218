using System.Text.Json;
using Ecert.Adapters.Ports;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Payments;

/// <summary>Payments between our rows and the contract's messages.</summary>
internal static class PaymentMessages
{
    public static Payment ToMessage(PaymentRow payment, IEnumerable<RefundRow> refunds)
    {
        var message = new Payment
        {
            PaymentId = payment.Id,
            State = ToMessage(payment.State),
            AmountFen = payment.AmountFen,
            RefundedFen =
                refunds.Where(refund => refund.State == RefundState.Succeeded).Sum(refund => refund.AmountFen),
            Purpose = PurposeOf(payment.Purpose),
            BusinessId = payment.BusinessId,
            Channel = ToMessage(payment.Channel),
            Scene = ToMessage(payment.Scene),
            PayerAction = ToPayerAction(payment),
            ChannelNumber = payment.ChannelNumber ?? "",
            CreateTime = payment.CreatedAt.ToTimestamp(),
            ExpireTime = payment.ExpiresAt.ToTimestamp(),
            PayTime = payment.PaidAt?.ToTimestamp(),
        };
        message.Refunds.AddRange(refunds.Select(ToMessage));
        return message;
    }

    /// <summary>What the payer's app needs; null once there is nothing to do for the payer.</summary>
    public static PayerAction? ToPayerAction(PaymentRow payment)
    {
        if (payment.PayerAction is not { } content || payment.IsFinal)
            return null;
        var action = new PayerAction
        {
            Channel = ToMessage(payment.Channel), Scene = ToMessage(payment.Scene), Content = content,
            ExpireTime = payment.ExpiresAt.ToTimestamp(),
        };
        if (content.StartsWith('{'))
        {
            using var parameters = JsonDocument.Parse(content);
            foreach (var member in parameters.RootElement.EnumerateObject())
                action.ClientParameters.Add(member.Name, member.Value.ToString());
        }
        return action;
    }

    public static V1.PaymentState ToMessage(PaymentState state) => state switch
    {
        PaymentState.Created => V1.PaymentState.Created,
        PaymentState.Pending => V1.PaymentState.Pending,
        PaymentState.Unknown => V1.PaymentState.OutcomeUnknown,
        PaymentState.Succeeded => V1.PaymentState.Succeeded,
        PaymentState.Closed => V1.PaymentState.Closed,
        PaymentState.Failed => V1.PaymentState.Failed,
        _ => V1.PaymentState.Unspecified,
    };

    public static PaymentChannel ToMessage(ChannelName channel) => channel switch
    {
        ChannelName.WeChatPay => PaymentChannel.WechatPay,
        ChannelName.Alipay => PaymentChannel.Alipay,
        _ => PaymentChannel.Unspecified,
    };

    /// <summary>The faults of a payer as a request names one; those of a missing payer when one is needed.</summary>
    public static IEnumerable<FieldViolation> Check(Payer? payer, string field)
    {
        if (payer is null)
        {
            yield return new FieldViolation(field, "required where there is a cash part");
            yield break;
        }
        if (payer.Channel is not (PaymentChannel.WechatPay or PaymentChannel.Alipay))
            yield return new FieldViolation($"{field}.channel", "required, one of the contract's values");
        if (payer.Scene is not (PaymentScene.InApp or PaymentScene.Qr))
            yield return new FieldViolation($"{field}.scene", "PAYMENT_SCENE_IN_APP or PAYMENT_SCENE_QR");
        if (payer.Scene == PaymentScene.InApp && payer.PayerId.Length is 0 or > 128)
            yield return new FieldViolation($"{field}.payer_id", "required in the app, at most 128 characters");
    }

    public static ChannelName ToChannel(PaymentChannel channel) => channel switch
    {
        PaymentChannel.WechatPay => ChannelName.WeChatPay,
        PaymentChannel.Alipay => ChannelName.Alipay,
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "The request was not checked."),
    };

    public static ChannelScene ToScene(PaymentScene scene) => scene switch
    {
        PaymentScene.InApp => ChannelScene.InApp,
        PaymentScene.Qr => ChannelScene.Qr,
        PaymentScene.Agreement => ChannelScene.Agreement,
        _ => throw new ArgumentOutOfRangeException(nameof(scene), scene, "The request was not checked."),
    };

    private static PaymentScene ToMessage(ChannelScene scene) => scene switch
    {
        ChannelScene.InApp => PaymentScene.InApp,
        ChannelScene.Qr => PaymentScene.Qr,
        ChannelScene.Agreement => PaymentScene.Agreement,
        _ => PaymentScene.Unspecified,
    };

    private static PaymentPurpose PurposeOf(string purpose) => purpose switch
    {
        "settlement" => PaymentPurpose.Settlement,
        "trip" => PaymentPurpose.Trip,
        "bill" => PaymentPurpose.Bill,
        _ => PaymentPurpose.Other,
    };

    private static PaymentRefund ToMessage(RefundRow refund) => new()
    {
        RefundId = refund.Id,
        AmountFen = refund.AmountFen,
        State = refund.State switch
        {
            RefundState.Succeeded => V1.RefundState.Succeeded,
            RefundState.Failed => V1.RefundState.Failed,
            RefundState.Unknown => V1.RefundState.OutcomeUnknown,
            _ => V1.RefundState.Processing,
        },
        ChannelNumber = refund.ChannelNumber ?? "",
        CreateTime = refund.CreatedAt.ToTimestamp(),
        RefundTime = refund.RefundedAt?.ToTimestamp(),
    };
}
