using System.Net;
using System.Text.RegularExpressions;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Seed;

namespace Ecert.Standalone.Journey.Actors;

/// <summary>
/// The citizen's browser on the activation pages: follows the forms as they are, redirects and cookies included.
/// </summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _identity;

    public Browser(RunningSystem system)
    {
        var handler = system.Chain.HandlerAs(null);
        handler.UseCookies = true;
        handler.CookieContainer = new CookieContainer();
        (_http, _identity) = (new HttpClient(handler), system.Addresses.Identity);
    }

    /// <summary>Face, place, PIN, consent; back at the app with a code.</summary>
    public async Task<string> ActivateAsync(
        string clientId, string requestUri, string faceToken, Citizen citizen, CancellationToken ct)
    {
        var start = $"/connect/authorize?client_id={clientId}&request_uri={Uri.EscapeDataString(requestUri)}";
        var page = await FollowAsync(await _http.GetAsync(new Uri(_identity, start), ct), ct);
        page = await PostAsync(page, "identity", new() { ["face_evidence"] = faceToken }, ct);
        page = await PostAsync(page, "place",
            new() { ["place"] = $"{citizen.InsuredPlace}-{citizen.Scheme}-{citizen.PersonType}" }, ct);
        page = await PostAsync(page, "pin", new() { ["pin"] = "730519", ["pin_again"] = "730519" }, ct);
        using var answer = await SubmitAsync(page, "consent", new() { ["consent"] = "yes" }, ct);
        var code = Code().Match(answer.Headers.Location?.Query ?? "");
        return code.Success
            ? Uri.UnescapeDataString(code.Groups[1].Value)
            : throw new JourneyFailedException(
                $"Consent did not lead back to the app but to {answer.Headers.Location}.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> PostAsync(
        string page, string step, Dictionary<string, string> fields, CancellationToken ct) =>
        await FollowAsync(await SubmitAsync(page, step, fields, ct), ct);

    private Task<HttpResponseMessage> SubmitAsync(
        string page, string step, Dictionary<string, string> fields, CancellationToken ct)
    {
        var token = FormToken().Match(page);
        if (!token.Success)
            throw new JourneyFailedException($"The page before {step} has no form.");
        fields["form_token"] = WebUtility.HtmlDecode(token.Groups[1].Value);
        return _http.PostAsync(new Uri(_identity, $"/activation/{step}"), new FormUrlEncodedContent(fields), ct);
    }

    private async Task<string> FollowAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        using (answer)
        {
            if (answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Found)
                return await FollowAsync(await _http.GetAsync(new Uri(_identity, answer.Headers.Location!), ct), ct);
            var page = await answer.Content.ReadAsStringAsync(ct);
            return answer.IsSuccessStatusCode
                ? page
                : throw new JourneyFailedException(
                    $"A page answered {(int)answer.StatusCode}: {Alert().Match(page).Groups[1].Value}");
        }
    }

    [GeneratedRegex("name=\"form_token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("[?&]code=([^&]+)")]
    private static partial Regex Code();

    [GeneratedRegex("role=\"alert\"[^>]*>([^<]*)<")]
    private static partial Regex Alert();
}
