using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Dpop;
using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Storage;

namespace Ecert.Identity.Authorization.Token;

/// <summary>Exchanges a code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.6, RFC 9449 §5).</summary>
internal sealed class AuthorizationCodeGrant(
    Grants grants, AccessTokens tokens, DpopProofs dpop, DpopNonces nonces, TimeProvider clock,
    ILogger<AuthorizationCodeGrant> log)
{
    private StepTable<Exchange> Steps => new("Code exchange",
    [
        new("the client may use codes", e => e.App.Options.AllowedGrantTypes.Contains("authorization_code")
            ? null : OAuthError.UnauthorizedClient("This client may not use authorization codes.")),
        new("a fresh key proves possession", async (e, ct) =>
        {
            (e.Key, var error) = await dpop.VerifyAsync(
                e.Context.Request, TokenEndpoint.Path, null, e.App.Options.RequireDPoPNonce, ct);
            return error;
        }),
        new("the code is known and the client's own", async (e, ct) => await FindAsync(e, ct) ? null : BadCode),
        new("the code was not used before", async (e, ct) => e.Code.UsedAt is null ? null : await ReusedAsync(e, ct)),
        new("the code is in its time", e => e.Code.ExpiresAt > clock.GetUtcNow() ? null : BadCode),
        new("the redirect address is the pushed one", e => e.Form["redirect_uri"] is { } address
            && ConstantTime.AreEqual(address, e.Code.RedirectUri) ? null : BadCode),
        new("the verifier fits the challenge", e => Fits(e.Form["code_verifier"], e.Code.CodeChallenge)
            ? null : OAuthError.InvalidGrant("code_verifier does not fit the pushed code_challenge.")),
        new("the key is the one the code is bound to", e => e.Code.DpopThumbprint is not { } bound
            || ConstantTime.AreEqual(bound, e.Key!.Thumbprint) ? null : BadCode),
        new("the citizen's permission stands", e => e.Grant.RevokedAt is null ? null : BadCode),
        new("this is the code's one use", async (e, ct) =>
            await grants.UseCodeAsync(e.Code, ct) ? null : await ReusedAsync(e, ct)),
    ]);

    // One answer for all, so that a thief learns nothing about a code in hand.
    private static OAuthError BadCode => OAuthError.InvalidGrant(
        "The code is unknown, used, expired, or bound to another client, redirect_uri or key.");

    /// <summary>The tokens, or how to refuse.</summary>
    public async Task<(TokenAnswer? Answer, OAuthError? Error)> HandleAsync(
        HttpContext context, FormFields form, Client.PaymentApp app, CancellationToken ct)
    {
        var exchange = new Exchange(context, form, app);
        if (await Steps.RunAsync(exchange, log, ct) is { } error)
            return (null, error);
        var grant = exchange.Grant;
        var thumbprint = exchange.Key!.Thumbprint;
        var answer = new TokenAnswer(
            tokens.ForCitizen(grant, grant.Scope, thumbprint), "DPoP", AccessTokens.CitizenLife, grant.Scope)
        {
            IdToken = grant.Scope.Split(' ').Contains("openid") ? tokens.IdToken(grant, exchange.Code.Nonce) : null,
            RefreshToken = app.Options.AllowedGrantTypes.Contains("refresh_token")
                ? await grants.NewRefreshTokenAsync(
                    grant, grant.Scope, thumbprint, clock.GetUtcNow() + Grants.RefreshLife, ct)
                : null,
            DpopNonce = nonces.Current,
        };
        return (answer, null);
    }

    private async Task<bool> FindAsync(Exchange exchange, CancellationToken ct)
    {
        if (exchange.Form["code"] is not { } code || await grants.FindCodeAsync(code, ct) is not { } found)
            return false;
        (exchange.Code, exchange.Grant) = found;
        return found.Code.ClientId == exchange.App.Id;
    }

    // RFC 6749 §4.1.2: a second use means that somebody else holds the code, so all that came of it ends.
    private async Task<OAuthError> ReusedAsync(Exchange exchange, CancellationToken ct)
    {
        await grants.RevokeAsync(exchange.Code.GrantId, ct);
        log.ReuseDetected("code", exchange.App.Id);
        return BadCode;
    }

    private static bool Fits(string? verifier, string challenge) => verifier is { Length: >= 43 and <= 128 }
        && ConstantTime.AreEqual(
            Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), challenge);

    private sealed record Exchange(HttpContext Context, FormFields Form, Client.PaymentApp App)
    {
        public PublicJwk? Key { get; set; }
        public CodeRow Code { get; set; } = null!;
        public GrantRow Grant { get; set; } = null!;
    }
}
