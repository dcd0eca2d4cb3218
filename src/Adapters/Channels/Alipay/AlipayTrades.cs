using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>Reads trades out of answers.</summary>
internal static class AlipayTrades
{
    public static ChannelOutcome Read(ReadOnlySpan<byte> node, PaymentId payment, DateTimeOffset now)
    {
        if (!WireJson.TryRead<TradeAnswer>(node, out var trade))
            return new ChannelOutcome.Unknown("The answer is not a trade.");
        if (trade.OutTradeNo != payment.Value)
            return new ChannelOutcome.Unknown("The answer is about another order.");
        return trade.TradeStatus switch
        {
            "WAIT_BUYER_PAY" => new ChannelOutcome.Waiting(null),
            "TRADE_SUCCESS" or "TRADE_FINISHED" => Paid(trade, now),
            // A trade given back in full is closed too; only one that was paid has a date of payment.
            "TRADE_CLOSED" when trade.SendPayDate is { Length: > 0 } => Paid(trade, now),
            "TRADE_CLOSED" => new ChannelOutcome.Closed(),
            var other => new ChannelOutcome.Unknown($"The trade status {other} is not known."),
        };
    }

    /// <summary>Reads the answer to an order that was placed, by the way it is to be paid.</summary>
    public static ChannelOutcome ReadPlaced(ReadOnlySpan<byte> node, ChannelOrder order, DateTimeOffset now)
    {
        if (!WireJson.TryRead<TradeAnswer>(node, out var trade))
            return new ChannelOutcome.Unknown("The answer is not a trade.");
        if (trade.OutTradeNo != order.Payment.Value)
            return new ChannelOutcome.Unknown("The answer is about another order.");
        if (order.Scene == ChannelScene.Agreement)
            return Paid(trade, now);
        return (order.Scene == ChannelScene.Qr ? trade.QrCode : trade.TradeNo) is { Length: > 0 } action
            ? new ChannelOutcome.Waiting(action)
            : new ChannelOutcome.Unknown("The answer holds nothing to pay with.");
    }

    public static string Why(AlipayReply reply) => reply switch
    {
        AlipayReply.Node node => node.Head.ToString(),
        AlipayReply.UnsignedError error => $"Unsigned: {error.Head}",
        AlipayReply.NoAnswer none => none.Why,
        _ => throw new InvalidOperationException($"{reply.GetType()} is not a reply."),
    };

    /// <summary>
    /// The date of payment is optional in an answer; without it, it was paid by the time we were told.
    /// </summary>
    private static ChannelOutcome Paid(TradeAnswer trade, DateTimeOffset now)
    {
        if (trade.TradeNo is not { Length: > 0 } number || !Money.TryParseYuan(trade.TotalAmount, out var amount))
            return new ChannelOutcome.Unknown("The trade lacks its number or its amount.");
        return BeijingTime.TryParseSeconds(trade.SendPayDate ?? trade.GmtPayment, out var paidAt)
            ? new ChannelOutcome.Paid(number, amount, paidAt)
            : new ChannelOutcome.Paid(number, amount, now);
    }
}
