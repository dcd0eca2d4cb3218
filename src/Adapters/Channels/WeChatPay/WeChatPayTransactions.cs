using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>Reads a transaction, from a query or out of a notification.</summary>
internal static class WeChatPayTransactions
{
    public static ChannelOutcome Read(ReadOnlySpan<byte> json, WeChatPayOptions options, PaymentId payment)
    {
        if (!WireJson.TryRead<TransactionWire>(json, out var transaction))
            return new ChannelOutcome.Unknown("The answer is not a transaction.");
        if (transaction.Mchid != options.MerchantId || transaction.OutTradeNo != payment.Value)
            return new ChannelOutcome.Unknown("The answer is about another order.");
        return transaction.TradeState switch
        {
            // REFUND says that a refund was asked for; the order was paid, and the refund has its own query.
            "SUCCESS" or "REFUND" => Paid(transaction),
            "NOTPAY" or "USERPAYING" or "ACCEPT" => new ChannelOutcome.Waiting(null),
            "CLOSED" or "REVOKED" => new ChannelOutcome.Closed(),
            "PAYERROR" => new ChannelOutcome.Refused("PAYERROR", transaction.TradeStateDesc ?? ""),
            var other => new ChannelOutcome.Unknown($"The trade state {other} is not known."),
        };
    }

    public static ChannelOutcome Paid(TransactionWire transaction) =>
        transaction is { TransactionId: { } id, Amount: { Total: { } fen, Currency: null or "CNY" } }
        && BeijingTime.TryParseRfc3339(transaction.SuccessTime, out var paidAt)
            ? new ChannelOutcome.Paid(id, new Money(fen), paidAt)
            : new ChannelOutcome.Unknown("The transaction lacks its number, its amount in CNY or its time.");
}
