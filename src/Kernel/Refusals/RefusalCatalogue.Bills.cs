namespace Ecert.Kernel.Refusals;

// Why a bill cannot be looked up or paid.
public static partial class RefusalCatalogue
{
    /// <summary>There is no such biller.</summary>
    public static readonly RefusalReason BillerNotFound = new(
        "BILLER_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such biller.",
        "List the billers of the place.");

    /// <summary>The biller does not know this account number.</summary>
    public static readonly RefusalReason BillAccountNotFound = new(
        "BILL_ACCOUNT_NOT_FOUND", RefusalStatus.NotFound,
        "The biller does not know this account number.",
        "Check the number against the paper bill.");

    /// <summary>This account was asked for more often than the biller allows.</summary>
    public static readonly RefusalReason BillQueriedTooOften = new(
        "BILL_QUERIED_TOO_OFTEN", RefusalStatus.ResourceExhausted,
        "This account was asked for more often than the biller allows.",
        "Wait a minute and repeat.");

    /// <summary>There is no such bill, or it was not queried by this caller.</summary>
    public static readonly RefusalReason BillNotFound = new(
        "BILL_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such bill, or it was not queried by this caller.",
        "Query the bill and use the bill_id of the answer.");

    /// <summary>The bill was queried too long ago to be paid; nothing was paid.</summary>
    public static readonly RefusalReason BillExpired = new(
        "BILL_EXPIRED", RefusalStatus.FailedPrecondition,
        "The bill was queried too long ago to be paid; nothing was paid.",
        "Query again and show the payer the new amount.");

    /// <summary>The bill is no longer the amount the payer agreed to; nothing was paid.</summary>
    public static readonly RefusalReason BillAmountChanged = new(
        "BILL_AMOUNT_CHANGED", RefusalStatus.FailedPrecondition,
        "The bill is no longer the amount the payer agreed to; nothing was paid.",
        "Query again and show the payer the new amount.");

    /// <summary>The bill is paid already, or being paid.</summary>
    public static readonly RefusalReason BillAlreadyPaid = new(
        "BILL_ALREADY_PAID", RefusalStatus.FailedPrecondition,
        "The bill is paid already, or being paid.",
        "Look at the bill payment; do not pay twice.");

    /// <summary>There is no such bill payment, or it is not the caller's to see.</summary>
    public static readonly RefusalReason BillPaymentNotFound = new(
        "BILL_PAYMENT_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such bill payment, or it is not the caller's to see.",
        "Check the bill_payment_id.");
}
