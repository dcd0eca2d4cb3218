using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Eligibility;

/// <summary>What a person's settlements of one medical year sum to, by the rows alone; those under way count, failed ones do not.</summary>
internal static class YearsToDate
{
    public static async Task<YearTotals> SumAsync(
        GatewayDb db, string subject, string scheme, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var groups = await db.Set<SettlementRow>().AsNoTracking()
            .Where(row => row.Subject == subject && row.Scheme == scheme && row.CareAt >= from && row.CareAt < to
                && row.Stage != SettlementStage.Failed)
            .GroupBy(row => row.Inpatient)
            .Select(group => new
            {
                Inpatient = group.Key,
                Scope = group.Sum(row => row.ScopeFen),
                Deductible = group.Sum(row => row.DeductibleFen),
                Pooled = group.Sum(row => row.PooledFen),
                Stays = group.Count(row => row.OriginalId == null && row.ReversalId == null),
            })
            .ToListAsync(ct);
        var outpatient = groups.SingleOrDefault(group => !group.Inpatient);
        var inpatient = groups.SingleOrDefault(group => group.Inpatient);
        return new YearTotals(
            outpatient?.Scope ?? 0, outpatient?.Deductible ?? 0, outpatient?.Pooled ?? 0,
            inpatient?.Scope ?? 0, inpatient?.Deductible ?? 0, inpatient?.Pooled ?? 0, inpatient?.Stays ?? 0);
    }
}

/// <summary>A year's sums in fen.</summary>
internal sealed record YearTotals(
    long OutpatientScopeFen, long OutpatientDeductibleFen, long OutpatientPooledFen,
    long InpatientScopeFen, long InpatientDeductibleFen, long InpatientPooledFen, int InpatientStays);
