using Ecert.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reconciliation;

/// <summary>
/// Every day, once the bills are out, compares the day before with everybody; what was not ready is tried again.
/// </summary>
internal sealed class DailyReconciliation(
    Counterparts counterparts, ReconcileDay reconcile, IDbContextFactory<GatewayDb> databases, TimeProvider clock,
    ILogger<DailyReconciliation> logger) : BackgroundService
{
    /// <summary>Channels publish their bills by ten in the morning.</summary>
    private static readonly TimeSpan BillsOut = new(10, 15, 0);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            var today = BeijingDays.Of(now);
            if (now - BeijingDays.Start(today) >= BillsOut)
                await CompareAsync(today.AddDays(-1), stoppingToken);
        }
    }

    private async Task CompareAsync(DateOnly day, CancellationToken ct)
    {
        foreach (var counterpart in counterparts.All)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(ct);
                var done = await db.Set<StatementRow>().AnyAsync(
                    row => row.Day == day && row.Kind == counterpart.Kind && row.Code == counterpart.Code, ct);
                if (!done)
                    await reconcile.RunAsync(counterpart, day, ct);
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                ReconciliationLog.NotYet(logger, day, counterpart.Code, exception);
            }
        }
    }
}
