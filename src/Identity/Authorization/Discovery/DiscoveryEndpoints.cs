using Ecert.Identity.Authorization.Introspect;
using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Authorization.Par;
using Ecert.Identity.Authorization.Revoke;
using Ecert.Identity.Authorization.Token;
using Ecert.Identity.Signer;

namespace Ecert.Identity.Authorization.Discovery;

/// <summary>What the server is and which keys it signs with (OpenID Connect Discovery, RFC 8414, RFC 7517).</summary>
internal sealed class DiscoveryEndpoints(IdentityOptions options, IssuerIdentity issuer, TokenSigner signer)
{
    public const string OpenIdPath = "/.well-known/openid-configuration";
    public const string OAuthPath = "/.well-known/oauth-authorization-server";
    public const string JwksPath = "/.well-known/jwks.json";

    /// <summary>The metadata, the same under both addresses.</summary>
    public IResult Metadata(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["issuer"] = issuer.Value,
            ["authorization_endpoint"] = issuer.BrowserAt("/connect/authorize"),
            ["token_endpoint"] = issuer.At(TokenEndpoint.Path),
            ["pushed_authorization_request_endpoint"] = issuer.At(ParEndpoint.Path),
            ["require_pushed_authorization_requests"] = true,
            ["introspection_endpoint"] = issuer.At(IntrospectEndpoint.Path),
            ["revocation_endpoint"] = issuer.At(RevokeEndpoint.Path),
            ["jwks_uri"] = issuer.At(JwksPath),
            ["scopes_supported"] = Scopes(),
            ["response_types_supported"] = new[] { "code" },
            ["response_modes_supported"] = new[] { "query" },
            ["grant_types_supported"] = new[] { "authorization_code", "refresh_token", "client_credentials" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
            ["token_endpoint_auth_methods_supported"] = new[] { "private_key_jwt", "tls_client_auth" },
            ["token_endpoint_auth_signing_alg_values_supported"] = JwtVerifier.ClientAlgorithms,
            ["code_challenge_methods_supported"] = new[] { "S256" },
            ["dpop_signing_alg_values_supported"] = JwtVerifier.HolderAlgorithms,
            ["authorization_response_iss_parameter_supported"] = true,
            ["tls_client_certificate_bound_access_tokens"] = true,
            ["ui_locales_supported"] = new[] { "zh-CN", "en" },
        });
    }

    /// <summary>The public keys.</summary>
    public IResult Jwks(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["keys"] = signer.PublicKeys.Select(key => new Dictionary<string, string>
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = key.X,
                ["y"] = key.Y,
                ["use"] = "sig",
                ["alg"] = "ES256",
                ["kid"] = key.Thumbprint,
            }),
        });
    }

    private IEnumerable<string> Scopes() => options.Clients.SelectMany(client => client.AllowedScopes)
        .Concat(options.Institutions.SelectMany(institution => institution.AllowedScopes))
        .Distinct().Order(StringComparer.Ordinal);
}
