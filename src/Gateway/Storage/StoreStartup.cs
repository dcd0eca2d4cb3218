using Ecert.Gateway.Edge;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Storage;

/// <summary>
/// Brings the stores up to date before anything is served: migrations (under EF Core's own lock) and registrations.
/// </summary>
internal sealed class StoreStartup(
    IDbContextFactory<GatewayDb> databases, JournalStore journal, GatewayOptions options, EdgeSteps steps,
    ILogger<StoreStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await journal.OpenAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        // Readers do not wait for the writer; durable at every commit.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await RegisterAsync(db, cancellationToken);
        EdgeLog.StepsInOrder(logger, string.Join(", ", steps.InOrder.Select(step => step.Purpose).Append("deadline")));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RegisterAsync(GatewayDb db, CancellationToken ct)
    {
        foreach (var registered in options.Institutions)
        {
            var row = await db.Set<InstitutionRow>().SingleOrDefaultAsync(known => known.Id == registered.Id, ct);
            if (row is null)
                db.Add(new InstitutionRow
                {
                    Id = registered.Id, Name = registered.Name, Kind = registered.Kind, Division = registered.Division,
                    Level = registered.Level,
                });
            else
                (row.Name, row.Level) = (registered.Name, registered.Level);
        }
        await db.SaveChangesAsync(ct);
    }
}
