using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Token;

namespace Ecert.Identity.Authorization.Revoke;

/// <summary>
/// <c>POST /connect/revoke</c> (RFC 7009): ends the permission that a token of the caller's came from. A token that is
/// unknown or another's is answered alike, with 200.
/// </summary>
internal sealed class RevokeEndpoint(ClientAuthentication clients, AccessTokens tokens, Grants grants)
{
    public const string Path = "/connect/revoke";

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
        if (await GrantOfAsync(token, client, ct) is { } grant)
            await grants.RevokeAsync(grant, ct);
        return TypedResults.Ok();
    }

    private async Task<string?> GrantOfAsync(string token, Client client, CancellationToken ct)
    {
        if (await tokens.ReadAsync(token) is { } claims)
            return claims.Text("client_id") == client.Id ? claims.Text("grant_id") : null;
        return await grants.FindRefreshTokenAsync(token, ct) is var (row, _) && row.ClientId == client.Id
            ? row.GrantId
            : null;
    }
}
