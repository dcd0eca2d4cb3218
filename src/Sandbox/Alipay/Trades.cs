using Ecert.Kernel;

namespace Ecert.Sandbox.Alipay;

/// <summary>How a trade stands.</summary>
internal enum TradeState
{
    /// <summary>A QR code was made and not scanned yet: no trade exists, queries say so.</summary>
    NotScanned = 1,

    /// <summary><c>WAIT_BUYER_PAY</c>.</summary>
    WaitBuyerPay = 2,

    /// <summary><c>TRADE_SUCCESS</c>.</summary>
    Success = 3,

    /// <summary><c>TRADE_CLOSED</c>: timed out, closed, cancelled or wholly refunded.</summary>
    Closed = 4,
}

/// <summary>What a merchant asks for.</summary>
/// <param name="AppId">Who asks.</param>
/// <param name="Number"><c>out_trade_no</c>.</param>
/// <param name="Total"><c>total_amount</c>.</param>
/// <param name="Subject">What the payer reads.</param>
/// <param name="BuyerId">The payer where known beforehand.</param>
/// <param name="NotifyUrl">Where notifications go; null for none.</param>
/// <param name="ExpiresAt">When it lapses unpaid.</param>
/// <param name="Content">Method and <c>biz_content</c> in canonical form.</param>
internal sealed record TradeRequest(
    string AppId, string Number, Money Total, string Subject, string? BuyerId, Uri? NotifyUrl,
    DateTimeOffset ExpiresAt, string Content);

/// <summary>A refund of a trade.</summary>
internal sealed record TradeRefund(string RequestNumber, Money Amount, string? Reason, DateTimeOffset At);

/// <summary>A trade in the books.</summary>
internal sealed record Trade
{
    public required TradeRequest Request { get; init; }
    public required string TradeNo { get; init; }
    public required string? QrCode { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required TradeState State { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? BuyerId { get; init; }
    public IReadOnlyList<TradeRefund> Refunds { get; init; } = [];

    public Money Refunded => Money.Sum(Refunds.Select(refund => refund.Amount));

    /// <summary>The state word of the wire.</summary>
    public string StateWord => State switch
    {
        TradeState.Success => "TRADE_SUCCESS",
        TradeState.Closed => "TRADE_CLOSED",
        _ => "WAIT_BUYER_PAY",
    };

    /// <summary>The state after a refund: wholly refunded trades are closed.</summary>
    public Trade With(TradeRefund refund, DateTimeOffset now)
    {
        var refunded = this with { Refunds = [.. Refunds, refund] };
        return refunded.Refunded == Request.Total
            ? refunded with { State = TradeState.Closed, ClosedAt = now }
            : refunded;
    }
}

/// <summary>A withholding agreement between a user and an app.</summary>
/// <param name="Number"><c>agreement_no</c>.</param>
/// <param name="AppId">With whom.</param>
/// <param name="UserId">Who signed.</param>
/// <param name="ExternalNumber">The merchant's own number; null when it gave none.</param>
/// <param name="ProductCode"><c>personal_product_code</c>.</param>
/// <param name="SignScene"><c>sign_scene</c>.</param>
/// <param name="SignedAt">When.</param>
/// <param name="EndedAt">When it was ended; null while <c>NORMAL</c>.</param>
internal sealed record Agreement(
    string Number, string AppId, string UserId, string? ExternalNumber, string ProductCode, string SignScene,
    DateTimeOffset SignedAt, DateTimeOffset? EndedAt);
