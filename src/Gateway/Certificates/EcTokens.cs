using System.Security.Cryptography;
using System.Text;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Certificates;

/// <summary>Issues and redeems <c>ecToken</c>s.</summary>
internal sealed class EcTokens(
    IDbContextFactory<GatewayDb> databases, InsuredPersons persons, RandomSource random, TimeProvider clock,
    GatewayOptions options)
{
    private const int OpaqueBytes = 15;

    /// <summary>
    /// A new token in the national shape: the division that issued it, <c>ec</c>, and 30 opaque characters; 38 in all.
    /// </summary>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> IssueAsync(
        Caller.Institution institution, InsuredPerson person, string businessType, string operatorId,
        CancellationToken ct)
    {
        var token = $"{institution.Division}ec{Convert.ToHexStringLower(random.Bytes(OpaqueBytes))}";
        var row = new EcTokenRow
        {
            Hash = Hash(token), InstitutionId = institution.Id.Value, BusinessType = businessType,
            OperatorId = operatorId,
            Subject = person.Subject, CertificateId = person.CertificateId,
            ExpiresAt = clock.GetUtcNow() + options.EcTokenLifetime,
        };
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return (token, row.ExpiresAt);
    }

    /// <summary>The person a token stands for, to the institution it was issued to and nobody else.</summary>
    public async Task<InsuredPerson> RedeemAsync(string token, Caller.Institution institution, CancellationToken ct)
    {
        var hash = Hash(token);
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Set<EcTokenRow>().AsNoTracking().SingleOrDefaultAsync(
            known => known.Hash == hash && known.InstitutionId == institution.Id.Value && known.ExpiresAt > now, ct)
            ?? throw RefusalCatalogue.EcTokenInvalid.AsRefusal().ToException();
        return await persons.LoadAsync(row.Subject, ct);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
