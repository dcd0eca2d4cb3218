using Ecert.Identity.Storage;
using Ecert.Identity.Trust;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Subjects;

/// <summary>
/// <c>POST /certificates/{id}/{suspend|resume|revoke}</c>, for the gateway alone: the status list says so from its next
/// signing on. Each may be repeated; a revoked certificate stays revoked.
/// </summary>
internal sealed class CertificateStates(
    IDbContextFactory<IdentityDatabase> databases, SignedLists lists, TimeProvider clock,
    ILogger<CertificateStates> log)
{
    /// <summary>Routes the three verbs.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var certificates = routes.MapGroup("/certificates/{id}").AddEndpointFilter<ForGatewayOnly>();
        certificates.MapPost("suspend", (string id, CancellationToken ct) =>
            ChangeAsync(id, "suspended", row => row.SuspendedAt ??= clock.GetUtcNow(), ct));
        certificates.MapPost("resume", (string id, CancellationToken ct) =>
            ChangeAsync(id, "valid", row => row.SuspendedAt = null, ct));
        certificates.MapPost("revoke", (string id, CancellationToken ct) =>
            ChangeAsync(id, "revoked", row => row.RevokedAt ??= clock.GetUtcNow(), ct));
    }

    private async Task<IResult> ChangeAsync(
        string id, string state, Action<CertificateRow> change, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        var certificate = await database.Certificates.SingleOrDefaultAsync(row => row.CertificateId == id, ct);
        if (certificate is null)
            return TypedResults.NotFound();
        if (certificate.RevokedAt is not null && state != "revoked")
            return TypedResults.Conflict(new { error = "certificate_revoked" });
        change(certificate);
        await database.SaveChangesAsync(ct);
        lists.Forget(certificate.Division, certificate.StatusIndex);
        log.CertificateStateChanged(id, state);
        return TypedResults.NoContent();
    }
}
