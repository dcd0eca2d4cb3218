using Ecert.Kernel;

namespace Ecert.Ledger;

/// <summary>
/// The ledger as a pure state machine: accounts and transfers in, outcomes out, no clock, no disk. It reads what it
/// does not hold from <see cref="ILedgerRecords"/>, keeps what it changes, and can go back to any mark, which is how
/// chains and whole requests stand or fall together. Not safe for concurrent use.
/// </summary>
/// <param name="records">The committed books beneath; null for a ledger that lives in memory alone.</param>
public sealed class StateMachine(ILedgerRecords? records = null)
{
    private readonly ILedgerRecords _records = records ?? new EmptyRecords();
    private readonly Dictionary<string, AccountState?> _accounts = [];
    private readonly Dictionary<string, BookedTransfer?> _transfers = [];
    private readonly PriorityQueue<string, DateTimeOffset> _expiries = new();
    private readonly List<Before> _log = [];
    private DateTimeOffset? _dueReadAt;

    private readonly record struct Before(string Id, bool IsAccount, AccountState? Account, BookedTransfer? Transfer);

    /// <summary>The account of that id as it stands here, or null.</summary>
    public AccountState? FindAccount(string id)
    {
        if (!_accounts.TryGetValue(id, out var state))
            _accounts[id] = state = _records.FindAccount(id);
        return state;
    }

    /// <summary>The transfer of that id as it stands here, or null.</summary>
    public BookedTransfer? FindTransfer(string id)
    {
        if (!_transfers.TryGetValue(id, out var booked))
            _transfers[id] = booked = _records.FindTransfer(id);
        return booked;
    }

    /// <summary>Opens an account.</summary>
    public AccountOutcome Open(Account account)
    {
        if (LedgerRules.Fault(account) is { } fault)
            return fault;
        if (FindAccount(account.Id) is { } open)
            return open.Account == account ? AccountOutcome.Exists : AccountOutcome.ExistsWithDifferentContent;
        Put(new AccountState(account, default));
        return AccountOutcome.Created;
    }

    /// <summary>
    /// Books transfers in order. Unlinked ones stand alone; a chain (transfers linked to their next, and the one after
    /// the last of them) is booked whole or not at all.
    /// </summary>
    /// <param name="transfers">The transfers.</param>
    /// <param name="now">The time of booking; pending transfers whose time is over by now expire first.</param>
    /// <returns>One outcome for each transfer, in order.</returns>
    public IReadOnlyList<TransferOutcome> Apply(IReadOnlyList<Transfer> transfers, DateTimeOffset now)
    {
        Expire(now);
        var outcomes = new TransferOutcome[transfers.Count];
        for (var first = 0; first < transfers.Count;)
        {
            var next = first;
            while (next < transfers.Count && transfers[next].Linked)
                next++;
            if (next == transfers.Count)
                Array.Fill(outcomes, TransferOutcome.LinkedChainOpen, first, next - first);
            else
                ApplyChain(transfers, first, ++next, outcomes, now);
            first = next;
        }
        return outcomes;
    }

    /// <summary>Releases every pending transfer whose time is over.</summary>
    /// <returns>How many expired.</returns>
    public int Expire(DateTimeOffset now)
    {
        var count = 0;
        // What the records hold does not change under us: once per moment is enough.
        if (_dueReadAt != now)
            foreach (var id in _records.FindDue(now))
                count += ExpireOne(id);
        _dueReadAt = now;
        while (_expiries.TryPeek(out var id, out var expiresAt) && expiresAt <= now)
        {
            _expiries.Dequeue();
            count += ExpireOne(id);
        }
        return count;
    }

    /// <summary>A point to return to.</summary>
    public int Mark() => _log.Count;

    /// <summary>Undoes everything since the mark.</summary>
    public void ReturnTo(int mark)
    {
        for (var index = _log.Count - 1; index >= mark; index--)
        {
            var before = _log[index];
            if (before.IsAccount)
                _accounts[before.Id] = before.Account;
            else
                _transfers[before.Id] = before.Transfer;
            // An expiry taken off the queue must come due again.
            if (before.Transfer is { State: PendingState.Open, ExpiresAt: { } expiresAt })
                _expiries.Enqueue(before.Id, expiresAt);
        }
        _log.RemoveRange(mark, _log.Count - mark);
    }

    /// <summary>Every account changed here: as it stood in the records (null if new) and as it stands now.</summary>
    public IEnumerable<(AccountState? Before, AccountState After)> ChangedAccounts()
    {
        var seen = new HashSet<string>();
        foreach (var before in _log)
            if (before.IsAccount && seen.Add(before.Id))
                yield return (before.Account, _accounts[before.Id]!);
    }

    /// <summary>
    /// Every transfer changed here, in order of booking: as it stood in the records (null if new) and as it stands now.
    /// </summary>
    public IEnumerable<(BookedTransfer? Before, BookedTransfer After)> ChangedTransfers()
    {
        var seen = new HashSet<string>();
        foreach (var before in _log)
            if (!before.IsAccount && seen.Add(before.Id))
                yield return (before.Transfer, _transfers[before.Id]!);
    }

    private void ApplyChain(
        IReadOnlyList<Transfer> transfers, int first, int end, TransferOutcome[] outcomes, DateTimeOffset now)
    {
        var mark = Mark();
        for (var index = first; index < end; index++)
        {
            var outcome = Book(transfers[index] with { Linked = false }, now);
            outcomes[index] = outcome;
            if (outcome.IsBooked())
                continue;
            ReturnTo(mark);
            Array.Fill(outcomes, TransferOutcome.LinkedFailed, first, end - first);
            outcomes[index] = outcome;
            return;
        }
    }

