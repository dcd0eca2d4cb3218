using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>Trades of the v2 gateway and their refunds.</summary>
internal sealed class AlipayChannel(AlipayOptions options, AlipayClient client, TimeProvider time) : IPaymentChannel
{
    private readonly AlipayRefunds _refunds = new(client, time);

    public ChannelName Name => ChannelName.Alipay;

    public async Task<ChannelOutcome> CreateAsync(ChannelOrder order, CancellationToken ct) => order switch
    {
        { Scene: ChannelScene.Qr } => await PlaceAsync("alipay.trade.precreate", Trade(order), order, ct),
        { PayerId: null } => new ChannelOutcome.Refused("PAYER_ID_MISSING", "This way of paying needs the payer's id."),
        { Scene: ChannelScene.InApp } => await PlaceAsync("alipay.trade.create", Trade(order), order, ct),
        { Scene: ChannelScene.Agreement } => await PlaceAsync("alipay.trade.pay", Trade(order), order, ct),
        _ => new ChannelOutcome.Refused("SCENE_NOT_OFFERED", $"Alipay is not set up for {order.Scene}."),
    };

    public async Task<ChannelOutcome> QueryAsync(PaymentId payment, CancellationToken ct)
    {
        var reply = await client.CallAsync(
            CallKind.Repeatable, "alipay.trade.query", new OrderRequest(payment.Value), false, ct);
        return reply is not AlipayReply.Node node
            ? Unknown(reply)
            : AlipayErrors.Meaning(node.Head) switch
            {
                AlipayMeaning.Done => AlipayTrades.Read(node.Json, payment, time.GetUtcNow()),
                AlipayMeaning.NotFound => new ChannelOutcome.NotFound(),
                // Whatever else goes wrong with a question says nothing about the trade.
                _ => Unknown(reply),
            };
    }

    public async Task<ChannelOutcome> CloseAsync(PaymentId payment, CancellationToken ct)
    {
        var reply = await client.CallAsync(
            CallKind.Once, "alipay.trade.close", new OrderRequest(payment.Value), false, ct);
        return reply is not AlipayReply.Node node
            ? Unknown(reply)
            : AlipayErrors.Meaning(node.Head) switch
            {
                AlipayMeaning.Done => new ChannelOutcome.Closed(),
                // A QR code that nobody scanned is no trade yet, but can still be paid: only a cancel ends it.
                AlipayMeaning.NotFound => await CancelAsync(payment, ct),
                AlipayMeaning.AskState => await QueryAsync(payment, ct),
                AlipayMeaning.Refused => Refused(node.Head),
                _ => Unknown(reply),
            };
    }

    public Task<RefundOutcome> RefundAsync(ChannelRefund refund, CancellationToken ct) =>
        _refunds.RefundAsync(refund, ct);

    public Task<RefundOutcome> QueryRefundAsync(ChannelRefund refund, CancellationToken ct) =>
        _refunds.QueryAsync(refund, ct);

    private async Task<ChannelOutcome> PlaceAsync(
        string method, TradeRequest trade, ChannelOrder order, CancellationToken ct)
    {
        var reply = await client.CallAsync(CallKind.Once, method, trade, true, ct);
        return reply is not AlipayReply.Node node
            ? Unknown(reply)
            : AlipayErrors.Meaning(node.Head) switch
            {
                AlipayMeaning.Done => AlipayTrades.ReadPlaced(node.Json, order, time.GetUtcNow()),
                AlipayMeaning.Waiting => new ChannelOutcome.Waiting(null),
                AlipayMeaning.NotFound => new ChannelOutcome.NotFound(),
                AlipayMeaning.AskState => await QueryAsync(order.Payment, ct),
                AlipayMeaning.Refused => Refused(node.Head),
                _ => Unknown(reply),
            };
    }

    /// <summary>
    /// Cancels a number that was no trade a moment ago. Had it been paid in that moment, Alipay gives the money back
    /// (<c>action</c> refund): closed without payment is then true as well.
    /// </summary>
    private async Task<ChannelOutcome> CancelAsync(PaymentId payment, CancellationToken ct)
    {
        var reply = await client.CallAsync(
            CallKind.Once, "alipay.trade.cancel", new OrderRequest(payment.Value), false, ct);
        return reply is not AlipayReply.Node node
            ? Unknown(reply)
            : AlipayErrors.Meaning(node.Head) switch
            {
                AlipayMeaning.Done when WireJson.TryRead<CancelAnswer>(node.Json, out var cancelled)
                    && cancelled.RetryFlag != "Y" => new ChannelOutcome.Closed(),
                AlipayMeaning.NotFound => new ChannelOutcome.NotFound(),
                AlipayMeaning.AskState => await QueryAsync(payment, ct),
                AlipayMeaning.Refused => Refused(node.Head),
                _ => Unknown(reply),
            };
    }

    private TradeRequest Trade(ChannelOrder order)
    {
        var trade = new TradeRequest(
            order.Payment.Value, order.Amount.ToYuan(), order.Description, BeijingTime.ToSeconds(order.ExpiresAt),
            null, null, null, null, null);
        return order.Scene switch
        {
            ChannelScene.InApp when IsUserId(order.PayerId!) => trade with { BuyerId = order.PayerId },
            ChannelScene.InApp => trade with
            {
                BuyerOpenId = order.PayerId,
                OpAppId = options.AppId,
                ProductCode = "JSAPI_PAY",
            },
            ChannelScene.Agreement => trade with
            {
                ProductCode = "GENERAL_WITHHOLDING",
                AgreementParams = new AgreementParams(order.PayerId!),
            },
            _ => trade,
        };
    }

    /// <summary>Old user ids are 16 digits from 2088; whatever else is an open id.</summary>
    private static bool IsUserId(string payerId) =>
        payerId.Length == 16 && payerId.StartsWith("2088", StringComparison.Ordinal) && payerId.All(char.IsAsciiDigit);

    private static ChannelOutcome.Refused Refused(AlipayResult result) =>
        new(result.SubCode ?? result.Code ?? "", result.SubMsg ?? result.Msg ?? "");

    private static ChannelOutcome.Unknown Unknown(AlipayReply reply) => new(AlipayTrades.Why(reply));
}
