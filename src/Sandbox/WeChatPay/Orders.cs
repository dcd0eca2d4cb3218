namespace Ecert.Sandbox.WeChatPay;

/// <summary>How an order stands in the platform's books.</summary>
internal enum OrderState
{
    /// <summary><c>NOTPAY</c>.</summary>
    NotPaid = 1,

    /// <summary><c>SUCCESS</c>, or <c>REFUND</c> once a refund was asked for.</summary>
    Paid = 2,

    /// <summary><c>CLOSED</c>.</summary>
    Closed = 3,
}

/// <summary>What a merchant asks for when placing an order.</summary>
/// <param name="MerchantId"><c>mchid</c>.</param>
/// <param name="Number"><c>out_trade_no</c>.</param>
/// <param name="TradeType"><c>JSAPI</c>, <c>NATIVE</c>, <c>APP</c>, <c>MWEB</c>.</param>
/// <param name="AppId"><c>appid</c>.</param>
/// <param name="Description">What the payer reads.</param>
/// <param name="Attach">Given back with every answer.</param>
/// <param name="TotalFen">What is to be paid.</param>
/// <param name="NotifyUrl">Where the callback goes.</param>
/// <param name="OpenId">The payer, where the payer is known beforehand.</param>
/// <param name="ExpiresAt"><c>time_expire</c>; null for the seven days of an unpaid order.</param>
/// <param name="Content">The whole body in canonical form: the same number must come with the same content.</param>
internal sealed record OrderRequest(
    string MerchantId, string Number, string TradeType, string AppId, string Description, string? Attach, long TotalFen,
    Uri NotifyUrl, string? OpenId, DateTimeOffset? ExpiresAt, string Content);

/// <summary>An order in the books.</summary>
internal sealed record WeChatOrder
{
    /// <summary>How long a <c>prepay_id</c> or <c>code_url</c> can be paid.</summary>
    public static readonly TimeSpan TokenLives = TimeSpan.FromHours(2);

    public required OrderRequest Request { get; init; }
    public required string PrepayId { get; init; }
    public required string CodeUrl { get; init; }
    public required DateTimeOffset TokenMadeAt { get; init; }
    public required DateTimeOffset ClosesAt { get; init; }
    public OrderState State { get; init; } = OrderState.NotPaid;
    public string? TransactionId { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public string? PayerOpenId { get; init; }
    public IReadOnlyList<WeChatRefund> Refunds { get; init; } = [];

    public string MerchantId => Request.MerchantId;
    public long RefundedFen => Refunds.Sum(refund => refund.Fen);

    /// <summary>The state word of the wire.</summary>
    public string StateWord => State switch
    {
        OrderState.NotPaid => "NOTPAY",
        OrderState.Closed => "CLOSED",
        _ => Refunds.Count > 0 ? "REFUND" : "SUCCESS",
    };
}

/// <summary>A refund in the books.</summary>
/// <param name="Number"><c>out_refund_no</c>.</param>
/// <param name="RefundId">The platform's number.</param>
/// <param name="Fen">What goes back.</param>
/// <param name="Reason">What the payer reads.</param>
/// <param name="NotifyUrl">Where its callback goes; null for none.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="DoneAt">From when on it is <c>SUCCESS</c>.</param>
/// <param name="Content">The request in canonical form.</param>
internal sealed record WeChatRefund(
    string Number, string RefundId, long Fen, string? Reason, Uri? NotifyUrl, DateTimeOffset AcceptedAt,
    DateTimeOffset DoneAt, string Content)
{
    /// <summary>The status word of the wire at an instant.</summary>
    public string StatusAt(DateTimeOffset now) => now >= DoneAt ? "SUCCESS" : "PROCESSING";
}
