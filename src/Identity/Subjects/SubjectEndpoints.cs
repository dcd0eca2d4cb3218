using Ecert.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Subjects;

/// <summary>
/// <c>GET /subjects/{subject}</c>: who a pseudonym is. For the gateway alone, by its TLS certificate.
/// </summary>
internal sealed class SubjectEndpoints(
    IDbContextFactory<IdentityDatabase> databases, DataVault vault, TimeProvider clock)
{
    /// <summary>Routes the look-up.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/subjects/{subject}", FindAsync)
        .AddEndpointFilter<ForGatewayOnly>();

    private async Task<IResult> FindAsync(HttpContext context, string subject, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        var citizen = await database.Citizens.AsNoTracking().SingleOrDefaultAsync(row => row.SubjectId == subject, ct);
        if (citizen is null)
            return TypedResults.NotFound();
        var certificate = await database.Certificates.AsNoTracking().Where(row => row.SubjectId == subject)
            .OrderBy(row => row.RevokedAt != null).ThenByDescending(row => row.IssuedAt).FirstOrDefaultAsync(ct);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(Describe(citizen, certificate));
    }

    private Dictionary<string, object?> Describe(CitizenRow citizen, CertificateRow? certificate)
    {
        var person = vault.Open<Person>(Person.Purpose(citizen.SubjectId), citizen.SealedPerson);
        return new Dictionary<string, object?>
        {
            ["subject"] = citizen.SubjectId,
            ["name"] = person.Name,
            ["document_kind"] = DocumentKinds.Word(person.DocumentKind),
            ["document_number"] = person.DocumentNumber,
            ["person_number"] = person.PersonNumber,
            ["insured_place"] = person.InsuredPlace,
            ["insutype"] = person.Scheme,
            ["psn_type"] = person.PersonType,
            ["certificate_id"] = certificate?.CertificateId,
            ["certificate_state"] = certificate is null ? null : certificate.StateAt(clock.GetUtcNow()),
            ["certificate_expires_at"] = certificate?.ExpiresAt.ToUnixTimeSeconds(),
        };
    }
}
