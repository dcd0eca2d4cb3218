using Ecert.Identity.Authorization.Clients;

namespace Ecert.Identity.Authorization.Token;

/// <summary><c>POST /connect/token</c> (RFC 6749 §3.2).</summary>
internal sealed class TokenEndpoint(
    ClientAuthentication clients, AuthorizationCodeGrant codes, RefreshTokenGrant refreshes,
    ClientCredentialsGrant credentials)
{
    public const string Path = "/connect/token";

    /// <summary>Handles one request: who calls, then the grant's own table of steps.</summary>
    public async Task<IResult> HandleAsync(HttpContext context, CancellationToken ct)
    {
        var (form, unreadable) = await FormFields.ReadAsync(context.Request, ct);
        if (form is null)
            return unreadable!.ToResult();
        var (client, unknown) = await clients.IdentifyAsync(context, form, ct);
        if (client is null)
            return unknown!.ToResult();
        var (answer, error) = await GrantAsync(context, form, client, ct);
        return answer?.ToResult(context) ?? error!.ToResult();
    }

    private async Task<(TokenAnswer?, OAuthError?)> GrantAsync(
        HttpContext context, FormFields form, Client client, CancellationToken ct) =>
        (form["grant_type"], client) switch
    {
        (null, _) => (null, OAuthError.InvalidRequest("grant_type is missing.")),
        ("client_credentials", _) => await credentials.HandleAsync(context, form, client, ct),
        ("authorization_code", Client.PaymentApp app) => await codes.HandleAsync(context, form, app, ct),
        ("refresh_token", Client.PaymentApp app) => await refreshes.HandleAsync(context, form, app, ct),
        ("authorization_code" or "refresh_token", _) =>
            (null, OAuthError.UnauthorizedClient("An institution takes tokens by client_credentials.")),
        _ => (null, new OAuthError("unsupported_grant_type", "This grant_type is not offered.")),
    };
}
