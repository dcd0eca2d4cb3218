using System.Net;
using System.Security.Cryptography;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Authorization;

public sealed class TokenTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private PaymentApp App => identity.WeChat;

    [Fact]
    public async Task A_code_is_good_once_and_its_second_use_ends_the_grant()
    {
        var code = await CodeAsync();
        var first = await TestIdentity.JsonAsync(await App.TokenAsync(App.CodeForm(code)));
        var access = first.GetProperty("access_token").GetString()!;
        Assert.True(await IsActiveAsync(App, access));

        await AssertRefusedAsync(App.CodeForm(code), "invalid_grant");

        Assert.False(await IsActiveAsync(App, access));
        await AssertRefusedAsync(App.RefreshForm(first.GetProperty("refresh_token").GetString()!), "invalid_grant");
    }

    [Fact]
    public async Task Of_many_who_use_one_code_at_once_at_most_one_gets_tokens()
    {
        var code = await CodeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => App.TokenAsync(App.CodeForm(code))));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("code_verifier", "0000000000000000000000000000000000000000000")]
    [InlineData("code_verifier", "short")]
    [InlineData("code_verifier", "")]
    [InlineData("redirect_uri", "https://wechat.test/other")]
    [InlineData("redirect_uri", "")]
    [InlineData("code", "unknown")]
    [InlineData("code", "")]
    public async Task A_code_is_bound_to_what_was_pushed(string name, string value)
    {
        var form = App.CodeForm(await CodeAsync());
        form[name] = value;
        await AssertRefusedAsync(form, "invalid_grant");
    }

    [Fact]
    public async Task A_code_expires()
    {
        var form = await CodeAsync();
        identity.Clock.Advance(TimeSpan.FromSeconds(61));
        await AssertRefusedAsync(App.CodeForm(form), "invalid_grant");
    }

    [Fact]
    public async Task A_code_stolen_by_another_client_is_refused_and_stays_good_for_its_own()
    {
        var code = await CodeAsync();
        var thief = identity.Alipay;
        thief.Nonce = await FreshNonceAsync(thief);
        var form = thief.CodeForm(code);
        (form["redirect_uri"], form["code_verifier"]) = (App.RedirectUri, App.Verifier);
        await TestIdentity.AssertErrorAsync(await thief.TokenAsync(form), HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(HttpStatusCode.OK, (await App.TokenAsync(App.CodeForm(code))).StatusCode);
    }

    [Fact]
    public async Task A_code_bound_to_a_key_from_the_start_wants_that_key()
    {
        var citizen = identity.NewCitizen();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var push = App.PushForm(citizen);
        push["dpop_jkt"] = TestJwt.Thumbprint(App.DpopKey);
        var requestUri =
            (await TestIdentity.JsonAsync(await App.PushAsync(push))).GetProperty("request_uri").GetString()!;
        var code = await new Browser(identity).FinishAsync(App, citizen, requestUri);

        var stolen = await App.TokenAsync(App.CodeForm(code), other);
        await TestIdentity.AssertErrorAsync(stolen, HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(HttpStatusCode.OK, (await App.TokenAsync(App.CodeForm(code))).StatusCode);
    }

    [Theory]
    [InlineData("implicit", "unsupported_grant_type")]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("", "invalid_request")]
    [InlineData("client_credentials", "unauthorized_client")]
    public Task A_grant_that_is_not_offered_is_refused(string grantType, string error)
    {
        var form = App.CodeForm("x");
        form["grant_type"] = grantType;
        return AssertRefusedAsync(form, error);
    }

    [Fact]
    public async Task An_unknown_client_is_refused()
    {
        var form = App.CodeForm("x");
        form["client_id"] = "nobody";
        await TestIdentity.AssertErrorAsync(
            await App.TokenAsync(form), HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_refresh_token_rotates_and_its_second_use_ends_the_family()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        var first = tokens.GetProperty("refresh_token").GetString()!;
        var renewed = await TestIdentity.JsonAsync(await App.TokenAsync(App.RefreshForm(first)));
        var second = renewed.GetProperty("refresh_token").GetString()!;
        Assert.NotEqual(first, second);
        Assert.True(await IsActiveAsync(App, second));

        await AssertRefusedAsync(App.RefreshForm(first), "invalid_grant");

        await AssertRefusedAsync(App.RefreshForm(second), "invalid_grant");
        Assert.False(await IsActiveAsync(App, renewed.GetProperty("access_token").GetString()!));
    }

    [Fact]
    public async Task A_refresh_token_wants_its_own_key_and_no_wider_scope()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        var token = tokens.GetProperty("refresh_token").GetString()!;
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await TestIdentity.AssertErrorAsync(
            await App.TokenAsync(App.RefreshForm(token), other), HttpStatusCode.BadRequest, "invalid_grant");
        var wider = App.RefreshForm(token);
        wider["scope"] = "openid benefits";
        await AssertRefusedAsync(wider, "invalid_scope");
        var narrower = App.RefreshForm(token);
        narrower["scope"] = "certificate";
        var answer = await TestIdentity.JsonAsync(await App.TokenAsync(narrower));
        Assert.Equal("certificate", answer.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task A_revoked_token_ends_its_grant_and_nobody_else_can_do_that()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        var access = tokens.GetProperty("access_token").GetString()!;
        var refresh = tokens.GetProperty("refresh_token").GetString()!;
        Assert.Equal(
            HttpStatusCode.OK,
            (await identity.Alipay.PostAsync("/connect/revoke", identity.Alipay.TokenForm(refresh))).StatusCode);
        Assert.True(await IsActiveAsync(App, access));
        Assert.False(await IsActiveAsync(identity.Alipay, access));

        Assert.Equal(HttpStatusCode.OK, (await App.PostAsync("/connect/revoke", App.TokenForm(refresh))).StatusCode);

        Assert.False(await IsActiveAsync(App, access));
        Assert.Equal(HttpStatusCode.OK, (await App.PostAsync("/connect/revoke", App.TokenForm("unknown"))).StatusCode);
    }

    private async Task<string> CodeAsync() => await new Browser(identity).ActivateAsync(App, identity.NewCitizen());

    private async Task AssertRefusedAsync(Dictionary<string, string> form, string error) =>
        await TestIdentity.AssertErrorAsync(await App.TokenAsync(form), HttpStatusCode.BadRequest, error);

    private static async Task<string> FreshNonceAsync(PaymentApp app)
    {
        var answer = await app.TokenAsync(app.CodeForm("none"));
        return answer.Headers.GetValues("DPoP-Nonce").Single();
    }

    private static async Task<bool> IsActiveAsync(PaymentApp app, string token)
    {
        var answer = await app.PostAsync("/connect/introspect", app.TokenForm(token));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await TestIdentity.JsonAsync(answer)).GetProperty("active").GetBoolean();
    }
}
