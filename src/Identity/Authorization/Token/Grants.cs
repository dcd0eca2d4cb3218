using Ecert.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Authorization.Token;

/// <summary>What citizens allowed payment apps, and the codes and refresh tokens that stand for it.</summary>
internal sealed class Grants(IDbContextFactory<IdentityDatabase> databases, DataVault vault, TimeProvider clock)
{
    /// <summary>RFC 9700 and FAPI 2.0 §5.3.2.1: sixty seconds at most.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromSeconds(60);

    /// <summary>After this the citizen consents again.</summary>
    public static readonly TimeSpan RefreshLife = TimeSpan.FromDays(90);

    /// <summary>The code with its grant, used or not; null when unknown.</summary>
    public async Task<(CodeRow Code, GrantRow Grant)?> FindCodeAsync(string code, CancellationToken ct)
    {
        var hash = DataVault.Hash(code);
        await using var database = await databases.CreateDbContextAsync(ct);
        var found = await (from row in database.Codes.AsNoTracking()
                           join grant in database.Grants on row.GrantId equals grant.GrantId
                           where row.CodeHash == hash
                           select new { row, grant }).SingleOrDefaultAsync(ct);
        return found is null ? null : (found.row, found.grant);
    }

    /// <summary>True for the one caller that uses the code first.</summary>
    public async Task<bool> UseCodeAsync(CodeRow code, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.Codes.Where(row => row.CodeHash == code.CodeHash && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), ct) == 1;
    }

    /// <summary>Makes a refresh token; only its hash is kept.</summary>
    public async Task<string> NewRefreshTokenAsync(
        GrantRow grant, string scope, string dpopThumbprint, DateTimeOffset expires, CancellationToken ct)
    {
        var token = vault.NewSecret();
        await using var database = await databases.CreateDbContextAsync(ct);
        database.RefreshTokens.Add(new RefreshTokenRow
        {
            TokenHash = DataVault.Hash(token),
            ClientId = grant.ClientId,
            GrantId = grant.GrantId,
            Scope = scope,
            DpopThumbprint = dpopThumbprint,
            ExpiresAt = expires,
        });
        await database.SaveChangesAsync(ct);
        return token;
    }

    /// <summary>The refresh token with its grant, used or not; null when unknown.</summary>
    public async Task<(RefreshTokenRow Token, GrantRow Grant)?> FindRefreshTokenAsync(
        string token, CancellationToken ct)
    {
        var hash = DataVault.Hash(token);
        await using var database = await databases.CreateDbContextAsync(ct);
        var found = await (from row in database.RefreshTokens.AsNoTracking()
                           join grant in database.Grants on row.GrantId equals grant.GrantId
                           where row.TokenHash == hash
                           select new { row, grant }).SingleOrDefaultAsync(ct);
        return found is null ? null : (found.row, found.grant);
    }

    /// <summary>True for the one caller that uses the refresh token first.</summary>
    public async Task<bool> UseRefreshTokenAsync(RefreshTokenRow token, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.RefreshTokens.Where(row => row.TokenHash == token.TokenHash && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), ct) == 1;
    }

    /// <summary>True while the citizen's permission stands.</summary>
    public async Task<bool> StandsAsync(string grantId, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        return await database.Grants.AnyAsync(row => row.GrantId == grantId && row.RevokedAt == null, ct);
    }

    /// <summary>Ends the permission and with it everything that came of it.</summary>
    public async Task RevokeAsync(string grantId, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(ct);
        await database.Grants.Where(row => row.GrantId == grantId && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), ct);
    }
}
