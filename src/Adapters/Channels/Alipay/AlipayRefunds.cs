using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Kernel;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>
/// Refunds. The answer to a request carries the sum of all refunds so far, not this one, so what became of it is always
/// asked for with its own number. Alipay gives refunds no number of its own: the trade's stands for it.
/// </summary>
internal sealed class AlipayRefunds(AlipayClient client, TimeProvider time)
{
    public async Task<RefundOutcome> RefundAsync(ChannelRefund refund, CancellationToken ct)
    {
        var request = new TradeRefundRequest(
            refund.Payment.Value, refund.Refund.Value, refund.Amount.ToYuan(), refund.Reason);
        var reply = await client.CallAsync(CallKind.Once, "alipay.trade.refund", request, false, ct);
        return reply is not AlipayReply.Node node
            ? Unknown(reply)
            : AlipayErrors.Meaning(node.Head) switch
            {
                AlipayMeaning.Done => await AcceptedAsync(node.Json, refund, ct),
                AlipayMeaning.AskState => await QueryAsync(refund, ct) is var earlier and not RefundOutcome.NotFound
                    ? earlier
                    : Refused(node.Head),
                // Here the code names the trade, not the refund: without a trade there is nothing to give back.
                AlipayMeaning.Refused or AlipayMeaning.NotFound => Refused(node.Head),
                _ => Unknown(reply),
            };
    }

    public async Task<RefundOutcome> QueryAsync(ChannelRefund refund, CancellationToken ct)
    {
        var request = new RefundQueryRequest(refund.Payment.Value, refund.Refund.Value, ["gmt_refund_pay"]);
        var reply = await client.CallAsync(
            CallKind.Repeatable, "alipay.trade.fastpay.refund.query", request, false, ct);
        return reply is not AlipayReply.Node node
            ? Unknown(reply)
            : AlipayErrors.Meaning(node.Head) switch
            {
                AlipayMeaning.Done => Read(node.Json, refund),
                AlipayMeaning.NotFound => new RefundOutcome.NotFound(),
                _ => Unknown(reply),
            };
    }

    private async Task<RefundOutcome> AcceptedAsync(byte[] node, ChannelRefund refund, CancellationToken ct)
    {
        if (!WireJson.TryRead<RefundAnswer>(node, out var answer) || answer.OutTradeNo != refund.Payment.Value)
            return new RefundOutcome.Unknown("The answer is about another trade.");
        return await QueryAsync(refund, ct) is RefundOutcome.Refunded refunded
            ? refunded
            : new RefundOutcome.Processing(answer.TradeNo ?? "");
    }

    private RefundOutcome Read(ReadOnlySpan<byte> node, ChannelRefund refund)
    {
        if (!WireJson.TryRead<RefundQueryAnswer>(node, out var answer))
            return new RefundOutcome.Unknown("The answer is not a refund.");
        // An answer without a status says that the request never came in, or failed: it may be submitted again.
        if (answer.RefundStatus is null or "")
            return new RefundOutcome.NotFound();
        if (answer.OutTradeNo != refund.Payment.Value || answer.OutRequestNo != refund.Refund.Value)
            return new RefundOutcome.Unknown("The answer is about another refund.");
        if (answer.RefundStatus != "REFUND_SUCCESS" || !Money.TryParseYuan(answer.RefundAmount, out var amount))
            return new RefundOutcome.Unknown($"The refund status {answer.RefundStatus} is new or has no amount.");
        return BeijingTime.TryParseSeconds(answer.GmtRefundPay, out var at)
            ? new RefundOutcome.Refunded(answer.TradeNo ?? "", amount, at)
            : new RefundOutcome.Refunded(answer.TradeNo ?? "", amount, time.GetUtcNow());
    }

    private static RefundOutcome.Refused Refused(AlipayResult result) =>
        new(result.SubCode ?? result.Code ?? "", result.SubMsg ?? result.Msg ?? "");

    private static RefundOutcome.Unknown Unknown(AlipayReply reply) => new(AlipayTrades.Why(reply));
}
