namespace Ecert.Kernel.Refusals;

// Why a bill cannot be uploaded, settled or undone.
public static partial class RefusalCatalogue
{
    /// <summary>
    /// The stream is not one header followed by as many lines as it announces, adding up to its total.
    /// </summary>
    public static readonly RefusalReason FeeUploadMalformed = new(
        "FEE_UPLOAD_MALFORMED", RefusalStatus.InvalidArgument,
        "The stream is not one header followed by as many lines as it announces, adding up to its total.",
        "Send the header first and once, then every line once; check line_count and medfee_sumamt_fen.");

    /// <summary>There is no such fee batch of this institution.</summary>
    public static readonly RefusalReason FeeBatchNotFound = new(
        "FEE_BATCH_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such fee batch of this institution.",
        "Upload the fees and use the fee_batch_id of the answer.");

    /// <summary>Two lines of the visit carry the same feedetl_sn.</summary>
    public static readonly RefusalReason FeeLineNumberReused = new(
        "FEE_LINE_NUMBER_REUSED", RefusalStatus.InvalidArgument,
        "Two lines of the visit carry the same feedetl_sn.",
        "Give every line of a visit a number of its own.");

    /// <summary>The med_list_codg is not in the catalogue of the place of treatment on that day.</summary>
    public static readonly RefusalReason FeeLineItemUnknown = new(
        "FEE_LINE_ITEM_UNKNOWN", RefusalStatus.InvalidArgument,
        "The med_list_codg is not in the catalogue of the place of treatment on that day.",
        "Map the item to a national code in force.");

    /// <summary>The quantity is not a decimal above 0 with at most 4 decimals.</summary>
    public static readonly RefusalReason FeeLineQuantityInvalid = new(
        "FEE_LINE_QUANTITY_INVALID", RefusalStatus.InvalidArgument,
        "The quantity is not a decimal above 0 with at most 4 decimals.",
        "Write it as digits with a point, such as 1.25.");

    /// <summary>The unit price is not a decimal with at most 6 decimals.</summary>
    public static readonly RefusalReason FeeLinePriceInvalid = new(
        "FEE_LINE_PRICE_INVALID", RefusalStatus.InvalidArgument,
        "The unit price is not a decimal with at most 6 decimals.",
        "Write it as digits with a point, such as 0.01325.");

    /// <summary>The line's amount is not quantity times unit price rounded half up to the fen.</summary>
    public static readonly RefusalReason FeeLineAmountMismatch = new(
        "FEE_LINE_AMOUNT_MISMATCH", RefusalStatus.InvalidArgument,
        "The line's amount is not quantity times unit price rounded half up to the fen.",
        "Correct the amount, the quantity or the price.");

    /// <summary>The line was charged in the future or outside the visit.</summary>
    public static readonly RefusalReason FeeLineTimeInvalid = new(
        "FEE_LINE_TIME_INVALID", RefusalStatus.InvalidArgument,
        "The line was charged in the future or outside the visit.",
        "Correct fee_ocur_time.");

    /// <summary>There is no such pre-settlement of this institution.</summary>
    public static readonly RefusalReason PreSettlementNotFound = new(
        "PRE_SETTLEMENT_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such pre-settlement of this institution.",
        "Pre-settle and use the pre_settlement_id of the answer.");

    /// <summary>The pre-settlement has expired; nothing moved.</summary>
    public static readonly RefusalReason PreSettlementExpired = new(
        "PRE_SETTLEMENT_EXPIRED", RefusalStatus.FailedPrecondition,
        "The pre-settlement has expired; nothing moved.",
        "Pre-settle again and show the patient the new split.");

    /// <summary>The pre-settlement or its fee batch is settled already, or being settled.</summary>
    public static readonly RefusalReason PreSettlementUsed = new(
        "PRE_SETTLEMENT_USED", RefusalStatus.FailedPrecondition,
        "The pre-settlement or its fee batch is settled already, or being settled.",
        "Look at the settlement of the visit; do not settle twice.");

    /// <summary>The split is no longer the one the patient agreed to; nothing moved.</summary>
    public static readonly RefusalReason SettlementSplitChanged = new(
        "SETTLEMENT_SPLIT_CHANGED", RefusalStatus.FailedPrecondition,
        "The split is no longer the one the patient agreed to; nothing moved.",
        "Pre-settle again and show the patient the new split.");

    /// <summary>The personal account no longer covers its part; nothing moved.</summary>
    public static readonly RefusalReason AccountBalanceInsufficient = new(
        "ACCOUNT_BALANCE_INSUFFICIENT", RefusalStatus.FailedPrecondition,
        "The personal account no longer covers its part; nothing moved.",
        "Pre-settle again; the split then uses what is left.");

    /// <summary>There is a cash part and no payer, channel or scene was given for it.</summary>
    public static readonly RefusalReason PayerRequired = new(
        "PAYER_REQUIRED", RefusalStatus.InvalidArgument,
        "There is a cash part and no payer, channel or scene was given for it.",
        "Give the payer, or settle in a way that leaves no cash part.");

    /// <summary>
    /// There is no such settlement of this institution; a Settle call of that request_id that arrives later is
    /// refused.
    /// </summary>
    public static readonly RefusalReason SettlementNotFound = new(
        "SETTLEMENT_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such settlement of this institution; a Settle call of that request_id that arrives "
        + "later is refused.",
        "Check the id; after a lost answer reverse by original_request_id, then settle anew.");

    /// <summary>
    /// The settlement's state does not allow a reversal: it is undone already, or a refund is under way.
    /// </summary>
    public static readonly RefusalReason SettlementNotReversible = new(
        "SETTLEMENT_NOT_REVERSIBLE", RefusalStatus.FailedPrecondition,
        "The settlement's state does not allow a reversal: it is undone already, or a refund is under way.",
        "Read the settlement; refund what is left instead.");

    /// <summary>The settlement's state or what is left of it does not allow this refund.</summary>
    public static readonly RefusalReason SettlementNotRefundable = new(
        "SETTLEMENT_NOT_REFUNDABLE", RefusalStatus.FailedPrecondition,
        "The settlement's state or what is left of it does not allow this refund.",
        "Read the settlement; refund at most what is left of each component.");

    /// <summary>The insurer refused for good; nothing moved, or what had moved was given back.</summary>
    public static readonly RefusalReason InsurerRefused = new(
        "INSURER_REFUSED", RefusalStatus.FailedPrecondition,
        "The insurer refused for good; nothing moved, or what had moved was given back.",
        "Show the message to the operator; settle without insurance if it stands.");
}
