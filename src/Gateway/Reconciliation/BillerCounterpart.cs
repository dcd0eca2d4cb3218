using Ecert.Adapters.Ports;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Books;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reconciliation;

/// <summary>A biller: its write-offs against ours, and each of ours against the ledger.</summary>
internal sealed class BillerCounterpart(IBiller biller, IDbContextFactory<GatewayDb> databases, JournalStore journal)
    : ICounterpart
{
    public CounterpartKind Kind => CounterpartKind.Biller;

    public string Code => biller.BillerId;

    public async Task<IReadOnlyList<BookLine>> OursAsync(DateOnly day, CancellationToken ct)
    {
        var (from, to) = (BeijingDays.Start(day), BeijingDays.Start(day.AddDays(1)));
        await using var db = await databases.CreateDbContextAsync(ct);
        var bills = await db.Set<BillPaymentRow>().AsNoTracking()
            .Where(row => row.BillerId == biller.BillerId && row.WrittenOffAt >= from && row.WrittenOffAt < to)
                .ToListAsync(ct);
        var lines = new List<BookLine>();
        foreach (var bill in bills)
        {
            var transfers = await journal.Journal.TransfersOfAsync($"bill/{bill.Id}", ct);
            var booked = transfers.Any(one => one.Transfer.CreditAccount == ChartOfAccounts.Biller(bill.BillerId).Id
                && one.Transfer.Amount == bill.Amount);
            lines.Add(new BookLine(
                bill.PaymentId!, bill.BillerNumber ?? "", bill.Amount, booked ? "WRITTEN_OFF" : "NOT_BOOKED", booked));
        }
        return lines;
    }

    public async Task<IReadOnlyList<BookLine>> TheirsAsync(DateOnly day, CancellationToken ct) =>
        [.. (await biller.StatementAsync(day, ct)).Select(
            line => new BookLine(line.OurNumber, line.ChannelNumber, line.Amount, line.State, true))];
}
