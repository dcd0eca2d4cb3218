using System.Net;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Authorization;

public sealed class AuthorizeTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private PaymentApp App => identity.WeChat;

    [Fact]
    public async Task A_request_that_was_not_pushed_is_refused_and_not_redirected()
    {
        var browser = new Browser(identity);
        await browser.GoAsync(HttpMethod.Get, $"/connect/authorize?client_id={App.Id}&response_type=code"
            + $"&redirect_uri={Uri.EscapeDataString(App.RedirectUri)}&code_challenge=x&code_challenge_method=S256");
        AssertStopped(browser, "invalid_request");
    }

    [Fact]
    public async Task A_reference_expires()
    {
        var requestUri = await App.PushedAsync(identity.NewCitizen());
        identity.Clock.Advance(TimeSpan.FromSeconds(91));
        await AssertRefusedAsync(App, requestUri);
    }

    [Fact]
    public async Task A_reference_opens_once()
    {
        var requestUri = await App.PushedAsync(identity.NewCitizen());
        var browser = new Browser(identity);
        await browser.OpenAsync(App, requestUri);
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        await AssertRefusedAsync(App, requestUri);
    }

    [Fact]
    public async Task A_reference_opens_for_its_own_client_alone()
    {
        var requestUri = await App.PushedAsync(identity.NewCitizen());
        await AssertRefusedAsync(identity.Alipay, requestUri);
        var browser = new Browser(identity);
        await browser.OpenAsync(App, requestUri);
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
    }

    [Theory]
    [InlineData("urn:ietf:params:oauth:request_uri:unknown")]
    [InlineData("https://evil.test/request.jwt")]
    public Task A_reference_of_someone_else_is_refused(string requestUri) => AssertRefusedAsync(App, requestUri);

    [Fact]
    public async Task An_unknown_client_is_refused()
    {
        var browser = new Browser(identity);
        await browser.GoAsync(HttpMethod.Get, "/connect/authorize?client_id=nobody&request_uri=x");
        AssertStopped(browser, "invalid_request");
    }

    private async Task AssertRefusedAsync(PaymentApp app, string requestUri)
    {
        var browser = new Browser(identity);
        await browser.OpenAsync(app, requestUri);
        AssertStopped(browser, "invalid_request_uri");
    }

    private static void AssertStopped(Browser browser, string code)
    {
        Assert.Equal(HttpStatusCode.BadRequest, browser.Response.StatusCode);
        Assert.Null(browser.Response.Headers.Location);
        Assert.Contains(code, browser.Html, StringComparison.Ordinal);
        Assert.Contains("返回应用", browser.Html, StringComparison.Ordinal);
    }
}
