using Ecert.Identity.Authorization.Jwt;

namespace Ecert.Identity.Issuance;

/// <summary><c>GET /.well-known/openid-credential-issuer</c> (OpenID4VCI 1.0 §12.2).</summary>
internal sealed class CredentialMetadata(IssuerIdentity issuer)
{
    public const string Path = "/.well-known/openid-credential-issuer";

    /// <summary>The one credential this issuer has.</summary>
    public const string Configuration = "health-insurance-ecert";

    /// <summary>
    /// A CWT in COSE_Sign1, base64url: this system's own format, for OpenID4VCI registers none of that kind.
    /// </summary>
    public const string Format = "ecert+cwt";

    /// <summary>The scope that allows fetching it.</summary>
    public const string Scope = "certificate";

    /// <summary>The metadata.</summary>
    public IResult Show(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["credential_issuer"] = issuer.Value,
            ["credential_endpoint"] = issuer.At(CredentialEndpoint.Path),
            ["nonce_endpoint"] = issuer.At(CredentialEndpoint.NoncePath),
            ["display"] = new[] { Named("国家医疗保障", "zh-CN"), Named("National health insurance", "en") },
            ["credential_configurations_supported"] = new Dictionary<string, object>
            {
                [Configuration] = new Dictionary<string, object>
                {
                    ["format"] = Format,
                    ["scope"] = Scope,
                    ["cryptographic_binding_methods_supported"] = new[] { "jwk" },
                    ["credential_signing_alg_values_supported"] = new[] { -7, -65537 },
                    ["proof_types_supported"] = new Dictionary<string, object>
                    {
                        ["jwt"] = new Dictionary<string, object>
                        {
                            ["proof_signing_alg_values_supported"] = JwtVerifier.HolderAlgorithms,
                        },
                    },
                    ["credential_metadata"] = new Dictionary<string, object>
                    {
                        ["display"] = new[] { Named("医保电子凭证", "zh-CN"), Named("Health-insurance e-certificate", "en") },
                    },
                },
            },
        });
    }

    private static Dictionary<string, string> Named(string name, string locale) =>
        new() { ["name"] = name, ["locale"] = locale };
}
