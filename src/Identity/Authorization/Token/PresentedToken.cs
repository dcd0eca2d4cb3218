using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Dpop;
using Ecert.Identity.Authorization.Jwt;

namespace Ecert.Identity.Authorization.Token;

/// <summary>Reads the DPoP-bound access token of a request to this server's own resources (RFC 9449 §7.1).</summary>
internal sealed class PresentedToken(
    AccessTokens tokens, Grants grants, DpopProofs dpop, ClientRegistry clients, IssuerIdentity issuer,
    ILogger<PresentedToken> log)
{
    private StepTable<Presented> Steps => new("Presented token",
    [
        new("a DPoP-bound token is presented", p => p.Token is not null
            ? null : new OAuthError("invalid_token", "A DPoP access token is required.")
            { Status = StatusCodes.Status401Unauthorized, Challenge = "DPoP" }),
        new("this server signed it, and it is in its time", async (p, _) =>
        {
            var claims = await tokens.ReadAsync(p.Token!);
            p.Claims = claims ?? default;
            return claims is null ? Bad : null;
        }),
        new("it is meant for this server", p => p.Claims.IsFor(issuer.Value) ? null : Bad),
        new("its key made the proof", async (p, ct) => await CheckProofAsync(p, ct)),
        new("the citizen's permission stands", async (p, ct) =>
            p.Claims.Text("grant_id") is { } grant && await grants.StandsAsync(grant, ct) ? null : Bad),
        new("its scope covers the call", p => p.Claims.Text("scope")!.Split(' ').Contains(p.Scope)
            ? null
            : new OAuthError("insufficient_scope", $"The scope {p.Scope} is needed.")
            { Status = StatusCodes.Status403Forbidden, Challenge = "DPoP" }),
    ]);

    private static OAuthError Bad =>
        OAuthError.InvalidToken("The access token is unknown, expired, revoked, or not meant for this server.");

    /// <summary>The token's claims, or how to refuse.</summary>
    public async Task<(Claims? Claims, OAuthError? Error)> ReadAsync(
        HttpRequest request, string path, string scope, CancellationToken ct)
    {
        var presented = new Presented(request, path, scope);
        var error = await Steps.RunAsync(presented, log, ct);
        return error is null ? (presented.Claims, null) : (null, error);
    }

    private async ValueTask<OAuthError?> CheckProofAsync(Presented presented, CancellationToken ct)
    {
        var client = clients.FindApp(presented.Claims.Text("client_id") ?? "");
        var (key, error) = await dpop.VerifyAsync(
            presented.Request, presented.Path, presented.Token, client?.Options.RequireDPoPNonce ?? false, ct);
        if (key is null)
            return error! with { Status = StatusCodes.Status401Unauthorized, Challenge = "DPoP" };
        return presented.Claims.Inner("cnf")?.Text("jkt") is { } bound && ConstantTime.AreEqual(bound, key.Thumbprint)
            ? null
            : Bad;
    }

    private sealed record Presented(HttpRequest Request, string Path, string Scope)
    {
        private const string Scheme = "DPoP ";

        public Claims Claims { get; set; }

        public string? Token => Request.Headers.Authorization is [{ } header]
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
