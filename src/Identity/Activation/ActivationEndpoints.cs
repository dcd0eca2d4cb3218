using System.Reflection;
using System.Text;
using Ecert.Identity.Activation.Pages;
using Ecert.Identity.Authorization;
using Ecert.Identity.Authorization.Clients;
using Ecert.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecert.Identity.Activation;

/// <summary>
/// The pages under <c>/activation</c>: each shows the step the activation stands at, whatever was asked for.
/// </summary>
internal sealed class ActivationEndpoints(
    Activations activations, ConfirmIdentity identity, ChoosePlace place, SetPin pin, GiveConsent consent,
    ClientRegistry clients, IssuerIdentity issuer, DataVault vault)
{
    public const string Path = "/activation";
    private const string Cookie = "ecert_activation";
    private const string Stylesheet = "Ecert.Identity.Activation.Pages.Assets.activation.css";

    private static readonly byte[] Css = ReadCss();

    /// <summary>Routes the pages.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync);
        MapPost(routes, "identity", ActivationStep.Identity, identity.HandleAsync);
        MapPost(routes, "place", ActivationStep.Place, (posted, _) => Task.FromResult(place.Handle(posted)));
        MapPost(routes, "pin", ActivationStep.Pin, (posted, _) => Task.FromResult(pin.Handle(posted)));
        MapPost(routes, "consent", ActivationStep.Consent, consent.HandleAsync);
        MapPost(routes, "cancel", null, consent.CancelAsync);
        routes.MapGet("/assets/activation.css", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return TypedResults.Bytes(Css, "text/css; charset=utf-8");
        });
    }

    /// <summary>Ties the browser to a new activation and shows its first page.</summary>
    public static IResult Begin(HttpContext context, string session, string language)
    {
        context.Response.Cookies.Append(Cookie, session, CookieFor(context));
        context.Response.Headers.CacheControl = "no-store";
        return SeeOther(context, QueryHelpers.AddQueryString(Path, "lang", language));
    }

    private void MapPost(
        IEndpointRouteBuilder routes, string name, ActivationStep? step,
        Func<Posted, CancellationToken, Task<Turn>> handle) =>
        routes.MapPost($"{Path}/{name}", (HttpContext context, CancellationToken ct) =>
            PostAsync(context, step, handle, ct));

    private async Task<IResult> ShowAsync(HttpContext context, CancellationToken ct)
    {
        if (await FindAsync(context, ct) is not { } activation)
            return Gone(context);
        return Page(context, activation.Session, activation.State, null, _ => null, StatusCodes.Status200OK);
    }

    private async Task<IResult> PostAsync(
        HttpContext context, ActivationStep? step, Func<Posted, CancellationToken, Task<Turn>> handle,
        CancellationToken ct)
    {
        if (await FindAsync(context, ct) is not { } activation)
            return Gone(context);
        var words = Words.For(context.Request, activation.State.Request.UiLocales);
        var (form, _) = await FormFields.ReadAsync(context.Request, ct);
        if (form?["form_token"] is not { } token || !ConstantTime.AreEqual(token, FormToken(activation.Session))
            || !ComesFromHere(context.Request))
            return Stop(words, words.FormNotGenuine, StatusCodes.Status403Forbidden);
        if (step is not null && step != activation.State.Step)
            return SeeOther(context, QueryHelpers.AddQueryString(Path, "lang", words.Language));
        var posted = new Posted(activation, form);
        return await ConcludeAsync(context, words, posted, await handle(posted, ct), ct);
    }

    private async Task<IResult> ConcludeAsync(
        HttpContext context, Words words, Posted posted, Turn turn, CancellationToken ct)
    {
        switch (turn)
        {
            case Turn.Leave leave:
                context.Response.Cookies.Delete(Cookie, CookieFor(context));
                return SeeOther(context, leave.Address);
            case Turn.Refused refused:
                return Page(
                    context, posted.Activation.Session, refused.State, refused.Why(words), name => posted.Form[name],
                    StatusCodes.Status422UnprocessableEntity);
            case Turn.Next next:
                await activations.SaveAsync(posted.Activation, next.State, ct);
                break;
        }
        return SeeOther(context, QueryHelpers.AddQueryString(Path, "lang", words.Language));
    }

    private IResult Page(
        HttpContext context, string session, ActivationState state, string? refusal, Func<string, string?> typed,
        int status)
    {
        var words = Words.For(context.Request, state.Request.UiLocales);
        var client = clients.FindApp(state.Request.ClientId);
        var page = new PageContext(words, FormToken(session), refusal, typed);
        var content = ActivationPages.For(
            state, client?.Options.ClientName ?? state.Request.ClientId, place.IsServed, page);
        return PageFrame.ToResult(words, content, status, state.Request.RedirectUri);
    }

    private static IResult Gone(HttpContext context)
    {
        var words = Words.For(context.Request);
        return Stop(words, words.SessionGone, StatusCodes.Status410Gone);
    }

    private static IResult Stop(Words words, string why, int status) =>
        PageFrame.ToResult(words, ActivationPages.Stop(words, why), status);

    private static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Empty;
    }

    private async Task<OpenActivation?> FindAsync(HttpContext context, CancellationToken ct) =>
        context.Request.Cookies[Cookie] is { Length: > 0 } session ? await activations.FindAsync(session, ct) : null;

    // Follows from the session, so that every replica knows it; useless to whoever has not seen the page.
    private string FormToken(string session) => Convert.ToHexStringLower(vault.Index("form token", session));

    private bool ComesFromHere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == OriginOf(issuer.BrowserBase) || origin == OriginOf(issuer.Value);
    }

    private static string OriginOf(string address) => new Uri(address).GetLeftPart(UriPartial.Authority);

    // Lax, not Strict: the first page is reached by a redirect that began in the payment app.
    private static CookieOptions CookieFor(HttpContext context) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = Path,
        MaxAge = Activations.Life,
        IsEssential = true,
    };

    private static byte[] ReadCss()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Stylesheet)
            ?? throw new InvalidOperationException("The stylesheet is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }
}
