using Ecert.Adapters.Ports;
using Ecert.Gateway.Reimbursement;
using Ecert.Kernel;
using Ecert.Gateway.Storage;
using Ecert.Ledger;
using Ecert.V1;

namespace Ecert.Gateway.Books;

/// <summary>
/// What a settlement does in the ledger. Every transfer's id follows from the settlement's, so that whoever goes on
/// after a crash books the same transfers and the ledger answers that they exist.
/// </summary>
internal sealed class SettlementBookings(JournalStore store, TimeProvider clock)
{
    /// <summary>
    /// The national <c>fund_pay_type</c> of the personal account, which is listed among the funds but is none.
    /// </summary>
    private const string PersonalAccountPayType = "310200";

    /// <summary>Holds the insurer's and the personal account's parts, all or none.</summary>
    /// <param name="settlement">The settlement on record.</param>
    /// <param name="parts">Its breakdown by fund.</param>
    /// <param name="timeout">How long the parts are held while the cash is awaited.</param>
    /// <param name="ct">Cancels the wait, not a commit under way.</param>
    /// <returns>False when the personal account no longer covers its part.</returns>
    public async Task<bool> HoldAsync(
        SettlementRow settlement, PreSettlement parts, TimeSpan timeout, CancellationToken ct)
    {
        var legs = Legs(settlement, parts);
        if (legs.Count == 0)
            return true;
        var transfers = legs.Select(leg => Transfer.Reserve(
            HoldId(settlement.Id, leg), leg.Account.Id, Payable(settlement).Id, leg.Amount, timeout, leg.Movement,
            Record(settlement.Id))).ToList();
        var result = await store.Journal.SubmitAsync(
            new JournalRequest(transfers) { Accounts = [Payable(settlement), .. legs.Select(leg => leg.Account)] }, ct);
        return result switch
        {
            JournalResult.Committed => true,
            JournalResult.Refused { Reason: TransferOutcome.ExceedsCredits } => false,
            _ => throw Unexpected(settlement.Id, result),
        };
    }

    /// <summary>Books what was held together with the cash part: one commit, all or none.</summary>
    /// <param name="settlement">The settlement.</param>
    /// <param name="parts">Its breakdown by fund.</param>
    /// <param name="channel">Where the cash came in; null without a cash part.</param>
    /// <param name="ct">Cancels the wait, not a commit under way.</param>
    /// <returns>When the ledger booked it.</returns>
    public Task<DateTimeOffset> BookAsync(
        SettlementRow settlement, PreSettlement parts, ChannelName? channel, CancellationToken ct)
    {
        var transfers = Legs(settlement, parts)
            .Select(leg => Transfer.Post(HoldId(settlement.Id, leg) + "/post", HoldId(settlement.Id, leg), leg.Movement,
                Record(settlement.Id)))
            .ToList();
        List<Account> accounts = [Payable(settlement)];
        if (channel is { } name)
        {
            accounts.Add(ChartOfAccounts.Clearing(name));
            transfers.Add(
                Transfer.Single(settlement.Id + "/cash", ChartOfAccounts.Clearing(name).Id, Payable(settlement).Id,
                settlement.Cash, ChartOfAccounts.Movements.CashPart, Record(settlement.Id)));
        }
        return CommitAsync(settlement.Id, accounts, transfers, ct);
    }

    /// <summary>Lets go of what was held; what was never held, or lapsed, is no matter.</summary>
    public async Task ReleaseAsync(SettlementRow settlement, PreSettlement parts, CancellationToken ct)
    {
        foreach (var leg in Legs(settlement, parts))
        {
            var hold = await store.Journal.FindTransferAsync(HoldId(settlement.Id, leg), ct);
            if (hold?.State == PendingState.Open)
                await store.Journal.SubmitAsync(JournalRequest.Of(Transfer.Void(
                    HoldId(settlement.Id, leg) + "/void", HoldId(settlement.Id, leg), leg.Movement,
                    Record(settlement.Id))), ct);
        }
    }

    /// <summary>Books a reversal: every part the other way, in one commit.</summary>
    /// <param name="original">The booked settlement.</param>
    /// <param name="reversalId">The id of the settlement that reverses it.</param>
    /// <param name="parts">The original's breakdown by fund.</param>
    /// <param name="channel">Where the cash went back; null without a cash part.</param>
    /// <param name="ct">Cancels the wait, not a commit under way.</param>
    /// <returns>When the ledger booked it.</returns>
    public Task<DateTimeOffset> ReverseAsync(
        SettlementRow original, string reversalId, PreSettlement parts, ChannelName? channel,
        CancellationToken ct)
    {
        var legs = Legs(original, parts);
        var transfers =
            legs.Select(leg => Transfer.Single($"{reversalId}/{leg.Name}", Payable(original).Id, leg.Account.Id,
            leg.Amount, leg.ReverseMovement, Record(reversalId))).ToList();
        List<Account> accounts = [Payable(original), .. legs.Select(leg => leg.Account)];
        if (channel is { } name)
        {
            accounts.Add(ChartOfAccounts.Clearing(name));
            transfers.Add(Transfer.Single($"{reversalId}/cash", Payable(original).Id, ChartOfAccounts.Clearing(name).Id,
                original.Cash, ChartOfAccounts.Movements.CashPartReversed, Record(reversalId)));
        }
        return CommitAsync(reversalId, accounts, transfers, ct);
    }

    /// <summary>Commits, or finds committed; when the ledger booked it is what counts, also on a repeat.</summary>
    private async Task<DateTimeOffset> CommitAsync(
        string id, IReadOnlyList<Account> accounts, IReadOnlyList<Transfer> transfers, CancellationToken ct)
    {
        if (transfers.Count == 0)
            return clock.GetUtcNow();
        var result = await store.Journal.SubmitAsync(new JournalRequest(transfers) { Accounts = accounts }, ct);
        if (result is not JournalResult.Committed)
            throw Unexpected(id, result);
        return (await store.Journal.FindTransferAsync(transfers[0].Id, ct))!.BookedAt;
    }

    private static List<Leg> Legs(SettlementRow settlement, PreSettlement parts)
    {
        var legs = parts.FundPayments
            .Where(fund => fund.FundPayamtFen > 0 && fund.FundPayType != PersonalAccountPayType)
            .Select(fund => new Leg(
                $"fund-{fund.FundPayType}", ChartOfAccounts.Fund(settlement.InsuredPlace, fund.FundPayType),
                new Money(fund.FundPayamtFen), ChartOfAccounts.Movements.FundPart,
                ChartOfAccounts.Movements.FundPartReversed))
            .ToList();
        if (parts.Breakdown.AcctPayFen > 0)
            legs.Add(new Leg(
                "account", ChartOfAccounts.Personal(settlement.InsuredPlace, settlement.Subject, settlement.Scheme),
                new Money(parts.Breakdown.AcctPayFen), ChartOfAccounts.Movements.AccountPart,
                ChartOfAccounts.Movements.AccountPartReversed));
        return legs;
    }

    private static Account Payable(SettlementRow settlement) => ChartOfAccounts.Institution(settlement.InstitutionId);

    private static string HoldId(string settlementId, Leg leg) => $"{settlementId}/{leg.Name}";

    private static string Record(string settlementId) => $"settlement/{settlementId}";

    private static InvalidOperationException Unexpected(string id, JournalResult result) =>
        new($"The ledger answered {result} for settlement {id}.");

    private sealed record Leg(string Name, Account Account, Money Amount, int Movement, int ReverseMovement);
}
