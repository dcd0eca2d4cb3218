using System.Globalization;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reconciliation;

/// <summary>What a day's comparison found, oldest first.</summary>
internal sealed class ListDifferences(GetDailyStatement statements, IDbContextFactory<GatewayDb> databases)
{
    private const int LargestPage = 1_000;

    public async Task<ListDifferencesResponse> RunAsync(ListDifferencesRequest request, CancellationToken ct)
    {
        var (day, counterpart) = statements.Read(request.BusinessDate, request.Counterpart);
        new RequestChecks()
            .Require(request.PageSize is >= 0 and <= LargestPage, "page_size", $"0 (the default) to {LargestPage}")
            .Require(request.PageToken.Length <= 26, "page_token", "a next_page_token as it was given")
            .ThrowIfAny();
        var size = request.PageSize == 0 ? LargestPage : request.PageSize;
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Set<DifferenceRow>().AsNoTracking()
            .Where(row => row.Day == day && row.CounterpartKind == counterpart.Kind && row.Code == counterpart.Code
                && (request.Kind == DifferenceKind.Unspecified || row.Kind == request.Kind)
                && row.Id.CompareTo(request.PageToken) > 0)
            .OrderBy(row => row.Id).Take(size + 1).ToListAsync(ct);
        var response = new ListDifferencesResponse { NextPageToken = rows.Count > size ? rows[size - 1].Id : "" };
        response.Differences.AddRange(rows.Take(size).Select(ToMessage));
        return response;
    }

    private static Difference ToMessage(DifferenceRow row) => new()
    {
        DifferenceId = row.Id, BusinessDate = row.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Counterpart = new Counterpart { Kind = row.CounterpartKind, Code = row.Code }, Kind = row.Kind,
        OurNumber = row.OurNumber, TheirNumber = row.TheirNumber, OurAmountFen = row.OurAmountFen,
        TheirAmountFen = row.TheirAmountFen, OurState = row.OurState, TheirState = row.TheirState,
        CreateTime = row.FoundAt.ToTimestamp(),
    };
}
