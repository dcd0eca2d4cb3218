using Ecert.Kernel;

namespace Ecert.Ledger;

/// <summary>What a transfer does. Closed.</summary>
public abstract record TransferKind
{
    private TransferKind() { }

    /// <summary>Moves money at once.</summary>
    public sealed record Single : TransferKind;

    /// <summary>Reserves money until it is posted, voided, or the time is over.</summary>
    /// <param name="Timeout">From booking to expiry: whole milliseconds, above zero, at most 366 days.</param>
    public sealed record Pending(TimeSpan Timeout) : TransferKind;

    /// <summary>Books a pending transfer, wholly or in part; what is not booked is released.</summary>
    /// <param name="Of">The id of the pending transfer.</param>
    public sealed record PostPending(string Of) : TransferKind;

    /// <summary>Releases a pending transfer.</summary>
    /// <param name="Of">The id of the pending transfer.</param>
    public sealed record VoidPending(string Of) : TransferKind;
}

/// <summary>
/// A movement of money from one account to another. Never changed and never deleted: what was wrong is put right by a
/// new transfer the other way (<see cref="Reverse"/>).
/// </summary>
/// <param name="Id">
/// Made by the client, which keeps it for retries: 1 to 64 printable ASCII characters without blanks. The same id with
/// the same content has one effect, however often it comes.
/// </param>
/// <param name="DebitAccount">
/// The account to debit; empty when posting or voiding: that of the pending transfer.
/// </param>
/// <param name="CreditAccount">
/// The account to credit; empty when posting or voiding: that of the pending transfer.
/// </param>
/// <param name="Amount">Above zero; zero when posting or voiding: all of the pending transfer.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Code">Why it was made, a number of the caller's own; not negative.</param>
/// <param name="BusinessRecord">
/// The one record of the business it belongs to, <c>kind/id</c> such as <c>settlement/01J…</c>; at most 128 characters.
/// </param>
/// <param name="Linked">Stands or falls with the next transfer of the same request.</param>
public sealed record Transfer(
    string Id, string DebitAccount, string CreditAccount, Money Amount, TransferKind Kind, int Code,
    string BusinessRecord, bool Linked = false)
{
    /// <summary>Moves money at once.</summary>
    public static Transfer Single(
        string id, string debit, string credit, Money amount, int code, string businessRecord) =>
        new(id, debit, credit, amount, new TransferKind.Single(), code, businessRecord);

    /// <summary>Reserves money for <paramref name="timeout"/>.</summary>
    public static Transfer Reserve(
        string id, string debit, string credit, Money amount, TimeSpan timeout, int code, string businessRecord) =>
        new(id, debit, credit, amount, new TransferKind.Pending(timeout), code, businessRecord);

    /// <summary>Books what was reserved, or the given part of it.</summary>
    /// <param name="id">The id of the new transfer.</param>
    /// <param name="of">The id of the pending transfer.</param>
    /// <param name="code">Why.</param>
    /// <param name="businessRecord">The record of the business.</param>
    /// <param name="amount">The part to book; zero for all of it.</param>
    public static Transfer Post(string id, string of, int code, string businessRecord, Money amount = default) =>
        new(id, "", "", amount, new TransferKind.PostPending(of), code, businessRecord);

    /// <summary>Releases what was reserved.</summary>
    public static Transfer Void(string id, string of, int code, string businessRecord) =>
        new(id, "", "", Money.Zero, new TransferKind.VoidPending(of), code, businessRecord);

    /// <summary>
    /// The movement that undoes this one, of all of it or the given part: accounts exchanged, at once.
    /// </summary>
    /// <param name="id">The id of the new transfer.</param>
    /// <param name="code">Why.</param>
    /// <param name="amount">The part to give back; zero for all of it.</param>
    public Transfer Reverse(string id, int code, Money amount = default) =>
        Single(id, CreditAccount, DebitAccount, amount == Money.Zero ? Amount : amount, code, BusinessRecord);
}

/// <summary>How a pending transfer stands.</summary>
public enum PendingState
{
    /// <summary>It is not a pending transfer.</summary>
    NotPending = 0,

    /// <summary>Reserved, waiting.</summary>
    Open = 1,

    /// <summary>Posted.</summary>
    Posted = 2,

    /// <summary>Voided.</summary>
    Voided = 3,

    /// <summary>Released because its time was over.</summary>
    Expired = 4,
}

/// <summary>A transfer as it stands in the books, with accounts and amount filled in.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="BookedAt">When it was booked (posted, or reserved if pending); to the millisecond.</param>
/// <param name="ExpiresAt">When a pending transfer lapses; null for the others.</param>
/// <param name="State">How a pending transfer stands.</param>
public sealed record BookedTransfer(
    Transfer Transfer, DateTimeOffset BookedAt, DateTimeOffset? ExpiresAt, PendingState State);
