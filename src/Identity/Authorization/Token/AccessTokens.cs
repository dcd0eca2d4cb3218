using Ecert.Identity.Authorization.Jwt;
using Ecert.Identity.Signer;
using Ecert.Identity.Storage;
using Ecert.Kernel;

namespace Ecert.Identity.Authorization.Token;

/// <summary>
/// Writes and reads access tokens (<c>at+jwt</c>, RFC 9068) and writes ID tokens (OpenID Connect Core §2).
/// </summary>
internal sealed class AccessTokens(
    IdentityOptions options, IssuerIdentity issuer, TokenSigner signer, TimeProvider clock, RandomSource random)
{
    /// <summary>How long a token for a citizen's app is good.</summary>
    public static readonly TimeSpan CitizenLife = TimeSpan.FromMinutes(5);

    /// <summary>How long a token for an institution is good.</summary>
    public static readonly TimeSpan InstitutionLife = TimeSpan.FromMinutes(15);

    /// <summary>
    /// A token for a payment app acting for a citizen; good at the gateway and at the credential endpoint.
    /// </summary>
    public string ForCitizen(GrantRow grant, string scope, string dpopThumbprint)
    {
        var claims = Base(grant.SubjectId, grant.ClientId, scope, CitizenLife);
        claims["aud"] = new[] { options.GatewayAudience, issuer.Value };
        claims["cnf"] = new Dictionary<string, string> { ["jkt"] = dpopThumbprint };
        claims["grant_id"] = grant.GrantId;
        return signer.Sign("at+jwt", claims);
    }

    /// <summary>A token for a payment app acting for itself.</summary>
    public string ForApp(string clientId, string scope, string dpopThumbprint)
    {
        var claims = Base(clientId, clientId, scope, CitizenLife);
        claims["cnf"] = new Dictionary<string, string> { ["jkt"] = dpopThumbprint };
        return signer.Sign("at+jwt", claims);
    }

    /// <summary>A token for an institution, bound to its TLS certificate (RFC 8705 §3.1).</summary>
    public string ForInstitution(string code, string scope, string certificateThumbprint)
    {
        var claims = Base(code, code, scope, InstitutionLife);
        claims["institution"] = code;
        claims["cnf"] = new Dictionary<string, string> { ["x5t#S256"] = certificateThumbprint };
        return signer.Sign("at+jwt", claims);
    }

    /// <summary>An ID token for the app.</summary>
    public string IdToken(GrantRow grant, string? nonce)
    {
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = issuer.Value,
            ["sub"] = grant.SubjectId,
            ["aud"] = grant.ClientId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + CitizenLife).ToUnixTimeSeconds(),
            ["auth_time"] = grant.ConsentedAt.ToUnixTimeSeconds(),
        };
        if (nonce is not null)
            claims["nonce"] = nonce;
        return signer.Sign("JWT", claims);
    }

    /// <summary>The claims of a token that this server signed and that is in its time; otherwise null.</summary>
    public async Task<Claims?> ReadAsync(string compact)
    {
        var verified = await JwtVerifier.VerifyAsync(
            compact, signer.PublicKeys.Select(key => key.ToJsonWebKey()), JwtVerifier.HolderAlgorithms);
        return verified is not null
            && verified.Header.Text("typ") == "at+jwt"
            && verified.Claims.Text("iss") == issuer.Value
            && verified.Claims.Time("exp") > clock.GetUtcNow()
            ? verified.Claims
            : null;
    }

    private Dictionary<string, object> Base(string subject, string clientId, string scope, TimeSpan life)
    {
        var now = clock.GetUtcNow();
        return new Dictionary<string, object>
        {
            ["iss"] = issuer.Value,
            ["sub"] = subject,
            ["aud"] = options.GatewayAudience,
            ["client_id"] = clientId,
            ["scope"] = scope,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + life).ToUnixTimeSeconds(),
            ["jti"] = random.NewId(now),
        };
    }
}
