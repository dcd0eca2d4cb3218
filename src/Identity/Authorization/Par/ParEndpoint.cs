using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Dpop;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecert.Identity.Authorization.Par;

/// <summary><c>POST /connect/par</c>: pushed authorization requests (RFC 9126).</summary>
internal sealed class ParEndpoint(
    ClientAuthentication clients, DpopProofs dpop, UserStatements statements, PushedRequests requests,
    ILogger<ParEndpoint> log)
{
    public const string Path = "/connect/par";

    private StepTable<Push> Steps => new("Pushed authorization request",
    [
        new("the client authenticated", async (p, ct) => await AuthenticateAsync(p, ct)),
        new("the client is a payment app that may use codes", p =>
            p.Client is Client.PaymentApp app && app.Options.AllowedGrantTypes.Contains("authorization_code")
                ? null : OAuthError.UnauthorizedClient("This client may not ask for authorization codes.")),
        new("the request is not itself a reference", p => p.Form["request_uri"] is null && p.Form["request"] is null
            ? null : OAuthError.InvalidRequest("request and request_uri have no place in a pushed request.")),
        new("the response type is code", p => p.Form["response_type"] == "code"
            ? null : new OAuthError("unsupported_response_type", "response_type must be code.")),
        new("the redirect address is registered", p => p.App.Options.RedirectUris.Contains(p.Form["redirect_uri"] ?? "")
            ? null : OAuthError.InvalidRequest("redirect_uri is not one of the registered addresses.")),
        new("PKCE is used with S256", p =>
            p.Form["code_challenge_method"] == "S256" && IsChallenge(p.Form["code_challenge"])
                ? null : OAuthError.InvalidRequest("code_challenge with code_challenge_method=S256 is required.")),
        new("the scopes are allowed", p => (p.Scope = p.App.Grantable(p.Form["scope"])) is not null
            ? null : OAuthError.InvalidScope("A requested scope is not allowed for this client.")),
        new("state and nonce are of a sane length", p =>
            p.Form["state"] is null or { Length: <= 500 } && p.Form["nonce"] is null or { Length: <= 200 }
                ? null : OAuthError.InvalidRequest("state is at most 500 characters, nonce at most 200.")),
        new("the DPoP key, if named, is one", async (p, ct) => await ReadDpopAsync(p, ct)),
        new("the statement about the user holds", async (p, ct) => await ReadStatementAsync(p, ct)),
    ]);

    /// <summary>Handles one request.</summary>
    public async Task<IResult> HandleAsync(HttpContext context, CancellationToken ct)
    {
        var (form, unreadable) = await FormFields.ReadAsync(context.Request, ct);
        if (form is null)
            return unreadable!.ToResult();
        var push = new Push(context, form);
        if (await Steps.RunAsync(push, log, ct) is { } error)
            return error.ToResult();
        var requestUri = await requests.StoreAsync(push.ToRequest(), ct);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new Dictionary<string, object>
            {
                ["request_uri"] = requestUri,
                ["expires_in"] = (int)PushedRequests.Life.TotalSeconds,
            },
            statusCode: StatusCodes.Status201Created);
    }

    // Base64url of a SHA-256: always 43 characters (RFC 7636 §4.2).
    private static bool IsChallenge(string? challenge) => challenge is { Length: 43 }
        && challenge.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private async ValueTask<OAuthError?> AuthenticateAsync(Push push, CancellationToken ct)
    {
        (push.Client, var error) = await clients.IdentifyAsync(push.Context, push.Form, ct);
        return error;
    }

    private async ValueTask<OAuthError?> ReadDpopAsync(Push push, CancellationToken ct)
    {
        push.DpopThumbprint = push.Form["dpop_jkt"];
        if (push.DpopThumbprint is { } named && !IsChallenge(named))
            return OAuthError.InvalidRequest("dpop_jkt must be a SHA-256 thumbprint in base64url.");
        if (push.Context.Request.Headers["DPoP"].Count == 0)
            return null;
        var (key, error) = await dpop.VerifyAsync(
            push.Context.Request, Path, null, push.App.Options.RequireDPoPNonce, ct);
        if (key is null)
            return error;
        if (push.DpopThumbprint is { } other && other != key.Thumbprint)
            return OAuthError.InvalidDpopProof("dpop_jkt names another key than the proof was made with.");
        push.DpopThumbprint = key.Thumbprint;
        return null;
    }

    private async ValueTask<OAuthError?> ReadStatementAsync(Push push, CancellationToken ct)
    {
        if (push.Form["user_statement"] is not { } compact)
            return OAuthError.InvalidRequest("user_statement is required: the app's signed statement of its user.");
        (push.User, var error) = await statements.VerifyAsync(push.App, compact, ct);
        return error;
    }

    private sealed record Push(HttpContext Context, FormFields Form)
    {
        public Client? Client { get; set; }
        public Client.PaymentApp App => (Client.PaymentApp)Client!;
        public string? Scope { get; set; }
        public string? DpopThumbprint { get; set; }
        public UserStatement? User { get; set; }

        public PushedRequest ToRequest() => new()
        {
            ClientId = App.Id,
            RedirectUri = Form["redirect_uri"]!,
            Scope = Scope!,
            CodeChallenge = Form["code_challenge"]!,
            User = User!,
            State = Form["state"],
            Nonce = Form["nonce"],
            DpopThumbprint = DpopThumbprint,
            UiLocales = Form["ui_locales"],
        };
    }
}
