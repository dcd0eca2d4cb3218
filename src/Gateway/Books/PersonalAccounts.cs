using Ecert.Kernel;
using Ecert.Gateway.Storage;
using Ecert.Ledger;

namespace Ecert.Gateway.Books;

/// <summary>Personal insurance accounts in the ledger.</summary>
internal sealed class PersonalAccounts(JournalStore store)
{
    /// <summary>Opens the account with the balance the insured-person base states; the first time only.</summary>
    public async Task OpenAsync(string subject, string scheme, string place, Money balance, CancellationToken ct)
    {
        var account = ChartOfAccounts.Personal(subject, scheme);
        if (await store.Journal.FindAccountAsync(account.Id, ct) is not null)
            return;
        var source = ChartOfAccounts.Contributions(place);
        IReadOnlyList<Transfer> transfers = balance.IsPositive
            ? [Transfer.Single($"opening/{account.Id}", source.Id, account.Id, balance,
                ChartOfAccounts.Movements.OpeningBalance, $"personal/{subject}")]
            : [];
        var result = await store.Journal.SubmitAsync(new JournalRequest(transfers) { Accounts = [source, account] }, ct);
        if (result is not JournalResult.Committed && await store.Journal.FindAccountAsync(account.Id, ct) is null)
            throw new InvalidOperationException($"The ledger answered {result} for an account's opening.");
    }

    /// <summary>What may be spent, and what is held for settlements under way.</summary>
    public async Task<(Money Available, Money Held)> BalanceAsync(string subject, string scheme, CancellationToken ct)
    {
        var state = await store.Journal.FindAccountAsync(ChartOfAccounts.Personal(subject, scheme).Id, ct);
        return state is null ? (Money.Zero, Money.Zero) : (state.Available, state.Balances.DebitsPending);
    }
}
