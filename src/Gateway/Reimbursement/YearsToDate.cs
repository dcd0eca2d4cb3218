using System.Text.Json;
using Ecert.Gateway.Storage;
using Ecert.Insurance;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// What a person's settlements of one medical year sum to, by the rows alone: those under way count, those that failed
/// do not, and a reversal counts against what it reverses.
/// </summary>
internal static class YearsToDate
{
    /// <summary>The sums of the medical year that a day of care falls in.</summary>
    public static async Task<YearToDate> SumAsync(
        GatewayDb db, string subject, string scheme, PolicyPack pack, DateOnly day, CancellationToken ct)
    {
        var start = pack.MedicalYearOf(day);
        var from = BeijingDays.Start(start);
        var to = BeijingDays.Start(start.AddYears(1));
        var rows = await db.Set<SettlementRow>().AsNoTracking()
            .Where(row => row.Subject == subject && row.Scheme == scheme && row.CareAt >= from && row.CareAt < to
                && row.Stage != SettlementStage.Failed)
            .Select(row => row.Counters).ToListAsync(ct);
        return rows.Aggregate(YearToDate.Empty, (sum, counters) => sum.Plus(Read(counters)));
    }

    /// <summary>Counters as a row keeps them.</summary>
    public static string Write(IReadOnlyDictionary<string, long> counters) => JsonSerializer.Serialize(counters);

    /// <summary>Counters as a row kept them.</summary>
    public static Dictionary<string, long> Read(string counters) =>
        JsonSerializer.Deserialize<Dictionary<string, long>>(counters)!;
}
