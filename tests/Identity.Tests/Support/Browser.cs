using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecert.Identity.Tests.Support;

/// <summary>
/// A browser as far as the pages need one: cookies, redirects inside the server, and forms as they stand.
/// </summary>
internal sealed partial class Browser(TestIdentity identity)
{
    private readonly CookieContainer _cookies = new();
    private HttpResponseMessage? _response;

    internal string Html { get; private set; } = "";
    internal HttpResponseMessage Response => _response!;
    internal List<string> SetCookies { get; } = [];
    internal string? Origin { get; set; }
    internal string FormToken => HiddenPattern().Match(Html).Groups["value"].Value;

    internal Task OpenAsync(PaymentApp app, string requestUri) => GoAsync(HttpMethod.Get, QueryHelpers.AddQueryString(
        "/connect/authorize",
        new Dictionary<string, string?> { ["client_id"] = app.Id, ["request_uri"] = requestUri }));

    /// <summary>Posts the first form of the page with its hidden fields and the given ones.</summary>
    internal Task SubmitAsync(params (string Name, string Value)[] fields) => SubmitAsync(true, fields);

    internal Task SubmitAsync(bool withToken, params (string Name, string Value)[] fields)
    {
        var form = FormPattern().Match(Html);
        Assert.True(form.Success, $"No form on the page: {Html}");
        var values = HiddenPattern().Matches(form.Groups["body"].Value)
            .Where(_ => withToken)
            .ToDictionary(field => field.Groups["name"].Value, field => field.Groups["value"].Value);
        foreach (var (name, value) in fields)
            values[name] = value;
        return GoAsync(HttpMethod.Post, WebUtility.HtmlDecode(form.Groups["action"].Value), values);
    }

    /// <summary>Posts with the page's token, but to an address of the caller's choice.</summary>
    internal Task PostAsync(string address, params (string Name, string Value)[] fields) => GoAsync(
        HttpMethod.Post, address,
        fields.Append(("form_token", FormToken)).ToDictionary(field => field.Item1, field => field.Item2));

    /// <summary>Through all four pages, back to the app with a code.</summary>
    internal async Task<string> ActivateAsync(
        PaymentApp app, Citizen citizen, string user = "openid-1") =>
        await FinishAsync(app, citizen, await app.PushedAsync(citizen, user));

    internal async Task<string> FinishAsync(PaymentApp app, Citizen citizen, string requestUri)
    {
        await OpenAsync(app, requestUri);
        return await FinishAsync(citizen);
    }

    /// <summary>From the first page on.</summary>
    internal async Task<string> FinishAsync(Citizen citizen)
    {
        await SubmitAsync(("face_evidence", citizen.Face));
        await SubmitAsync(("place", "130100-310-1101"));
        await SubmitAsync(("pin", "730518"), ("pin_again", "730518"));
        await SubmitAsync(("consent", "yes"));
        return ReturnedParameters()["code"];
    }

    internal Dictionary<string, string> ReturnedParameters() => QueryHelpers
        .ParseQuery(Response.Headers.Location!.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());

    internal async Task GoAsync(HttpMethod method, string address, Dictionary<string, string>? form = null)
    {
        using var client = identity.Client();
        for (var hops = 0; hops < 5; hops++)
        {
            using var request = new HttpRequestMessage(method, new Uri(client.BaseAddress!, address));
            request.Content = form is null ? null : new FormUrlEncodedContent(form);
            if (_cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies)
                request.Headers.Add("Cookie", cookies);
            if (Origin is not null)
                request.Headers.Add("Origin", Origin);
            _response = await client.SendAsync(request);
            Html = await _response.Content.ReadAsStringAsync();
            foreach (var cookie in _response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                _cookies.SetCookies(request.RequestUri!, cookie);
                SetCookies.Add(cookie);
            }
            if (_response.Headers.Location is not { IsAbsoluteUri: false } next)
                return;
            (method, address, form) = (HttpMethod.Get, next.OriginalString, null);
        }
        Assert.Fail("The pages redirect in circles.");
    }

    [GeneratedRegex("""<form method="post" action="(?<action>[^"]+)">(?<body>.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex FormPattern();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)">""")]
    private static partial Regex HiddenPattern();
}
