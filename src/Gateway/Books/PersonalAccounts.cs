using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Ledger;

namespace Ecert.Gateway.Books;

/// <summary>Personal insurance accounts in the ledger.</summary>
internal sealed class PersonalAccounts(JournalStore store)
{
    /// <summary>Opens the account with the balance the insured-person base states; the first time only.</summary>
    public async Task OpenAsync(InsuredPerson person, Money balance, CancellationToken ct)
    {
        var account = AccountOf(person);
        if (await store.Journal.FindAccountAsync(account.Id, ct) is not null)
            return;
        var source = ChartOfAccounts.Contributions(person.InsuredPlace);
        IReadOnlyList<Transfer> transfers = balance.IsPositive
            ? [Transfer.Single($"open/{account.Id}", source.Id, account.Id, balance,
                ChartOfAccounts.Movements.OpeningBalance, $"personal/{person.Subject}")]
            : [];
        var result =
            await store.Journal.SubmitAsync(new JournalRequest(transfers) { Accounts = [source, account] }, ct);
        if (result is not JournalResult.Committed && await store.Journal.FindAccountAsync(account.Id, ct) is null)
            throw new InvalidOperationException($"The ledger answered {result} for an account's opening.");
    }

    /// <summary>What may be spent, and what is held for settlements under way.</summary>
    public async Task<(Money Available, Money Held)> BalanceAsync(InsuredPerson person, CancellationToken ct)
    {
        var state = await store.Journal.FindAccountAsync(AccountOf(person).Id, ct);
        return state is null ? (Money.Zero, Money.Zero) : (state.Available, state.Balances.DebitsPending);
    }

    private static Account AccountOf(InsuredPerson person) =>
        ChartOfAccounts.Personal(person.InsuredPlace, person.Subject, person.Scheme);
}
