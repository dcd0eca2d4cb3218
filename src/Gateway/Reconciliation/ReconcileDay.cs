using Ecert.Adapters.Ports;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reconciliation;

/// <summary>
/// Compares one business day with one counterpart and keeps what came of it, in place of what an earlier comparison
/// said.
/// </summary>
internal sealed class ReconcileDay(
    IDbContextFactory<GatewayDb> databases, RandomSource random, TimeProvider clock, ILogger<ReconcileDay> logger)
{
    /// <exception cref="RefusedException">The counterpart has not produced its books of the day yet.</exception>
    public async Task<StatementRow> RunAsync(ICounterpart counterpart, DateOnly day, CancellationToken ct)
    {
        var ours = await counterpart.OursAsync(day, ct);
        var theirs = await TheirsAsync(counterpart, day, ct);
        var differences = Comparison.Of(ours, theirs);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Set<StatementRow>()
            .Where(row => row.Day == day && row.Kind == counterpart.Kind && row.Code == counterpart.Code)
            .ExecuteDeleteAsync(ct);
        await db.Set<DifferenceRow>()
            .Where(row => row.Day == day && row.CounterpartKind == counterpart.Kind && row.Code == counterpart.Code)
            .ExecuteDeleteAsync(ct);
        var statement = Statement(counterpart, day, ours, theirs, differences.Count);
        db.Add(statement);
        db.AddRange(differences.Select(difference => Row(counterpart, day, difference)));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        ReconciliationLog.Compared(logger, day, counterpart.Code, ours.Count, theirs.Count, differences.Count);
        return statement;
    }

    private static async Task<IReadOnlyList<BookLine>> TheirsAsync(
        ICounterpart counterpart, DateOnly day, CancellationToken ct)
    {
        try
        {
            return await counterpart.TheirsAsync(day, ct);
        }
        catch (StatementNotReadyException)
        {
            throw RefusalCatalogue.StatementNotReady.AsRefusal().ToException();
        }
        catch (StatementFailedException)
        {
            throw RefusalCatalogue.CounterpartUnavailable.AsRefusal().ToException();
        }
    }

    private StatementRow Statement(ICounterpart counterpart, DateOnly day, IReadOnlyList<BookLine> ours,
        IReadOnlyList<BookLine> theirs, int differences) => new()
    {
        Day = day, Kind = counterpart.Kind, Code = counterpart.Code,
        OurCount = ours.Count(IsPayment), OurAmountFen = Sum(ours.Where(IsPayment)),
        OurRefundCount = ours.Count(IsRefund), OurRefundFen = -Sum(ours.Where(IsRefund)),
        TheirCount = theirs.Count(IsPayment), TheirAmountFen = Sum(theirs.Where(IsPayment)),
        TheirRefundCount = theirs.Count(IsRefund), TheirRefundFen = -Sum(theirs.Where(IsRefund)),
        DifferenceCount = differences, ComparedAt = clock.GetUtcNow(),
    };

    private DifferenceRow Row(ICounterpart counterpart, DateOnly day, FoundDifference difference)
    {
        var now = clock.GetUtcNow();
        return new DifferenceRow
        {
            Id = random.NewId(now), Day = day, CounterpartKind = counterpart.Kind, Code = counterpart.Code,
            Kind = difference.Kind,
            OurNumber = (difference.Ours ?? difference.Theirs)!.OurNumber,
            TheirNumber = difference.Theirs?.TheirNumber ?? difference.Ours!.TheirNumber,
            OurAmountFen = difference.Ours?.Amount.Fen ?? 0, TheirAmountFen = difference.Theirs?.Amount.Fen ?? 0,
            OurState = difference.Ours?.State ?? "", TheirState = difference.Theirs?.State ?? "", FoundAt = now,
        };
    }

    private static bool IsPayment(BookLine line) => !line.Amount.IsNegative;

    private static bool IsRefund(BookLine line) => line.Amount.IsNegative;

    private static long Sum(IEnumerable<BookLine> lines) => Money.Sum(lines.Select(line => line.Amount)).Fen;
}

/// <summary>What reconciliation says.</summary>
internal static partial class ReconciliationLog
{
    [LoggerMessage(601, LogLevel.Information,
        "{Day} was compared with {Code}: {Ours} lines of ours, {Theirs} of theirs, {Differences} differences.")]
    public static partial void Compared(
        ILogger logger, DateOnly day, string code, int ours, int theirs, int differences);

    [LoggerMessage(602, LogLevel.Warning, "{Day} could not be compared with {Code} yet; it is tried again.")]
    public static partial void NotYet(ILogger logger, DateOnly day, string code, Exception exception);
}
