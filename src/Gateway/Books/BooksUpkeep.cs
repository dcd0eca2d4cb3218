using Ecert.Gateway.Storage;

namespace Ecert.Gateway.Books;

/// <summary>
/// Keeps the ledger's house: lets holds lapse on time, and proves the books from their rows alone again and again. A
/// broken invariant is the loudest thing this system can say.
/// </summary>
internal sealed class BooksUpkeep(JournalStore store, TimeProvider clock, ILogger<BooksUpkeep> logger)
    : BackgroundService
{
    private static readonly TimeSpan ExpireEvery = TimeSpan.FromMinutes(1);
    private const int ProveEveryRounds = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ExpireEvery);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                await store.Journal.ExpireAsync(stoppingToken);
                if (round % ProveEveryRounds == 0)
                    await ProveAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                BooksLog.UpkeepFailed(logger, exception);
            }
        }
    }

    /// <summary>Proves the books now.</summary>
    /// <returns>True when every invariant holds.</returns>
    public async Task<bool> ProveAsync(CancellationToken ct)
    {
        var violations = await store.Journal.AuditAsync(clock.GetUtcNow(), ct);
        foreach (var violation in violations)
            BooksLog.InvariantBroken(logger, violation.Rule.ToString(), violation.Subject, violation.Words);
        return violations.Count == 0;
    }
}

/// <summary>What the books say.</summary>
internal static partial class BooksLog
{
    [LoggerMessage(702, LogLevel.Error, "The ledger's upkeep failed; it is tried again in a minute.")]
    public static partial void UpkeepFailed(ILogger logger, Exception exception);

    [LoggerMessage(701, LogLevel.Critical, "The ledger breaks {Rule} at {Subject}: {Words}")]
    public static partial void InvariantBroken(ILogger logger, string rule, string subject, string words);
}
