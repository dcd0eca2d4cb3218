using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>Refunds. The answer to a request says only that it was accepted; the result is in the query.</summary>
internal sealed class WeChatPayRefunds(WeChatPayOptions options, WeChatPayClient client)
{
    private const string Path = "/v3/refund/domestic/refunds";

    public async Task<RefundOutcome> RefundAsync(ChannelRefund refund, CancellationToken ct)
    {
        var request = new RefundRequest(
            refund.Payment.Value,
            refund.Refund.Value,
            refund.Reason,
            options.RefundNotifyUrl.AbsoluteUri,
            new RefundAmountWire(refund.Amount.Fen, refund.Paid.Fen, "CNY"));
        return await client.PostAsync(Path, request, ct) switch
        {
            WeChatPayReply.Done done => Read(done.Body, refund),
            WeChatPayReply.Failed failed => await AfterErrorAsync(failed, refund, ct),
            WeChatPayReply.NoAnswer none => new RefundOutcome.Unknown(none.Why),
            var other => throw new InvalidOperationException($"{other.GetType()} is not a reply."),
        };
    }

    public async Task<RefundOutcome> QueryAsync(ChannelRefund refund, CancellationToken ct) =>
        await client.GetAsync($"{Path}/{Uri.EscapeDataString(refund.Refund.Value)}", ct) switch
        {
            WeChatPayReply.Done done => Read(done.Body, refund),
            WeChatPayReply.Failed failed when WeChatPayErrors.Meaning(failed) == ErrorMeaning.NotFound
                => new RefundOutcome.NotFound(),
            WeChatPayReply.Failed failed => new RefundOutcome.Unknown(WeChatPayErrors.Text(failed)),
            WeChatPayReply.NoAnswer none => new RefundOutcome.Unknown(none.Why),
            var other => throw new InvalidOperationException($"{other.GetType()} is not a reply."),
        };

    private async Task<RefundOutcome> AfterErrorAsync(
        WeChatPayReply.Failed failed, ChannelRefund refund, CancellationToken ct)
    {
        var refused = new RefundOutcome.Refused(failed.Code, failed.Message);
        return WeChatPayErrors.Meaning(failed) switch
        {
            // Here NotFound names the order, not the refund: without an order there is nothing to give back.
            ErrorMeaning.Refused or ErrorMeaning.NotFound => refused,
            ErrorMeaning.RefusedUnlessEnded or ErrorMeaning.Ended
                => await QueryAsync(refund, ct) is var earlier and not RefundOutcome.NotFound ? earlier : refused,
            _ => new RefundOutcome.Unknown(WeChatPayErrors.Text(failed)),
        };
    }

    private static RefundOutcome Read(ReadOnlySpan<byte> json, ChannelRefund refund)
    {
        if (!WireJson.TryRead<RefundWire>(json, out var wire))
            return new RefundOutcome.Unknown("The answer is not a refund.");
        return wire.OutRefundNo == refund.Refund.Value && wire.OutTradeNo == refund.Payment.Value
            ? Read(wire, wire.Status)
            : new RefundOutcome.Unknown("The answer is about another refund.");
    }

    /// <summary>Reads a refund, from an answer or out of a notification.</summary>
    public static RefundOutcome Read(RefundWire wire, string? status) => status switch
    {
        "PROCESSING" when wire.RefundId is { } id => new RefundOutcome.Processing(id),
        "SUCCESS" when wire is { RefundId: { } id, Amount: { Refund: { } fen, Currency: null or "CNY" } }
            && BeijingTime.TryParseRfc3339(wire.SuccessTime, out var at)
            => new RefundOutcome.Refunded(id, new Money(fen), at),
        "CLOSED" => new RefundOutcome.Refused("CLOSED", "WeChat Pay closed the refund; no money went back."),
        "ABNORMAL" => new RefundOutcome.Refused(
            "ABNORMAL", "The payer's bank did not take the money; the refund must be completed by hand at WeChat Pay."),
        _ => new RefundOutcome.Unknown($"The refund status {status} is not known or lacks its particulars."),
    };
}
