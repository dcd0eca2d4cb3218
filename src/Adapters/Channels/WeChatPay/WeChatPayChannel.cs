using System.Text;
using System.Text.Json;
using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>Orders of basic payment (JSAPI and Native) and their refunds.</summary>
internal sealed class WeChatPayChannel(WeChatPayOptions options, WeChatPayClient client, WeChatPaySigner signer)
    : IPaymentChannel
{
    private readonly WeChatPayRefunds _refunds = new(options, client);

    public ChannelName Name => ChannelName.WeChatPay;

    public async Task<ChannelOutcome> CreateAsync(ChannelOrder order, CancellationToken ct)
    {
        switch (order.Scene)
        {
            case ChannelScene.InApp when order.PayerId is null:
                return new ChannelOutcome.Refused("PAYER_ID_MISSING", "Paying in the app needs the payer's openid.");
            case ChannelScene.InApp:
                return await PlaceAsync("jsapi", order, answer => answer.PrepayId is { } id ? Jsapi(id) : null, ct);
            case ChannelScene.Qr:
                return await PlaceAsync("native", order, answer => answer.CodeUrl, ct);
            default:
                return new ChannelOutcome.Refused("SCENE_NOT_OFFERED", $"WeChat Pay is not set up for {order.Scene}.");
        }
    }

    public async Task<ChannelOutcome> QueryAsync(PaymentId payment, CancellationToken ct)
    {
        var path = $"{OrderPath(payment)}?mchid={Uri.EscapeDataString(options.MerchantId)}";
        return await client.GetAsync(path, ct) switch
        {
            WeChatPayReply.Done done => WeChatPayTransactions.Read(done.Body, options, payment),
            WeChatPayReply.Failed failed when WeChatPayErrors.Meaning(failed) == ErrorMeaning.NotFound
                => new ChannelOutcome.NotFound(),
            // Whatever else goes wrong with a question says nothing about the order.
            WeChatPayReply.Failed failed => new ChannelOutcome.Unknown(WeChatPayErrors.Text(failed)),
            WeChatPayReply.NoAnswer none => new ChannelOutcome.Unknown(none.Why),
            var other => throw new InvalidOperationException($"{other.GetType()} is not a reply."),
        };
    }

    public async Task<ChannelOutcome> CloseAsync(PaymentId payment, CancellationToken ct)
    {
        var reply = await client.PostAsync($"{OrderPath(payment)}/close", new CloseRequest(options.MerchantId), ct);
        return reply switch
        {
            WeChatPayReply.Done => new ChannelOutcome.Closed(),
            WeChatPayReply.Failed failed => await AfterErrorAsync(failed, payment, ct),
            WeChatPayReply.NoAnswer none => new ChannelOutcome.Unknown(none.Why),
            _ => throw new InvalidOperationException($"{reply.GetType()} is not a reply."),
        };
    }

    public Task<RefundOutcome> RefundAsync(ChannelRefund refund, CancellationToken ct) =>
        _refunds.RefundAsync(refund, ct);

    public Task<RefundOutcome> QueryRefundAsync(ChannelRefund refund, CancellationToken ct) =>
        _refunds.QueryAsync(refund, ct);

    private async Task<ChannelOutcome> PlaceAsync(
        string kind, ChannelOrder order, Func<PrepayAnswer, string?> action, CancellationToken ct)
    {
        var reply = await client.PostAsync($"/v3/pay/transactions/{kind}", Prepay(order), ct);
        return reply switch
        {
            WeChatPayReply.Done done when WireJson.TryRead<PrepayAnswer>(done.Body, out var answer)
                && action(answer) is { } payerAction => new ChannelOutcome.Waiting(payerAction),
            WeChatPayReply.Done => new ChannelOutcome.Unknown("The answer holds nothing to pay with."),
            WeChatPayReply.Failed failed => await AfterErrorAsync(failed, order.Payment, ct),
            WeChatPayReply.NoAnswer none => new ChannelOutcome.Unknown(none.Why),
            _ => throw new InvalidOperationException($"{reply.GetType()} is not a reply."),
        };
    }

    private async Task<ChannelOutcome> AfterErrorAsync(
        WeChatPayReply.Failed failed, PaymentId payment, CancellationToken ct) => WeChatPayErrors.Meaning(failed) switch
        {
            ErrorMeaning.NotFound => new ChannelOutcome.NotFound(),
            ErrorMeaning.Refused => new ChannelOutcome.Refused(failed.Code, failed.Message),
            ErrorMeaning.Ended => await QueryAsync(payment, ct) switch
            {
                ChannelOutcome.Paid paid => paid,
                ChannelOutcome.Closed closed => closed,
                var other => new ChannelOutcome.Unknown(
                    $"{WeChatPayErrors.Text(failed)}, but the query says {other.GetType().Name}."),
            },
            ErrorMeaning.RefusedUnlessEnded => await QueryAsync(payment, ct) switch
            {
                ChannelOutcome.Waiting or ChannelOutcome.NotFound
                    => new ChannelOutcome.Refused(failed.Code, failed.Message),
                var other => other,
            },
            _ => new ChannelOutcome.Unknown(WeChatPayErrors.Text(failed)),
        };

    private PrepayRequest Prepay(ChannelOrder order) => new(
        options.AppId,
        options.MerchantId,
        order.Description,
        order.Payment.Value,
        BeijingTime.Format(order.ExpiresAt, "yyyy-MM-dd'T'HH:mm:sszzz"),
        options.PaymentNotifyUrl.AbsoluteUri,
        new AmountWire(order.Amount.Fen, "CNY"),
        order is { Scene: ChannelScene.InApp, PayerId: { } openId } ? new PayerWire(openId) : null);

    private string Jsapi(string prepayId) =>
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(signer.Jsapi(prepayId), WireJson.SnakeCase));

    private static string OrderPath(PaymentId payment) =>
        $"/v3/pay/transactions/out-trade-no/{Uri.EscapeDataString(payment.Value)}";
}
