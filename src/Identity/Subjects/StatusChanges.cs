using Ecert.Identity.Storage;
using Ecert.Identity.Trust;
using Ecert.Kernel.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Subjects;

/// <summary>
/// <c>GET /status-changes?after=N</c>: the log of suspensions, lifted suspensions and revocations from number N on, 500
/// at most, and the log's last number; without <c>after</c> that number alone. For the gateway alone.
/// </summary>
internal sealed class StatusChanges(IDbContextFactory<IdentityDatabase> databases, SignedLists lists)
{
    private const int LongestPage = 500;

    /// <summary>Routes the log.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/status-changes", ListAsync).AddEndpointFilter<ForGatewayOnly>();

    /// <summary>What the log says of a change; the caller adds it in the transaction of the change itself.</summary>
    public static StatusChangeRow Entry(
        CertificateRow certificate, string state, DateTimeOffset at, string? reason) => new()
    {
        CertificateId = certificate.CertificateId,
        Division = certificate.Division,
        StatusIndex = certificate.StatusIndex,
        State = state,
        ChangedAt = at,
        Reason = reason,
    };

    private async Task<IResult> ListAsync(HttpContext context, long? after, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        await using var database = await databases.CreateDbContextAsync(ct);
        // Before the page, so that nothing written in between is passed over.
        var last = await database.StatusChanges.MaxAsync(row => (long?)row.Sequence, ct) ?? 0;
        var rows = after is null
            ? []
            : await database.StatusChanges.AsNoTracking().Where(row => row.Sequence > after)
                .OrderBy(row => row.Sequence).Take(LongestPage).ToListAsync(ct);
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["last"] = last,
            ["changes"] = rows.Select(Describe),
        });
    }

    private Dictionary<string, object> Describe(StatusChangeRow row) => new()
    {
        ["sequence"] = row.Sequence,
        ["certificate_id"] = row.CertificateId,
        ["state"] = row.State,
        ["division"] = row.Division,
        ["status_list_uri"] = $"{lists.StatusListsOf(DivisionCode.Parse(row.Division)).OriginalString}/"
            + $"{row.StatusIndex / SignedLists.StatusesPerList}",
        ["status_list_index"] = row.StatusIndex % SignedLists.StatusesPerList,
        ["changed_at_milliseconds"] = row.ChangedAt.ToUnixTimeMilliseconds(),
    };
}
