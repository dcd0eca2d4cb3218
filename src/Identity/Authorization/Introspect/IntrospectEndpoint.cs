using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Token;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecert.Identity.Authorization.Introspect;

/// <summary>
/// <c>POST /connect/introspect</c> (RFC 7662): a client asks about its own tokens. Whatever is not an active token of
/// the caller's is just inactive.
/// </summary>
internal sealed class IntrospectEndpoint(
    ClientAuthentication clients, AccessTokens tokens, Grants grants, TimeProvider clock)
{
    public const string Path = "/connect/introspect";

    // What an access token's holder may be told again.
    private static readonly string[] Shown = ["iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti", "cnf"];

    /// <summary>Handles one request.</summary>
    public async Task<IResult> HandleAsync(HttpContext context, CancellationToken ct)
    {
        var (form, unreadable) = await FormFields.ReadAsync(context.Request, ct);
        if (form is null)
            return unreadable!.ToResult();
        var (client, unknown) = await clients.IdentifyAsync(context, form, ct);
        if (client is null)
            return unknown!.ToResult();
        if (form["token"] is not { } token)
            return OAuthError.InvalidRequest("token is missing.").ToResult();
        context.Response.Headers.CacheControl = "no-store";
        var answer = await AccessTokenAsync(token, client, ct) ?? await RefreshTokenAsync(token, client, ct);
        return TypedResults.Json(answer ?? new Dictionary<string, object> { ["active"] = false });
    }

    private async Task<Dictionary<string, object>?> AccessTokenAsync(string token, Client client, CancellationToken ct)
    {
        if (await tokens.ReadAsync(token) is not { } claims || claims.Text("client_id") != client.Id)
            return null;
        if (claims.Text("grant_id") is { } grant && !await grants.StandsAsync(grant, ct))
            return null;
        var answer = new Dictionary<string, object> { ["active"] = true };
        foreach (var name in Shown)
        {
            if (claims.Object.TryGetProperty(name, out var value))
                answer[name] = value;
        }
        return answer;
    }

    private async Task<Dictionary<string, object>?> RefreshTokenAsync(string token, Client client, CancellationToken ct)
    {
        if (await grants.FindRefreshTokenAsync(token, ct) is not var (row, grant) || row.ClientId != client.Id)
            return null;
        if (row.UsedAt is not null || row.ExpiresAt <= clock.GetUtcNow() || grant.RevokedAt is not null)
            return null;
        return new Dictionary<string, object>
        {
            ["active"] = true,
            ["client_id"] = row.ClientId,
            ["sub"] = grant.SubjectId,
            ["scope"] = row.Scope,
            ["exp"] = row.ExpiresAt.ToUnixTimeSeconds(),
        };
    }
}
