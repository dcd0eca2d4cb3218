using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Ports;

/// <summary>
/// A channel that collects the cash part of a bill. Stateless. Every verb is idempotent on our own number, none retries
/// a call whose outcome is unknown, and <see cref="ChannelOutcome.Unknown"/> may be the answer at any time: it is left
/// only by <see cref="QueryAsync"/>, by repeating the same number, or by <see cref="CloseAsync"/> and query.
/// </summary>
public interface IPaymentChannel
{
    /// <summary>Which channel this is.</summary>
    ChannelName Name { get; }

    /// <summary>
    /// Places the order so that the payer can pay it. Moves money by itself only in <see
    /// cref="ChannelScene.Agreement"/>, where the payer agreed beforehand.
    /// </summary>
    Task<ChannelOutcome> CreateAsync(ChannelOrder order, CancellationToken ct);

    /// <summary>
    /// Asks how the order stands. An order the channel does not know is <see cref="ChannelOutcome.NotFound"/>.
    /// </summary>
    Task<ChannelOutcome> QueryAsync(PaymentId payment, CancellationToken ct);

    /// <summary>Closes an unpaid order. A paid one answers <see cref="ChannelOutcome.Paid"/> and stays paid.</summary>
    Task<ChannelOutcome> CloseAsync(PaymentId payment, CancellationToken ct);

    /// <summary>Gives back all or part of a paid order.</summary>
    Task<RefundOutcome> RefundAsync(ChannelRefund refund, CancellationToken ct);

    /// <summary>Asks how a refund stands.</summary>
    Task<RefundOutcome> QueryRefundAsync(ChannelRefund refund, CancellationToken ct);
}

/// <summary>The channels of the cash part.</summary>
public enum ChannelName
{
    /// <summary>WeChat Pay, API v3.</summary>
    WeChatPay = 1,

    /// <summary>Alipay Open Platform.</summary>
    Alipay = 2,
}

/// <summary>How the payer is brought to pay.</summary>
public enum ChannelScene
{
    /// <summary>Inside the channel's own app: WeChat JSAPI, Alipay trade.create.</summary>
    InApp = 1,

    /// <summary>A QR code that the payer scans: WeChat Native, Alipay precreate.</summary>
    Qr = 2,

    /// <summary>Charged at once under an agreement the payer signed before: Alipay agreement pay (免密代扣).</summary>
    Agreement = 3,
}

/// <summary>An order to be placed with a channel.</summary>
/// <param name="Payment">Our number, the merchant order number there: 6 to 32 of letters, digits, <c>_-|*</c>.</param>
/// <param name="Amount">What the payer pays; positive.</param>
/// <param name="Description">What the payer reads, at most 127 characters; no personal data.</param>
/// <param name="Scene">How the payer is brought to pay.</param>
/// <param name="PayerId">
/// The payer's id at the channel (openid, buyer_open_id) for <see cref="ChannelScene.InApp"/>; the agreement number for
/// <see cref="ChannelScene.Agreement"/>; null for <see cref="ChannelScene.Qr"/>.
/// </param>
/// <param name="ExpiresAt">When an unpaid order lapses.</param>
public sealed record ChannelOrder(
    PaymentId Payment, Money Amount, string Description, ChannelScene Scene, string? PayerId, DateTimeOffset ExpiresAt);

/// <summary>A refund to be made by a channel.</summary>
/// <param name="Refund">Our number; the same on every repeat.</param>
/// <param name="Payment">The paid order.</param>
/// <param name="Amount">What goes back; positive.</param>
/// <param name="Paid">What the order was paid with in all.</param>
/// <param name="Reason">What the payer reads; no personal data.</param>
public sealed record ChannelRefund(RefundId Refund, PaymentId Payment, Money Amount, Money Paid, string Reason);

/// <summary>
/// How an order stands at the channel. Closed: whatever cannot be mapped for certain is <see cref="Unknown"/>.
/// </summary>
public abstract record ChannelOutcome
{
    private ChannelOutcome() { }

    /// <summary>Placed and waiting for the payer.</summary>
    /// <param name="PayerAction">
    /// What the payer's app needs: a prepay id, a code URL, a trade number; null after a query.
    /// </param>
    public sealed record Waiting(string? PayerAction) : ChannelOutcome;

    /// <summary>Paid.</summary>
    /// <param name="ChannelNumber">The channel's own number of the payment.</param>
    /// <param name="Amount">What was paid by the channel's books; the caller compares it with its own.</param>
    /// <param name="PaidAt">When, by the channel's clock.</param>
    public sealed record Paid(string ChannelNumber, Money Amount, DateTimeOffset PaidAt) : ChannelOutcome;

    /// <summary>Closed without payment.</summary>
    public sealed record Closed : ChannelOutcome;

    /// <summary>The channel does not know the number.</summary>
    public sealed record NotFound : ChannelOutcome;

    /// <summary>Refused for good.</summary>
    /// <param name="Code">The channel's own code, as it spells it.</param>
    /// <param name="Message">The channel's text for our operators.</param>
    public sealed record Refused(string Code, string Message) : ChannelOutcome;

    /// <summary>Nobody can say yet: a lost, late, unverifiable or unmapped answer.</summary>
    /// <param name="Why">For our operators; no personal data, no secrets.</param>
    public sealed record Unknown(string Why) : ChannelOutcome;
}

/// <summary>How a refund stands at the channel.</summary>
public abstract record RefundOutcome
{
    private RefundOutcome() { }

    /// <summary>Accepted, the money is on its way.</summary>
    public sealed record Processing(string ChannelNumber) : RefundOutcome;

    /// <summary>The payer has the money back.</summary>
    /// <param name="ChannelNumber">The channel's own number of the refund.</param>
    /// <param name="Amount">What went back by the channel's books.</param>
    /// <param name="RefundedAt">When, by the channel's clock.</param>
    public sealed record Refunded(string ChannelNumber, Money Amount, DateTimeOffset RefundedAt) : RefundOutcome;

    /// <summary>The channel does not know the refund: it may be submitted, with the same number.</summary>
    public sealed record NotFound : RefundOutcome;

    /// <summary>Refused for good.</summary>
    public sealed record Refused(string Code, string Message) : RefundOutcome;

    /// <summary>Nobody can say yet.</summary>
    public sealed record Unknown(string Why) : RefundOutcome;
}
