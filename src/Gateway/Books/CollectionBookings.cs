using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Gateway.Storage;
using Ecert.Ledger;

namespace Ecert.Gateway.Books;

/// <summary>
/// Fares and bills in the ledger: what was collected for others. Ids follow from the business record's.
/// </summary>
internal sealed class CollectionBookings(JournalStore store)
{
    /// <summary>A ride ended: the operator is owed the fare, which is to be collected.</summary>
    public Task AccrueFareAsync(string tripId, string operatorId, Money fare, CancellationToken ct) => BookAsync(
        ChartOfAccounts.FareReceivable(operatorId), ChartOfAccounts.Transit(operatorId), $"{tripId}/fare", fare,
        ChartOfAccounts.Movements.FareAccrued, $"trip/{tripId}", ct);

    /// <summary>The fare came in.</summary>
    public Task CollectFareAsync(
        string tripId, string operatorId, Money fare, ChannelName channel, CancellationToken ct) =>
        BookAsync(
            ChartOfAccounts.Clearing(channel), ChartOfAccounts.FareReceivable(operatorId), $"{tripId}/collected", fare,
            ChartOfAccounts.Movements.FareCollected, $"trip/{tripId}", ct);

    /// <summary>A bill was paid: the biller is owed it.</summary>
    public Task CollectBillAsync(
        string billPaymentId, string billerId, Money amount, ChannelName channel, CancellationToken ct) =>
        BookAsync(
            ChartOfAccounts.Clearing(channel), ChartOfAccounts.Biller(billerId), $"{billPaymentId}/collected", amount,
            ChartOfAccounts.Movements.BillCollected, $"bill/{billPaymentId}", ct);

    /// <summary>A bill's payment went back to the payer.</summary>
    public Task ReturnBillAsync(
        string billPaymentId, string billerId, Money amount, ChannelName channel, CancellationToken ct) =>
        BookAsync(
            ChartOfAccounts.Biller(billerId), ChartOfAccounts.Clearing(channel), $"{billPaymentId}/returned", amount,
            ChartOfAccounts.Movements.BillReturned, $"bill/{billPaymentId}", ct);

    private async Task BookAsync(Account debit, Account credit, string id, Money amount, int movement, string record,
        CancellationToken ct)
    {
        var result = await store.Journal.SubmitAsync(
            JournalRequest.Of(Transfer.Single(id, debit.Id, credit.Id, amount, movement, record))
                with { Accounts = [debit, credit] },
            ct);
        if (result is not JournalResult.Committed)
            throw new InvalidOperationException($"The ledger answered {result} for {record}.");
    }
}
