using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Dpop;

namespace Ecert.Identity.Authorization.Token;

/// <summary>
/// Tokens for a client itself (RFC 6749 §4.4): an institution's is bound to its TLS certificate, an app's to
/// its DPoP key.
/// </summary>
internal sealed class ClientCredentialsGrant(AccessTokens tokens, DpopProofs dpop, DpopNonces nonces)
{
    /// <summary>The token, or how to refuse.</summary>
    public async Task<(TokenAnswer? Answer, OAuthError? Error)> HandleAsync(
        HttpContext context, FormFields form, Client client, CancellationToken ct)
    {
        if (client is Client.PaymentApp { Options: var app } && !app.AllowedGrantTypes.Contains("client_credentials"))
            return (null, OAuthError.UnauthorizedClient("This client may not take tokens for itself."));
        if (client.Grantable(form["scope"]) is not { } scope)
            return (null, OAuthError.InvalidScope("A requested scope is not allowed for this client."));
        return client switch
        {
            Client.Institution => (ForInstitution(context, client.Id, scope), null),
            Client.PaymentApp payment => await ForAppAsync(context, payment, scope, ct),
            _ => throw new InvalidOperationException("A client is an app or an institution."),
        };
    }

    private TokenAnswer ForInstitution(HttpContext context, string code, string scope)
    {
        // The client authenticated with this very certificate.
        var thumbprint = Base64Url.EncodeToString(
            context.Connection.ClientCertificate!.GetCertHash(HashAlgorithmName.SHA256));
        return new TokenAnswer(
            tokens.ForInstitution(code, scope, thumbprint), "Bearer", AccessTokens.InstitutionLife, scope);
    }

    private async Task<(TokenAnswer?, OAuthError?)> ForAppAsync(
        HttpContext context, Client.PaymentApp app, string scope, CancellationToken ct)
    {
        var (key, error) = await dpop.VerifyAsync(
            context.Request, TokenEndpoint.Path, null, app.Options.RequireDPoPNonce, ct);
        if (key is null)
            return (null, error);
        var token = tokens.ForApp(app.Id, scope, key.Thumbprint);
        return (new TokenAnswer(token, "DPoP", AccessTokens.CitizenLife, scope) { DpopNonce = nonces.Current }, null);
    }
}
