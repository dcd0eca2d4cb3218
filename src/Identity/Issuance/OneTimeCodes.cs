using Ecert.Certificates;
using Ecert.Certificates.Presentations;
using Ecert.Identity.Authorization;
using Ecert.Identity.Authorization.Token;
using Ecert.Identity.Storage;
using Ecert.Identity.Subjects;
using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Issuance;

/// <summary>
/// <c>POST /one-time-code</c>: 28 digits that stand for the holder's certificate for a minute, once, at terminals that
/// read digits only. Asked with the DPoP-bound token that the certificate was fetched with: a token of an earlier
/// phone gets none. A newer code ends the one before.
/// </summary>
internal sealed class OneTimeCodes(
    IDbContextFactory<IdentityDatabase> databases, PresentedToken presented, DataVault vault, TimeProvider clock,
    RandomSource random, ILogger<OneTimeCodes> log)
{
    public const string Path = "/one-time-code";

    private const int MostPerMinute = 6;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>Routes the endpoint.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, HandleAsync);

    private async Task<IResult> HandleAsync(HttpContext context, CancellationToken ct)
    {
        var (token, refusal) = await presented.ReadAsync(context.Request, Path, CredentialMetadata.Scope, ct);
        if (refusal is not null)
            return refusal.ToResult();
        var (code, error) = await NewAsync(token!.Value.Text("grant_id")!, ct);
        if (error is not null)
            return error.ToResult();
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["one_time_code"] = code.Value,
            ["expires_in"] = (int)Life.TotalSeconds,
        });
    }

    private async Task<(OneTimeCode Code, OAuthError? Error)> NewAsync(string grantId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(ct);
        await using var transaction = await database.Database.BeginTransactionAsync(ct);
        var living = await database.Certificates.AsNoTracking()
            .SingleOrDefaultAsync(row => row.GrantId == grantId && row.RevokedAt == null, ct);
        if (living?.StateAt(now) != "valid")
            return Refuse(living, new OAuthError(
                "one_time_code_denied", "No certificate in force was fetched with this token: fetch it first."));
        var certificateId = living.CertificateId;
        var ofThis = database.OneTimeCodes.Where(row => row.CertificateId == certificateId);
        var lately = now - TimeSpan.FromMinutes(1);
        if (await ofThis.CountAsync(row => row.IssuedAt > lately, ct) >= MostPerMinute)
            return Refuse(living, new OAuthError("slow_down", "Too many codes were asked for within a minute.")
            { Status = StatusCodes.Status429TooManyRequests });
        await ofThis.Where(row => row.SpentAt == null && row.ReplacedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReplacedAt, now), ct);
        var code = New(living);
        database.OneTimeCodes.Add(new OneTimeCodeRow
        {
            CodeHash = vault.Index(CodeRedemption.CodePurpose, code.Value),
            CertificateId = certificateId,
            IssuedAt = now,
            ExpiresAt = now + Life,
        });
        await database.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (code, null);
    }

    private OneTimeCode New(CertificateRow living) =>
        SignedCertificate.TryRead(living.Encoded, out var certificate, out var fault)
            ? OneTimeCode.New(certificate.Claims.InsuredPlace, random)
            : throw new InvalidOperationException($"A stored certificate no longer reads: {fault}");

    private (OneTimeCode, OAuthError) Refuse(CertificateRow? certificate, OAuthError error)
    {
        log.OneTimeCodeRefused(certificate?.CertificateId ?? "(none)", error.Error);
        return (default, error);
    }
}
