using Ecert.Certificates;
using Ecert.Identity.Storage;
using Ecert.Kernel.Citizens;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Subjects;

/// <summary>
/// <c>GET /certificates/{id}</c>: one certificate's facts and state. For the gateway alone, by its TLS certificate.
/// </summary>
internal sealed class CertificateFacts(
    IDbContextFactory<IdentityDatabase> databases, DataVault vault, TimeProvider clock)
{
    /// <summary>Routes the look-up.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates/{id}", FindAsync).AddEndpointFilter<ForGatewayOnly>();

    /// <summary>What is told of a certificate; null when there is none with the id. Times are Unix seconds.</summary>
    public async Task<Dictionary<string, object?>?> DescribeAsync(
        IdentityDatabase database, string id, CancellationToken ct)
    {
        var row = await database.Certificates.AsNoTracking().SingleOrDefaultAsync(one => one.CertificateId == id, ct);
        if (row is null)
            return null;
        if (!SignedCertificate.TryRead(row.Encoded, out var certificate, out var fault))
            throw new InvalidOperationException($"A stored certificate no longer reads: {fault}");
        var citizen = await database.Citizens.AsNoTracking().SingleAsync(one => one.SubjectId == row.SubjectId, ct);
        var person = vault.Open<Person>(Person.Purpose(row.SubjectId), citizen.SealedPerson);
        var changed = await database.StatusChanges.Where(one => one.CertificateId == id)
            .MaxAsync(one => (DateTimeOffset?)one.ChangedAt, ct);
        return new Dictionary<string, object?>
        {
            ["certificate_id"] = id,
            ["subject"] = row.SubjectId,
            ["state"] = row.StateAt(clock.GetUtcNow()),
            ["division"] = row.Division,
            ["insured_place"] = certificate.Claims.InsuredPlace.Value,
            ["insutype"] = certificate.Claims.Scheme,
            ["assurance_level"] = (int)certificate.Claims.Assurance,
            ["issuer_suite"] = certificate.Suite.Name,
            ["holder_suite"] = certificate.Claims.HolderKey.Suite.Name,
            ["issued_at"] = row.IssuedAt.ToUnixTimeSeconds(),
            ["expires_at"] = row.ExpiresAt.ToUnixTimeSeconds(),
            ["updated_at"] = (changed ?? row.IssuedAt).ToUnixTimeSeconds(),
            ["masked_name"] = PersonName.Mask(person.Name),
        };
    }

    private async Task<IResult> FindAsync(HttpContext context, string id, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        await using var database = await databases.CreateDbContextAsync(ct);
        return await DescribeAsync(database, id, ct) is { } facts ? TypedResults.Json(facts) : TypedResults.NotFound();
    }
}
