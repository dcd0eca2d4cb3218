using System.Globalization;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reconciliation;

/// <summary>A day with a counterpart: compared now if it has not been yet.</summary>
internal sealed class GetDailyStatement(
    Counterparts counterparts, ReconcileDay reconcile, IDbContextFactory<GatewayDb> databases, TimeProvider clock)
{
    public async Task<GetDailyStatementResponse> RunAsync(GetDailyStatementRequest request, CancellationToken ct)
    {
        var (day, counterpart) = Read(request.BusinessDate, request.Counterpart);
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Set<StatementRow>().AsNoTracking().SingleOrDefaultAsync(
            one => one.Day == day && one.Kind == counterpart.Kind && one.Code == counterpart.Code, ct)
            ?? await reconcile.RunAsync(counterpart, day, ct);
        return new GetDailyStatementResponse { Statement = ToMessage(row) };
    }

    /// <summary>Reads a day and a counterpart as requests name them; every fault at once.</summary>
    public (DateOnly Day, ICounterpart Counterpart) Read(string businessDate, Counterpart? named)
    {
        var isDay = DateOnly.TryParseExact(
            businessDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        var counterpart = named is null ? null : counterparts.Find(named.Kind, named.Code);
        new RequestChecks()
            .Require(isDay && RequestChecks.IsDay(day) && day < BeijingDays.Of(clock.GetUtcNow()), "business_date",
                "yyyy-MM-dd, a day that is over in Beijing")
            .Require(counterpart is not null, "counterpart", "a counterpart this gateway has, by kind and code")
            .ThrowIfAny();
        return (day, counterpart!);
    }

    private static DailyStatement ToMessage(StatementRow row) => new()
    {
        BusinessDate = row.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Counterpart = new Counterpart { Kind = row.Kind, Code = row.Code },
        State = row.DifferenceCount == 0 ? StatementState.Agreed : StatementState.DifferencesOpen,
        Ours = new StatementTotals
        {
            Count = row.OurCount, AmountFen = row.OurAmountFen, RefundCount = row.OurRefundCount,
            RefundAmountFen = row.OurRefundFen,
        },
        Theirs = new StatementTotals
        {
            Count = row.TheirCount, AmountFen = row.TheirAmountFen, RefundCount = row.TheirRefundCount,
            RefundAmountFen = row.TheirRefundFen,
        },
        DifferenceCount = row.DifferenceCount,
        OpenDifferenceCount = row.DifferenceCount,
        CompareTime = row.ComparedAt.ToTimestamp(),
    };
}
