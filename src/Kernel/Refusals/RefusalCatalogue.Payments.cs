namespace Ecert.Kernel.Refusals;

// Why a payment, refund, wallet or transfer is refused.
public static partial class RefusalCatalogue
{
    /// <summary>There is no such payment, or it is not the caller's to see.</summary>
    public static readonly RefusalReason PaymentNotFound = new(
        "PAYMENT_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such payment, or it is not the caller's to see.",
        "Check the payment_id.");

    /// <summary>The payment is paid, or ended otherwise.</summary>
    public static readonly RefusalReason PaymentNotClosable = new(
        "PAYMENT_NOT_CLOSABLE", RefusalStatus.FailedPrecondition,
        "The payment is paid, or ended otherwise.",
        "Read the payment; refund a paid one.");

    /// <summary>The payment is not paid, so there is nothing to give back.</summary>
    public static readonly RefusalReason PaymentNotRefundable = new(
        "PAYMENT_NOT_REFUNDABLE", RefusalStatus.FailedPrecondition,
        "The payment is not paid, so there is nothing to give back.",
        "Close an unpaid payment instead.");

    /// <summary>The payment belongs to a settlement, bill, trip or case and is created and refunded there.</summary>
    public static readonly RefusalReason PaymentBelongsElsewhere = new(
        "PAYMENT_BELONGS_ELSEWHERE", RefusalStatus.FailedPrecondition,
        "The payment belongs to a settlement, bill, trip or case and is created and refunded there.",
        "Use the verb of that service.");

    /// <summary>There is no such refund, or it is not the caller's to see.</summary>
    public static readonly RefusalReason RefundNotFound = new(
        "REFUND_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such refund, or it is not the caller's to see.",
        "Check the refund_id.");

    /// <summary>The refund is more than what is left of the payment.</summary>
    public static readonly RefusalReason RefundExceedsPayment = new(
        "REFUND_EXCEEDS_PAYMENT", RefusalStatus.FailedPrecondition,
        "The refund is more than what is left of the payment.",
        "Read the payment; refund at most amount_fen less refunded_fen.");

    /// <summary>The payment channel refused for good; nothing was paid.</summary>
    public static readonly RefusalReason ChannelRefused = new(
        "CHANNEL_REFUSED", RefusalStatus.FailedPrecondition,
        "The payment channel refused for good; nothing was paid.",
        "Use another channel or another payer.");

    /// <summary>This channel does not offer this scene here.</summary>
    public static readonly RefusalReason ChannelNotOffered = new(
        "CHANNEL_NOT_OFFERED", RefusalStatus.InvalidArgument,
        "This channel does not offer this scene here.",
        "Choose another channel or scene.");

    /// <summary>There is no such wallet, or it is not the caller's user's.</summary>
    public static readonly RefusalReason WalletNotFound = new(
        "WALLET_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such wallet, or it is not the caller's user's.",
        "List the wallets of the certificate.");

    /// <summary>The wallet has no signed agreement to be charged under.</summary>
    public static readonly RefusalReason AgreementRequired = new(
        "AGREEMENT_REQUIRED", RefusalStatus.FailedPrecondition,
        "The wallet has no signed agreement to be charged under.",
        "Have the holder sign the agreement at the channel and bind the wallet again.");
}
