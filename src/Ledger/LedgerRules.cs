using Ecert.Kernel;

namespace Ecert.Ledger;

/// <summary>The rules that need no books: forms and limits of what a client sends.</summary>
internal static class LedgerRules
{
    public const int IdMaxLength = 64;
    public const int BusinessRecordMaxLength = 128;
    public static readonly TimeSpan TimeoutMax = TimeSpan.FromDays(366);

    public static AccountOutcome? Fault(Account account)
    {
        if (!IsId(account.Id))
            return AccountOutcome.IdInvalid;
        var known = Enum.IsDefined(account.Side) && Enum.IsDefined(account.Limit);
        return known && account.Code > 0 ? null : AccountOutcome.ContentInvalid;
    }

    public static TransferOutcome? Fault(Transfer transfer)
    {
        if (!IsId(transfer.Id))
            return TransferOutcome.IdInvalid;
        if (!IsBusinessRecord(transfer.BusinessRecord))
            return TransferOutcome.BusinessRecordInvalid;
        if (transfer.Code < 0)
            return TransferOutcome.CodeInvalid;
        return transfer.Kind is TransferKind.Pending pending && !IsTimeout(pending.Timeout)
            ? TransferOutcome.TimeoutInvalid
            : null;
    }

    public static bool IsBusinessRecord(string? text)
    {
        if (text is null || text.Length > BusinessRecordMaxLength || !IsPrintable(text))
            return false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1;
    }

    /// <summary>
    /// The sums after adding, or null when the side's total would leave 64 bits: limits compare totals.
    /// </summary>
    public static Balances? Debited(Balances before, Money amount, bool pending) =>
        (Int128)before.DebitsPending.Fen + before.DebitsPosted.Fen + amount.Fen > long.MaxValue ? null
        : pending ? before with { DebitsPending = before.DebitsPending + amount }
        : before with { DebitsPosted = before.DebitsPosted + amount };

    /// <inheritdoc cref="Debited"/>
    public static Balances? Credited(Balances before, Money amount, bool pending) =>
        (Int128)before.CreditsPending.Fen + before.CreditsPosted.Fen + amount.Fen > long.MaxValue ? null
        : pending ? before with { CreditsPending = before.CreditsPending + amount }
        : before with { CreditsPosted = before.CreditsPosted + amount };

    private static bool IsId(string? text) => text is { Length: > 0 and <= IdMaxLength } && IsPrintable(text);

    private static bool IsPrintable(string text) => text.All(static c => c is > ' ' and < '\u007f');

    private static bool IsTimeout(TimeSpan timeout) =>
        timeout > TimeSpan.Zero && timeout <= TimeoutMax && timeout.Ticks % TimeSpan.TicksPerMillisecond == 0;
}
