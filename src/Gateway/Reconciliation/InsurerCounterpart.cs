using Ecert.Gateway.Books;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;
using Ecert.Ledger;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reconciliation;

/// <summary>
/// A province whose rules run here: its books are the ledger's fund and personal accounts, so the insurer's statement
/// is read from them, and our settlements are held against it one by one.
/// </summary>
internal sealed class InsurerCounterpart(
    DivisionCode province, IDbContextFactory<GatewayDb> databases, JournalStore journal)
    : ICounterpart
{
    private const int PageSize = 1_000;

    public CounterpartKind Kind => CounterpartKind.Insurer;

    public string Code => province.Value;

    public async Task<IReadOnlyList<BookLine>> OursAsync(DateOnly day, CancellationToken ct)
    {
        var (from, to) = (BeijingDays.Start(day), BeijingDays.Start(day.AddDays(1)));
        var prefix = province.Value[..2];
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Set<SettlementRow>().AsNoTracking()
            .Where(row => row.CompletedAt >= from && row.CompletedAt < to && row.InsuredPlace.StartsWith(prefix)
                && row.Stage != SettlementStage.Failed && row.FundFen + row.AccountFen != 0)
            .ToListAsync(ct);
        return [.. rows.Select(row => new BookLine(
            row.Id, row.Id, new Money(row.FundFen + row.AccountFen), row.Stage.ToString(), true))];
    }

    public async Task<IReadOnlyList<BookLine>> TheirsAsync(DateOnly day, CancellationToken ct)
    {
        var sums = new Dictionary<string, Money>(StringComparer.Ordinal);
        var page = "";
        do
        {
            var transfers = await journal.Journal.TransfersOfDayAsync(day, page, PageSize, ct);
            foreach (var booked in transfers.Transfers)
                if (PaidByInsurer(booked) is { } amount)
                    sums[booked.Transfer.BusinessRecord] =
                        sums.GetValueOrDefault(booked.Transfer.BusinessRecord) + amount;
            page = transfers.NextPageToken;
        }
        while (page.Length > 0);
        return [.. sums.Select(
            sum => new BookLine(sum.Key["settlement/".Length..], sum.Key, sum.Value, "BOOKED", true))];
    }

    /// <summary>
    /// What a movement took from this province's funds and personal accounts; negative when it gave back.
    /// </summary>
    private Money? PaidByInsurer(BookedTransfer booked)
    {
        var transfer = booked.Transfer;
        if (!transfer.BusinessRecord.StartsWith("settlement/", StringComparison.Ordinal)
            || transfer.Kind is TransferKind.Pending or TransferKind.VoidPending)
            return null;
        if (IsOurs(transfer.DebitAccount))
            return transfer.Amount;
        return IsOurs(transfer.CreditAccount) ? -transfer.Amount : null;
    }

    private bool IsOurs(string account) => account.StartsWith($"fund/{province.Value[..2]}", StringComparison.Ordinal)
        || account.StartsWith($"personal/{province.Value[..2]}", StringComparison.Ordinal);
}
