using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Storage;

/// <summary>Brings the database up to date before the first request; the migration lock keeps replicas apart.</summary>
internal sealed class DatabaseStart(IDbContextFactory<IdentityDatabase> databases) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Database.MigrateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
