using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Storage;

/// <summary>Deletes what has expired, once a minute.</summary>
internal sealed class ExpirySweep(
    IDbContextFactory<IdentityDatabase> databases, TimeProvider clock, ILogger<ExpirySweep> log) : BackgroundService
{
    // A used code or token is kept this long past its end: a late second use still revokes the grant.
    private static readonly TimeSpan MemoryOfUse = TimeSpan.FromDays(30);

    // A one-time code lives a minute; an hour later nobody holds it up any more.
    private static readonly TimeSpan MemoryOfCodes = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (DbException failure)
            {
                log.SweepFailed(failure);
            }
        }
    }

    /// <summary>One round.</summary>
    internal async Task SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var forgotten = now - MemoryOfUse;
        var pastCodes = now - MemoryOfCodes;
        await using var database = await databases.CreateDbContextAsync(ct);
        await database.UsedIdentifiers.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await database.PushedRequests.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await database.Activations.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await database.Codes.Where(row => row.ExpiresAt < forgotten).ExecuteDeleteAsync(ct);
        await database.OneTimeCodes.Where(row => row.ExpiresAt < pastCodes).ExecuteDeleteAsync(ct);
        await database.RefreshTokens.Where(row => row.ExpiresAt < forgotten).ExecuteDeleteAsync(ct);
    }
}
