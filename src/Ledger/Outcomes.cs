namespace Ecert.Ledger;

/// <summary>
/// What became of a transfer. Everything but <see cref="Created"/> and <see cref="Exists"/> left no trace.
/// </summary>
public enum TransferOutcome
{
    /// <summary>Booked now.</summary>
    Created = 1,

    /// <summary>Booked before, with the same content; nothing was done.</summary>
    Exists = 2,

    /// <summary>The id was used before with other content; nothing was done.</summary>
    ExistsWithDifferentContent = 3,

    /// <summary>The id is empty, longer than 64, or holds something else than printable ASCII without blanks.</summary>
    IdInvalid = 4,

    /// <summary>The business record is missing, longer than 128, or not of the form <c>kind/id</c>.</summary>
    BusinessRecordInvalid = 5,

    /// <summary>The code is negative.</summary>
    CodeInvalid = 6,

    /// <summary>The account to debit is not open.</summary>
    DebitAccountNotFound = 7,

    /// <summary>The account to credit is not open.</summary>
    CreditAccountNotFound = 8,

    /// <summary>Both accounts are the same.</summary>
    SameAccount = 9,

    /// <summary>The amount is zero or negative.</summary>
    AmountNotPositive = 10,

    /// <summary>The timeout is not above zero, not whole milliseconds, or above 366 days.</summary>
    TimeoutInvalid = 11,

    /// <summary>The debited account's debits would exceed its credits.</summary>
    ExceedsCredits = 12,

    /// <summary>The credited account's credits would exceed its debits.</summary>
    ExceedsDebits = 13,

    /// <summary>There is no pending transfer of that id.</summary>
    PendingNotFound = 14,

    /// <summary>The pending transfer was posted before.</summary>
    PendingAlreadyPosted = 15,

    /// <summary>The pending transfer was voided before.</summary>
    PendingAlreadyVoided = 16,

    /// <summary>The pending transfer's time is over.</summary>
    PendingExpired = 17,

    /// <summary>The accounts named are not those of the pending transfer.</summary>
    PendingHasDifferentAccounts = 18,

    /// <summary>More was to be posted than reserved, or another amount voided than reserved.</summary>
    PendingHasDifferentAmount = 19,

    /// <summary>It would have been booked, but another transfer of the same chain was refused.</summary>
    LinkedFailed = 20,

    /// <summary>The last transfer of the request is linked to a next one that is not there.</summary>
    LinkedChainOpen = 21,

    /// <summary>A sum of an account would leave 64 bits of fen.</summary>
    Overflow = 22,
}

/// <summary>What became of an account to open.</summary>
public enum AccountOutcome
{
    /// <summary>Opened now.</summary>
    Created = 1,

    /// <summary>Opened before, with the same content.</summary>
    Exists = 2,

    /// <summary>The id was opened before with another code, side or limit; nothing was done.</summary>
    ExistsWithDifferentContent = 3,

    /// <summary>The id is empty, longer than 64, or holds something else than printable ASCII without blanks.</summary>
    IdInvalid = 4,

    /// <summary>The code is not positive, or the side or limit is not one of those listed.</summary>
    ContentInvalid = 5,

    /// <summary>It would have been opened, but another part of the same request was refused.</summary>
    LinkedFailed = 6,
}

/// <summary>What holds of outcomes.</summary>
public static class Outcomes
{
    /// <summary>The transfer is in the books with the content given, now or since before.</summary>
    public static bool IsBooked(this TransferOutcome outcome) =>
        outcome is TransferOutcome.Created or TransferOutcome.Exists;

    /// <summary>The account is open with the content given, now or since before.</summary>
    public static bool IsOpen(this AccountOutcome outcome) =>
        outcome is AccountOutcome.Created or AccountOutcome.Exists;
}
