using Ecert.Gateway.Edge;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reimbursement;

/// <summary>One settlement, to the institution that made it and nobody else.</summary>
internal sealed class GetSettlement(IDbContextFactory<GatewayDb> databases)
{
    public async Task<Settlement> RunAsync(string settlementId, Caller.Institution institution, CancellationToken ct)
    {
        new RequestChecks().RequireText(settlementId, "settlement_id", 30).ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Set<SettlementRow>().AsNoTracking().SingleOrDefaultAsync(
            one => one.Id == settlementId && one.InstitutionId == institution.Id.Value, ct)
            ?? throw RefusalCatalogue.SettlementNotFound.AsRefusal().ToException();
        var number = await db.Set<InsuredPersonRow>().Where(person => person.Subject == row.Subject)
            .Select(person => person.PersonNumber).SingleAsync(ct);
        var payment = row.PaymentId is null
            ? null
            : await db.Set<PaymentRow>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == row.PaymentId, ct);
        var refundId = row.IsReversal ? row.Id : row.ReversalId;
        var refund = refundId is null
            ? null
            : await db.Set<RefundRow>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == refundId, ct);
        return SettlementMessages.ToMessage(row, number, payment, refund);
    }
}
