using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>One payment, to the party that opened it.</summary>
internal sealed class GetPayment(IDbContextFactory<GatewayDb> databases)
{
    public async Task<Payment> RunAsync(string paymentId, Caller caller, CancellationToken ct)
    {
        new RequestChecks().RequireText(paymentId, "payment_id", 32).ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var payment = await db.Set<PaymentRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == paymentId && row.Party == caller.Party, ct)
            ?? throw RefusalCatalogue.PaymentNotFound.AsRefusal().ToException();
        var refunds = await db.Set<RefundRow>().AsNoTracking().Where(row => row.PaymentId == paymentId)
            .OrderBy(row => row.CreatedAt).ToListAsync(ct);
        return PaymentMessages.ToMessage(payment, refunds);
    }
}
