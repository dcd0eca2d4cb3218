using Ecert.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>
/// Tells a purpose how its payment or refund ended, and marks it told only afterwards: a crash between the two tells
/// again, which the purpose must bear.
/// </summary>
internal sealed class PurposeNotices(IServiceProvider services, IDbContextFactory<GatewayDb> databases)
{
    public async Task TellAsync(PaymentRow payment, CancellationToken ct)
    {
        var purpose = Purpose(payment);
        await (payment is { State: PaymentState.Succeeded, PaidLate: false }
            ? purpose.PaidAsync(payment, ct)
            : purpose.NotPaidAsync(payment, ct));
        await using var db = await databases.CreateDbContextAsync(ct);
        // Of this state only: cash that came in while the end was told is news of its own.
        await db.Set<PaymentRow>().Where(row => row.Id == payment.Id && row.State == payment.State)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.PurposeTold, true)
                .SetProperty(row => row.NextCheckAt, (DateTimeOffset?)null), ct);
    }

    public async Task TellAsync(PaymentRow payment, RefundRow refund, CancellationToken ct)
    {
        await Purpose(payment).RefundEndedAsync(payment, refund, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Set<RefundRow>().Where(row => row.Id == refund.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.PurposeTold, true).SetProperty(row => row.NextCheckAt, (DateTimeOffset?)null), ct);
    }

    // Resolved late: purposes open payments themselves, so they cannot be constructor arguments here.
    private IPaymentPurpose Purpose(PaymentRow payment) =>
        services.GetServices<IPaymentPurpose>().Single(purpose => purpose.Kind == payment.Purpose);
}
