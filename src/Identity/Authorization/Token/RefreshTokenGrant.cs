using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Dpop;
using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Storage;

namespace Ecert.Identity.Authorization.Token;

/// <summary>
/// Exchanges a refresh token for new tokens (RFC 6749 §6). Each is good once; a second use ends the whole family
/// (RFC 9700 §4.14.2).
/// </summary>
internal sealed class RefreshTokenGrant(
    Grants grants, AccessTokens tokens, DpopProofs dpop, DpopNonces nonces, TimeProvider clock,
    ILogger<RefreshTokenGrant> log)
{
    private StepTable<Refresh> Steps => new("Refresh",
    [
        new("the client may refresh", r => r.App.Options.AllowedGrantTypes.Contains("refresh_token")
            ? null : OAuthError.UnauthorizedClient("This client may not use refresh tokens.")),
        new("a fresh key proves possession", async (r, ct) =>
        {
            (r.Key, var error) = await dpop.VerifyAsync(
                r.Context.Request, TokenEndpoint.Path, null, r.App.Options.RequireDPoPNonce, ct);
            return error;
        }),
        new("the refresh token is known and the client's own", async (r, ct) =>
            await FindAsync(r, ct) ? null : BadToken),
        new("the refresh token was not used before", async (r, ct) =>
            r.Token.UsedAt is null ? null : await ReusedAsync(r, ct)),
        new("the refresh token is in its time", r => r.Token.ExpiresAt > clock.GetUtcNow() ? null : BadToken),
        new("the key is the one it is bound to", r =>
            ConstantTime.AreEqual(r.Token.DpopThumbprint, r.Key!.Thumbprint) ? null : BadToken),
        new("the citizen's permission stands", r => r.Grant.RevokedAt is null ? null : BadToken),
        new("the scopes were granted", r => (r.Scope = Narrowed(r.Form["scope"], r.Token.Scope)) is not null
            ? null : OAuthError.InvalidScope("A requested scope was not granted before.")),
        new("this is the refresh token's one use", async (r, ct) =>
            await grants.UseRefreshTokenAsync(r.Token, ct) ? null : await ReusedAsync(r, ct)),
    ]);

    private static OAuthError BadToken => OAuthError.InvalidGrant(
        "The refresh token is unknown, used, expired, revoked, or bound to another client or key.");

    /// <summary>The tokens, or how to refuse.</summary>
    public async Task<(TokenAnswer? Answer, OAuthError? Error)> HandleAsync(
        HttpContext context, FormFields form, Client.PaymentApp app, CancellationToken ct)
    {
        var refresh = new Refresh(context, form, app);
        if (await Steps.RunAsync(refresh, log, ct) is { } error)
            return (null, error);
        var thumbprint = refresh.Key!.Thumbprint;
        var scope = refresh.Scope!;
        // The family keeps its first end, however often it is renewed.
        var next = await grants.NewRefreshTokenAsync(
            refresh.Grant, refresh.Token.Scope, thumbprint, refresh.Token.ExpiresAt, ct);
        return (new TokenAnswer(
            tokens.ForCitizen(refresh.Grant, scope, thumbprint), "DPoP", AccessTokens.CitizenLife, scope)
        {
            RefreshToken = next,
            DpopNonce = nonces.Current,
        }, null);
    }

    private async Task<bool> FindAsync(Refresh refresh, CancellationToken ct)
    {
        if (refresh.Form["refresh_token"] is not { } token
            || await grants.FindRefreshTokenAsync(token, ct) is not { } found)
            return false;
        (refresh.Token, refresh.Grant) = found;
        return found.Token.ClientId == refresh.App.Id;
    }

    private async Task<OAuthError> ReusedAsync(Refresh refresh, CancellationToken ct)
    {
        await grants.RevokeAsync(refresh.Token.GrantId, ct);
        log.ReuseDetected("refresh token", refresh.App.Id);
        return BadToken;
    }

    private static string? Narrowed(string? requested, string granted)
    {
        var wanted = requested?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (wanted.Length == 0)
            return granted;
        return wanted.All(granted.Split(' ').Contains) ? string.Join(' ', wanted.Distinct()) : null;
    }

    private sealed record Refresh(HttpContext Context, FormFields Form, Client.PaymentApp App)
    {
        public PublicJwk? Key { get; set; }
        public RefreshTokenRow Token { get; set; } = null!;
        public GrantRow Grant { get; set; } = null!;
        public string? Scope { get; set; }
    }
}
