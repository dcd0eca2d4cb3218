using Ecert.Gateway.Janitor;
using Ecert.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>Payments and refunds that hang, or whose purpose has not been told how they ended.</summary>
internal sealed class UnfinishedPayments(
    IDbContextFactory<GatewayDb> databases, PaymentOrders orders, PaymentRefunds refunds, PurposeNotices notices,
    TimeProvider clock) : IUnfinishedBusiness
{
    private const int AtOnce = 100;

    public async Task<IReadOnlyList<UnfinishedRecord>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var payments = await db.Set<PaymentRow>().AsNoTracking().Where(row => row.NextCheckAt <= now)
            .OrderBy(row => row.NextCheckAt).Take(AtOnce).ToListAsync(ct);
        var openRefunds = await db.Set<RefundRow>().AsNoTracking().Where(row => row.NextCheckAt <= now)
            .OrderBy(row => row.NextCheckAt).Take(AtOnce).ToListAsync(ct);
        return
        [
            .. payments.Select(payment => new UnfinishedRecord(payment.Id, token => GoOnAsync(payment, token))),
            .. openRefunds.Select(refund => new UnfinishedRecord(refund.Id, token => GoOnAsync(refund, token))),
        ];
    }

    private Task GoOnAsync(PaymentRow payment, CancellationToken ct) =>
        payment.IsFinal ? orders.FinishAsync(payment, ct) : orders.CheckAsync(payment.Id, ct);

    private async Task GoOnAsync(RefundRow refund, CancellationToken ct)
    {
        if (refund.IsFinal)
            await notices.TellAsync(await orders.LoadAsync(refund.PaymentId, ct), refund, ct);
        else
            await refunds.CheckAsync(refund.Id, ct);
    }
}
