using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecert.Identity.Authorization.Token;

/// <summary>A successful token response (RFC 6749 §5.1).</summary>
/// <param name="AccessToken">The JWT.</param>
/// <param name="TokenType"><c>DPoP</c> (RFC 9449) or <c>Bearer</c> (mTLS-bound, RFC 8705).</param>
/// <param name="Life">How long the access token is good.</param>
/// <param name="Scope">The granted scopes.</param>
internal sealed record TokenAnswer(string AccessToken, string TokenType, TimeSpan Life, string Scope)
{
    public string? IdToken { get; init; }
    public string? RefreshToken { get; init; }
    public string? DpopNonce { get; init; }

    /// <summary>The JSON answer, never cached.</summary>
    public IResult ToResult(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (DpopNonce is not null)
            context.Response.Headers["DPoP-Nonce"] = DpopNonce;
        var body = new Dictionary<string, object>
        {
            ["access_token"] = AccessToken,
            ["token_type"] = TokenType,
            ["expires_in"] = (int)Life.TotalSeconds,
            ["scope"] = Scope,
        };
        if (IdToken is not null)
            body["id_token"] = IdToken;
        if (RefreshToken is not null)
            body["refresh_token"] = RefreshToken;
        return TypedResults.Json(body);
    }

    /// <summary>Names the type alone: tokens must not reach a log.</summary>
    public override string ToString() => nameof(TokenAnswer);
}
