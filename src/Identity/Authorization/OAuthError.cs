using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecert.Identity.Authorization;

/// <summary>A refusal in the words of OAuth (RFC 6749 §5.2 and the registered extensions).</summary>
/// <param name="Error">The registered code.</param>
/// <param name="Description">One English sentence for the client's developer; no personal data, no secrets.</param>
internal sealed record OAuthError(string Error, string Description)
{
    /// <summary>The HTTP status it is answered with.</summary>
    public int Status { get; init; } = StatusCodes.Status400BadRequest;

    /// <summary>What <c>WWW-Authenticate</c> names, where the status is 401.</summary>
    public string? Challenge { get; init; }

    /// <summary>A fresh DPoP nonce to send along (RFC 9449 §8).</summary>
    public string? DpopNonce { get; init; }

    public static OAuthError InvalidRequest(string description) => new("invalid_request", description);

    /// <summary>
    /// RFC 6749 §5.2 leaves 400 or 401; 401 tells a proxy in between that this was about credentials.
    /// </summary>
    public static OAuthError InvalidClient(string description) =>
        new("invalid_client", description) { Status = StatusCodes.Status401Unauthorized };

    public static OAuthError InvalidGrant(string description) => new("invalid_grant", description);

    public static OAuthError UnauthorizedClient(string description) => new("unauthorized_client", description);

    public static OAuthError InvalidScope(string description) => new("invalid_scope", description);

    public static OAuthError InvalidDpopProof(string description) => new("invalid_dpop_proof", description);

    public static OAuthError UseDpopNonce(string nonce) =>
        new("use_dpop_nonce", "Repeat the request with the nonce of the DPoP-Nonce header.") { DpopNonce = nonce };

    /// <summary>RFC 6750 §3.1, RFC 9449 §7.1: the token is not good here.</summary>
    public static OAuthError InvalidToken(string description, string scheme = "DPoP") =>
        new("invalid_token", description) { Status = StatusCodes.Status401Unauthorized, Challenge = scheme };

    /// <summary>The JSON answer, never cached.</summary>
    public IResult ToResult() => new OAuthErrorResult(this);

    private sealed class OAuthErrorResult(OAuthError error) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.CacheControl = "no-store";
            if (error.DpopNonce is { } nonce)
                headers["DPoP-Nonce"] = nonce;
            if (error.Challenge is { } scheme)
                headers.WWWAuthenticate =
                    $"{scheme} error=\"{error.Error}\", error_description=\"{error.Description}\"";
            var body = new Dictionary<string, string>
            {
                ["error"] = error.Error,
                ["error_description"] = error.Description,
            };
            return TypedResults.Json(body, statusCode: error.Status).ExecuteAsync(context);
        }
    }
}
