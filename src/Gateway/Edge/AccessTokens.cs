using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Verifies access tokens (RFC 9068 <c>at+jwt</c>) with nothing but the authorization server's discovery document, so
/// that any server that keeps the standards can issue them.
/// </summary>
internal sealed class AccessTokens
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters _parameters;

    public AccessTokens(GatewayOptions options, HttpClient identity, TimeProvider clock)
    {
        var discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
            options.Issuer.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(identity));
        _parameters = new TokenValidationParameters
        {
            ConfigurationManager = discovery,
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) =>
                expires > clock.GetUtcNow().UtcDateTime && !(notBefore > clock.GetUtcNow().UtcDateTime.AddSeconds(60)),
        };
    }

    /// <summary>The verified token, or null when anything about it is wrong.</summary>
    public async Task<JsonWebToken?> ValidateAsync(string text, CancellationToken ct)
    {
        var result = await _handler.ValidateTokenAsync(text, _parameters).WaitAsync(ct);
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    /// <summary>The token's scopes.</summary>
    public static IReadOnlySet<string> Scopes(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("scope", out var scope)
            ? scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>();

    /// <summary>What the token is bound to (RFC 7800 <c>cnf</c>); both null when nothing.</summary>
    public static (string? CertificateThumbprint, string? KeyThumbprint) Confirmation(JsonWebToken token)
    {
        if (!token.TryGetPayloadValue<JsonElement>("cnf", out var confirmation)
            || confirmation.ValueKind != JsonValueKind.Object)
            return (null, null);
        return (Member(confirmation, "x5t#S256"), Member(confirmation, "jkt"));
    }

    private static string? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