    private TransferOutcome Book(Transfer transfer, DateTimeOffset now)
    {
        if (LedgerRules.Fault(transfer) is { } fault)
            return fault;
        return transfer.Kind switch
        {
            TransferKind.PostPending post => Resolve(transfer, post.Of, now),
            TransferKind.VoidPending cancel => Resolve(transfer, cancel.Of, now),
            TransferKind.Pending pending => Move(transfer, now, now + pending.Timeout),
            _ => Move(transfer, now, null),
        };
    }

    private TransferOutcome Move(Transfer transfer, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        if (FindTransfer(transfer.Id) is { } booked)
            return Repeated(booked, transfer);
        if (!transfer.Amount.IsPositive)
            return TransferOutcome.AmountNotPositive;
        if (transfer.DebitAccount == transfer.CreditAccount)
            return TransferOutcome.SameAccount;
        if (FindAccount(transfer.DebitAccount) is not { } debit)
            return TransferOutcome.DebitAccountNotFound;
        if (FindAccount(transfer.CreditAccount) is not { } credit)
            return TransferOutcome.CreditAccountNotFound;

        var pending = expiresAt is not null;
        if (LedgerRules.Debited(debit.Balances, transfer.Amount, pending) is not { } debited ||
            LedgerRules.Credited(credit.Balances, transfer.Amount, pending) is not { } credited)
            return TransferOutcome.Overflow;
        // The limit of one side never speaks about the other: a top-up of an account that somebody overdrew is welcome.
        if (debit.Account.Limit == BalanceLimit.DebitsMayNotExceedCredits && !debited.Keep(debit.Account.Limit))
            return TransferOutcome.ExceedsCredits;
        if (credit.Account.Limit == BalanceLimit.CreditsMayNotExceedDebits && !credited.Keep(credit.Account.Limit))
            return TransferOutcome.ExceedsDebits;

        Put(debit with { Balances = debited });
        Put(credit with { Balances = credited });
        Put(new BookedTransfer(transfer, now, expiresAt, pending ? PendingState.Open : PendingState.NotPending));
        if (expiresAt is { } due)
            _expiries.Enqueue(transfer.Id, due);
        return TransferOutcome.Created;
    }

    private TransferOutcome Resolve(Transfer transfer, string of, DateTimeOffset now)
    {
        var pending = FindTransfer(of);
        var filled = pending is null ? transfer : Filled(transfer, pending.Transfer);
        if (FindTransfer(transfer.Id) is { } booked)
            return Repeated(booked, filled);
        if (filled.Amount.IsNegative)
            return TransferOutcome.AmountNotPositive;
        if (pending is null or { State: PendingState.NotPending })
            return TransferOutcome.PendingNotFound;
        if (Settled(pending, now) is { } settled)
            return settled;
        var reserved = pending.Transfer;
        if (filled.DebitAccount != reserved.DebitAccount || filled.CreditAccount != reserved.CreditAccount)
            return TransferOutcome.PendingHasDifferentAccounts;
        var voids = filled.Kind is TransferKind.VoidPending;
        if (filled.Amount > reserved.Amount || (voids && filled.Amount != reserved.Amount))
            return TransferOutcome.PendingHasDifferentAmount;

        Release(pending, voids ? PendingState.Voided : PendingState.Posted, voids ? Money.Zero : filled.Amount);
        Put(new BookedTransfer(filled, now, null, PendingState.NotPending));
        return TransferOutcome.Created;
    }

    private static Transfer Filled(Transfer transfer, Transfer pending) => transfer with
    {
        DebitAccount = transfer.DebitAccount.Length == 0 ? pending.DebitAccount : transfer.DebitAccount,
        CreditAccount = transfer.CreditAccount.Length == 0 ? pending.CreditAccount : transfer.CreditAccount,
        Amount = transfer.Amount == Money.Zero ? pending.Amount : transfer.Amount,
    };

    private static TransferOutcome? Settled(BookedTransfer pending, DateTimeOffset now) => pending.State switch
    {
        PendingState.Posted => TransferOutcome.PendingAlreadyPosted,
        PendingState.Voided => TransferOutcome.PendingAlreadyVoided,
        PendingState.Expired => TransferOutcome.PendingExpired,
        _ => pending.ExpiresAt <= now ? TransferOutcome.PendingExpired : null,
    };

    private static TransferOutcome Repeated(BookedTransfer booked, Transfer again) =>
        booked.Transfer == again ? TransferOutcome.Exists : TransferOutcome.ExistsWithDifferentContent;

    private int ExpireOne(string id)
    {
        if (FindTransfer(id) is not { State: PendingState.Open } pending)
            return 0;
        Release(pending, PendingState.Expired, Money.Zero);
        return 1;
    }

    private void Release(BookedTransfer pending, PendingState state, Money posted)
    {
        var reserved = pending.Transfer;
        var debit = FindAccount(reserved.DebitAccount)!;
        Put(debit with
        {
            Balances = debit.Balances + new Balances(-reserved.Amount, posted, Money.Zero, Money.Zero),
        });
        var credit = FindAccount(reserved.CreditAccount)!;
        Put(credit with
        {
            Balances = credit.Balances + new Balances(Money.Zero, Money.Zero, -reserved.Amount, posted),
        });
        Put(pending with { State = state });
    }

    private void Put(AccountState state)
    {
        _log.Add(new Before(state.Account.Id, true, _accounts.GetValueOrDefault(state.Account.Id), null));
        _accounts[state.Account.Id] = state;
    }

    private void Put(BookedTransfer booked)
    {
        _log.Add(new Before(booked.Transfer.Id, false, null, _transfers.GetValueOrDefault(booked.Transfer.Id)));
        _transfers[booked.Transfer.Id] = booked;
    }
}
