using Ecert.Identity.Authorization.Par;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecert.Identity.Authorization.Authorize;

/// <summary>Where the browser goes back to (RFC 6749 §4.1.2, with <c>iss</c> of RFC 9207). Pure.</summary>
internal static class AuthorizationResponse
{
    /// <summary>With a code.</summary>
    public static string Success(PushedRequest request, string code, string issuer) =>
        Address(request, issuer, ("code", code));

    /// <summary>The citizen said no.</summary>
    public static string Denied(PushedRequest request, string issuer) =>
        Address(request, issuer, ("error", "access_denied"));

    private static string Address(PushedRequest request, string issuer, (string Name, string Value) outcome)
    {
        var parameters = new Dictionary<string, string?> { [outcome.Name] = outcome.Value };
        if (request.State is not null)
            parameters["state"] = request.State;
        parameters["iss"] = issuer;
        return QueryHelpers.AddQueryString(request.RedirectUri, parameters);
    }
}
