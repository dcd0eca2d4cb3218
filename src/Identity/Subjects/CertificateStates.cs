using System.Text.Json;
using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Storage;
using Ecert.Identity.Trust;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Subjects;

/// <summary>
/// <c>POST /certificates/{id}/{suspend|resume|revoke}</c>, for the gateway alone: the status list says so from its next
/// signing on, and the log of changes at once. Each may be repeated, and a repeat changes and logs nothing; a revoked
/// certificate stays revoked. A JSON body may give a <c>reason</c>, kept with the change.
/// </summary>
internal sealed class CertificateStates(
    IDbContextFactory<IdentityDatabase> databases, SignedLists lists, TimeProvider clock,
    ILogger<CertificateStates> log)
{
    private const int LongestReason = 200;

    /// <summary>Routes the three verbs.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var certificates = routes.MapGroup("/certificates/{id}").AddEndpointFilter<ForGatewayOnly>();
        certificates.MapPost("suspend", (HttpContext context, string id, CancellationToken ct) =>
            HandleAsync(context, id, "suspended", (row, now) => row.SuspendedAt ??= now, ct));
        certificates.MapPost("resume", (HttpContext context, string id, CancellationToken ct) =>
            HandleAsync(context, id, "valid", (row, _) => row.SuspendedAt = null, ct));
        certificates.MapPost("revoke", (HttpContext context, string id, CancellationToken ct) =>
            HandleAsync(context, id, "revoked", (row, now) => row.RevokedAt ??= now, ct));
    }

    private async Task<IResult> HandleAsync(
        HttpContext context, string id, string state, Action<CertificateRow, DateTimeOffset> change,
        CancellationToken ct)
    {
        string? reason = null;
        if (context.Request.HasJsonContentType())
        {
            var body = await JsonBody.ReadAsync(context, ct);
            reason = body?.Text("reason");
            if (body is null || reason is { Length: 0 or > LongestReason })
                return TypedResults.BadRequest(new { error = "invalid_request" });
        }
        return await ChangeAsync(id, state, reason, change, ct);
    }

    private async Task<IResult> ChangeAsync(
        string id, string state, string? reason, Action<CertificateRow, DateTimeOffset> change, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        // Look and change are one, so that two at once leave one entry in the log.
        await using var transaction = await database.Database.BeginTransactionAsync(ct);
        var certificate = await database.Certificates.SingleOrDefaultAsync(row => row.CertificateId == id, ct);
        if (certificate is null)
            return TypedResults.NotFound();
        if (certificate.RevokedAt is not null && state != "revoked")
            return TypedResults.Conflict(new { error = "certificate_revoked" });
        var now = clock.GetUtcNow();
        change(certificate, now);
        if (!database.ChangeTracker.HasChanges())
            return TypedResults.NoContent();
        database.StatusChanges.Add(StatusChanges.Entry(certificate, state, now, reason));
        await database.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        lists.Forget(certificate.Division, certificate.StatusIndex);
        log.CertificateStateChanged(id, state);
        return TypedResults.NoContent();
    }
}

/// <summary>A certificate's state in a word.</summary>
internal static class CertificateWords
{
    /// <summary><c>valid</c>, <c>suspended</c>, <c>revoked</c> or <c>expired</c>.</summary>
    public static string StateAt(this CertificateRow certificate, DateTimeOffset now) => certificate switch
    {
        { RevokedAt: not null } => "revoked",
        { SuspendedAt: not null } => "suspended",
        _ when certificate.ExpiresAt <= now => "expired",
        _ => "valid",
    };
}

/// <summary>Reads the small JSON objects that the gateway posts.</summary>
internal static class JsonBody
{
    /// <summary>The object, or null when the body is none.</summary>
    public static async Task<Claims?> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (!context.Request.HasJsonContentType())
            return null;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: ct);
            return body.RootElement.ValueKind == JsonValueKind.Object ? new Claims(body.RootElement.Clone()) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }
}
