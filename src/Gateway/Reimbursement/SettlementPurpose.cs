using Ecert.Gateway.Janitor;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reimbursement;

/// <summary>What a settlement does with the news of its cash part, and the settlements that were cut short.</summary>
internal sealed class SettlementPurpose(
    SettlementSaga settlements, ReversalSaga reversals, IDbContextFactory<GatewayDb> databases, TimeProvider clock)
    : IPaymentPurpose, IUnfinishedBusiness
{
    public const string Name = "settlement";

    public string Kind => Name;

    public async Task PaidAsync(PaymentRow payment, CancellationToken ct) =>
        await settlements.CompleteAsync(await settlements.LoadAsync(payment.BusinessId, ct), payment.Channel, ct);

    public async Task NotPaidAsync(PaymentRow payment, CancellationToken ct) => await settlements.FailAsync(
        await settlements.LoadAsync(payment.BusinessId, ct), "The cash part was not paid.", ct);

    public Task RefundEndedAsync(PaymentRow payment, RefundRow refund, CancellationToken ct) =>
        reversals.RefundEndedAsync(payment, refund, ct);

    public async Task<IReadOnlyList<UnfinishedRecord>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = await db.Set<SettlementRow>().AsNoTracking().Where(row => row.NextStepAt <= now)
            .OrderBy(row => row.NextStepAt).Take(100).Select(row => new { row.Id, row.OriginalId }).ToListAsync(ct);
        return
        [
            .. due.Select(row => new UnfinishedRecord(row.Id, token => row.OriginalId is null
                ? settlements.ContinueAsync(row.Id, token)
                : reversals.ContinueAsync(row.Id, token))),
        ];
    }
}
