using Ecert.Certificates;
using Ecert.Certificates.Suites;
using Ecert.Identity.Signer;
using Ecert.Identity.Storage;
using Ecert.Identity.Subjects;
using Ecert.Identity.Trust;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Issuance;

/// <summary>
/// One living certificate per citizen. The same holder key and the same insured place get the same certificate again; a
/// new key (a new phone) or a new place gets a new one, and the old one is revoked. After a certificate was
/// suspended or revoked, only an activation that came later gets another: whoever found a lost phone has its tokens,
/// but not the face.
/// </summary>
internal sealed class CertificateIssuance(
    IDbContextFactory<IdentityDatabase> databases, DataVault vault, DocumentSigners signers, SignedLists lists,
    TimeProvider clock, RandomSource random, ILogger<CertificateIssuance> log)
{
    private const int TriesPerList = 8;
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>The certificate for this key, under the permission that the grant stands for.</summary>
    public async Task<IssuanceOutcome> IssueAsync(string grantId, PublicKey holder, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        await using var transaction = await database.Database.BeginTransactionAsync(ct);
        var grant = await database.Grants.AsNoTracking().SingleAsync(row => row.GrantId == grantId, ct);
        var subject = grant.SubjectId;
        var citizen = await database.Citizens.AsNoTracking().SingleAsync(row => row.SubjectId == subject, ct);
        var person = vault.Open<Person>(Person.Purpose(subject), citizen.SealedPerson);
        var place = DivisionCode.Parse(person.InsuredPlace);
        if (signers.Find(place.Province) is not { } issuer)
            return new IssuanceOutcome.ProvinceNotServed();
        var living = await database.Certificates
            .SingleOrDefaultAsync(row => row.SubjectId == subject && row.RevokedAt == null, ct);
        if (living is not null && StillFits(living, holder, person))
        {
            living.GrantId = grantId;
            await database.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new IssuanceOutcome.Issued(living.Encoded);
        }
        if (await WasClosedAfterAsync(database, subject, grant.ConsentedAt, ct))
            return new IssuanceOutcome.MustActivateAgain();
        if (living is not null)
            await RetireAsync(database, living, ct);
        var issued = await NewAsync(database, issuer, grant, person, holder, ct);
        await transaction.CommitAsync(ct);
        if (living is not null)
            lists.Forget(living.Division, living.StatusIndex);
        log.CertificateIssued(issued.CertificateId, issued.Division);
        return new IssuanceOutcome.Issued(issued.Encoded);
    }

    private bool StillFits(CertificateRow living, PublicKey holder, Person person) =>
        living.HolderThumbprint == holder.JwkThumbprint()
        && living.SuspendedAt is null
        && living.ExpiresAt > clock.GetUtcNow()
        && SignedCertificate.TryRead(living.Encoded, out var certificate, out _)
        && certificate.Claims.InsuredPlace.Value == person.InsuredPlace
        && certificate.Claims.Scheme == person.Scheme;

    private static Task<bool> WasClosedAfterAsync(
        IdentityDatabase database, string subject, DateTimeOffset consent, CancellationToken ct) =>
        database.Certificates.AnyAsync(
            row => row.SubjectId == subject && (row.RevokedAt > consent || row.SuspendedAt > consent), ct);

    // Saved on its own: the database allows one living certificate at any moment of the transaction.
    private async Task RetireAsync(IdentityDatabase database, CertificateRow living, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        living.RevokedAt = now;
        database.StatusChanges.Add(StatusChanges.Entry(living, "revoked", now, "replaced by a newer one"));
        await database.SaveChangesAsync(ct);
        log.CertificateReplaced(living.CertificateId);
    }

    private async Task<CertificateRow> NewAsync(
        IdentityDatabase database, CertificateIssuer issuer, GrantRow grant, Person person, PublicKey holder,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var place = await FreePlaceAsync(database, issuer.Division, ct);
        var id = new CertificateId(random.NewId(now));
        var status = new StatusReference(place / SignedLists.StatusesPerList, place % SignedLists.StatusesPerList);
        var certificate = await issuer.IssueAsync(
            new CertificateClaims(
                issuer.Division, id, new SubjectId(grant.SubjectId), now, now, now + Life,
                DivisionCode.Parse(person.InsuredPlace), person.Scheme, AssuranceLevel.FaceChecked, holder, status),
            ct);
        var row = new CertificateRow
        {
            CertificateId = id.Value,
            SubjectId = grant.SubjectId,
            Division = issuer.Division.Value,
            StatusIndex = place,
            HolderThumbprint = holder.JwkThumbprint(),
            Encoded = certificate.Bytes.ToArray(),
            IssuedAt = now,
            ExpiresAt = now + Life,
            GrantId = grant.GrantId,
        };
        database.Certificates.Add(row);
        await database.SaveChangesAsync(ct);
        return row;
    }

    // Random, so that neighbours in the list have nothing in common. A list in which eight tries in a row are taken is
    // nearly full, and the next one is begun.
    private async Task<int> FreePlaceAsync(IdentityDatabase database, DivisionCode division, CancellationToken ct)
    {
        var list = await lists.LastListAsync(division, ct);
        for (var attempt = 1; ; attempt++)
        {
            var place = list * SignedLists.StatusesPerList + RandomPlace();
            if (!await database.Certificates.AnyAsync(
                row => row.Division == division.Value && row.StatusIndex == place, ct))
                return place;
            if (attempt % TriesPerList == 0)
                list++;
        }
    }

    private int RandomPlace() => BitConverter.ToInt32(random.Bytes(4)) & (SignedLists.StatusesPerList - 1);
}

/// <summary>How a request for a certificate ends.</summary>
internal abstract record IssuanceOutcome
{
    private IssuanceOutcome() { }

    /// <summary>The certificate.</summary>
    public sealed record Issued(byte[] Certificate) : IssuanceOutcome;

    /// <summary>The citizen's province has no issuer here.</summary>
    public sealed record ProvinceNotServed : IssuanceOutcome;

    /// <summary>A certificate was suspended, revoked or replaced since the citizen gave this permission.</summary>
    public sealed record MustActivateAgain : IssuanceOutcome;
}
