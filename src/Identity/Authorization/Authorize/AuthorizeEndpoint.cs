using Ecert.Identity.Activation;
using Ecert.Identity.Activation.Pages;
using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Authorization.Par;

namespace Ecert.Identity.Authorization.Authorize;

/// <summary>
/// <c>GET /connect/authorize</c> (RFC 9126 §4): opens a pushed request, once, and leads to the activation pages. A
/// request that is not good is never redirected, for nobody vouches for where to.
/// </summary>
internal sealed class AuthorizeEndpoint(
    ClientRegistry clients, PushedRequests requests, Activations activations, ILogger<AuthorizeEndpoint> log)
{
    public const string Path = "/connect/authorize";

    private StepTable<Opening> Steps => new("Authorization request",
    [
        new("the client is a payment app", o => clients.FindApp(o.ClientId ?? "") is not null
            ? null : OAuthError.InvalidRequest("client_id is missing or unknown.")),
        new("the request was pushed", o => o.RequestUri is { Length: > 0 }
            ? null : OAuthError.InvalidRequest("The request must be pushed to /connect/par first.")),
        new("the pushed request is opened for the first time, in time, by its client", async (o, ct) =>
            (o.Request = await requests.TakeAsync(o.RequestUri!, o.ClientId!, ct)) is not null
                ? null : new OAuthError("invalid_request_uri", "request_uri is unknown, used or expired.")),
    ]);

    /// <summary>Handles one request.</summary>
    public async Task<IResult> HandleAsync(HttpContext context, CancellationToken ct)
    {
        var opening = new Opening(Single(context, "client_id"), Single(context, "request_uri"));
        if (await Steps.RunAsync(opening, log, ct) is { } error)
        {
            var unknown = Words.For(context.Request);
            return PageFrame.ToResult(
                unknown, ActivationPages.Stop(unknown, unknown.RequestNotGood, error.Error),
                StatusCodes.Status400BadRequest);
        }
        var words = Words.For(context.Request, opening.Request!.UiLocales);
        var session = await activations.StartAsync(opening.Request, ct);
        return ActivationEndpoints.Begin(context, session, words.Language);
    }

    private static string? Single(HttpContext context, string name) =>
        context.Request.Query[name] is [{ } value] ? value : null;

    private sealed record Opening(string? ClientId, string? RequestUri)
    {
        public PushedRequest? Request { get; set; }
    }
}
