using System.Net;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Activation;

public sealed class ActivationTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private PaymentApp App => identity.WeChat;

    [Fact]
    public async Task Every_page_is_guarded_against_framing_scripts_and_caches()
    {
        var browser = await OpenedAsync(identity.NewCitizen());
        var headers = browser.Response.Headers;
        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://wechat.test;", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", headers.CacheControl?.ToString());
        Assert.DoesNotContain("<script", browser.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_first_page_shows_the_name_and_a_masked_number()
    {
        var citizen = identity.NewCitizen();
        var browser = await OpenedAsync(citizen);
        Assert.Contains(citizen.Name, browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(citizen.Number, browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(citizen.Number[6..14], browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_app_states_is_shown_as_text()
    {
        var browser = await OpenedAsync(new Citizen("<b>x</b>\"'", identity.NewNumber()));
        Assert.DoesNotContain("<b>", browser.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;x&lt;/b&gt;&quot;&#x27;", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "zh-CN", "zh-CN")]
    [InlineData("en", "zh-CN", "en")]
    public async Task Pages_speak_the_chosen_language(string? chosen, string stated, string shown)
    {
        var push = App.PushForm(identity.NewCitizen());
        push["ui_locales"] = stated;
        var requestUri =
            (await TestIdentity.JsonAsync(await App.PushAsync(push))).GetProperty("request_uri").GetString();
        var browser = new Browser(identity);
        await browser.GoAsync(HttpMethod.Get, $"/connect/authorize?client_id={App.Id}&request_uri={requestUri}"
            + (chosen is null ? "" : $"&lang={chosen}"));
        Assert.Contains($"<html lang=\"{shown}\">", browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync(("face_evidence", "nobody's"));
        Assert.Contains($"<html lang=\"{shown}\">", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_an_unknown_person_and_a_strange_face_are_answered_alike()
    {
        var known = identity.NewCitizen();
        var wrongName = await RefusalAsync(known with { Name = "李四" }, known.Face);
        var unknown = await RefusalAsync(new Citizen("李四", identity.NewNumber()), "any face");
        var strangeFace = await RefusalAsync(identity.NewCitizen() with { Name = "张三丰" }, "another's face");
        Assert.Equal(wrongName, unknown);
        Assert.Equal(wrongName, strangeFace);
        Assert.Equal(identity.Authority.NamesAsked, identity.Authority.FacesAsked);
    }

    [Fact]
    public async Task A_refused_page_keeps_what_was_typed_and_says_what_to_do()
    {
        var browser = await OpenedAsync(identity.NewCitizen());
        await browser.SubmitAsync(("face_evidence", "typed <evidence>"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.Contains("value=\"typed &lt;evidence&gt;\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains("重新刷脸", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_is_away_costs_nothing_but_a_moment()
    {
        var citizen = identity.NewCitizen();
        var browser = await OpenedAsync(citizen);
        identity.Authority.IsAway = true;
        await browser.SubmitAsync(("face_evidence", citizen.Face));
        identity.Authority.IsAway = false;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        await browser.SubmitAsync(("face_evidence", citizen.Face));
        Assert.Contains("name=\"place\"", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_attempts_the_authority_is_not_asked_again()
    {
        var citizen = identity.NewCitizen();
        var browser = await OpenedAsync(citizen);
        for (var attempt = 0; attempt < 5; attempt++)
            await browser.SubmitAsync(("face_evidence", "wrong"));
        var asked = identity.Authority.NamesAsked;
        await browser.SubmitAsync(("face_evidence", citizen.Face));
        Assert.Equal(asked, identity.Authority.NamesAsked);
        Assert.Contains("尝试次数过多", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_without_active_insurance_is_told_where_to_go()
    {
        var citizen = new Citizen("王五", identity.NewNumber());
        identity.Authority.Know(citizen);
        identity.PersonBase.Know(citizen, StandInPersonBase.Enrolled("130100", isActive: false));
        var browser = await OpenedAsync(citizen);
        await browser.SubmitAsync(("face_evidence", citizen.Face));
        Assert.Contains("医保经办机构", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("440100-310-1101", "尚未开通")]
    [InlineData("130300-310-1101", "请选择")]
    [InlineData("999999-310-1101", "请选择")]
    [InlineData("", "请选择")]
    public async Task A_place_that_cannot_be_chosen_is_refused(string place, string says)
    {
        var browser = await AtPlaceAsync();
        await browser.SubmitAsync(("place", place));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.Contains(says, browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345", "12345", "6 位数字")]
    [InlineData("1234567", "1234567", "6 位数字")]
    [InlineData("12a456", "12a456", "6 位数字")]
    [InlineData("１２３４５６", "１２３４５６", "6 位数字")]
    [InlineData("", "", "6 位数字")]
    [InlineData("730518", "730519", "不一致")]
    [InlineData("123456", "123456", "过于简单")]
    [InlineData("491231", "491231", "证件号码")]
    public async Task A_pin_that_cannot_stand_is_refused_and_not_shown_again(string pin, string again, string says)
    {
        var browser = await AtPinAsync();
        await browser.SubmitAsync(("pin", pin), ("pin_again", again));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.Contains(says, browser.Html, StringComparison.Ordinal);
        if (pin.Length > 0)
            Assert.DoesNotContain($"value=\"{pin}\"", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_must_be_ticked_and_names_the_app_as_text()
    {
        var browser = await AtPinAsync();
        await browser.SubmitAsync(("pin", "730518"), ("pin_again", "730518"));
        Assert.Contains("wechat &lt;app&gt;", browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.Contains("请勾选", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citizen_who_declines_goes_back_to_the_app_without_a_code()
    {
        var browser = await OpenedAsync(identity.NewCitizen());
        await browser.PostAsync("/activation/cancel");
        Assert.StartsWith(
            App.RedirectUri, browser.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var parameters = browser.ReturnedParameters();
        Assert.Equal("access_denied", parameters["error"]);
        Assert.Equal("state & more", parameters["state"]);
        Assert.Equal(identity.Issuer, parameters["iss"]);
        await browser.GoAsync(HttpMethod.Get, "/activation");
        Assert.Equal(HttpStatusCode.Gone, browser.Response.StatusCode);
    }

    [Fact]
    public async Task A_post_without_the_form_token_is_refused()
    {
        var browser = await OpenedAsync(identity.NewCitizen());
        await browser.SubmitAsync(withToken: false, ("face_evidence", "x"));
        Assert.Equal(HttpStatusCode.Forbidden, browser.Response.StatusCode);
    }

    [Fact]
    public async Task A_post_with_another_sessions_form_token_is_refused()
    {
        var own = await OpenedAsync(identity.NewCitizen());
        var others = await OpenedAsync(identity.NewCitizen());
        await own.SubmitAsync(("face_evidence", "x"), ("form_token", others.FormToken));
        Assert.Equal(HttpStatusCode.Forbidden, own.Response.StatusCode);
    }

    [Fact]
    public async Task A_post_from_another_site_is_refused()
    {
        var browser = await OpenedAsync(identity.NewCitizen());
        browser.Origin = "https://evil.test";
        await browser.SubmitAsync(("face_evidence", "x"));
        Assert.Equal(HttpStatusCode.Forbidden, browser.Response.StatusCode);
    }

    [Fact]
    public async Task A_step_cannot_be_skipped()
    {
        var browser = await OpenedAsync(identity.NewCitizen());
        await browser.PostAsync("/activation/consent", ("consent", "yes"));
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        Assert.Contains("name=\"face_evidence\"", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activation_ends_after_a_quarter_of_an_hour_and_needs_its_cookie()
    {
        var browser = await OpenedAsync(identity.NewCitizen());
        var cookie = Assert.Single(browser.SetCookies);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        identity.Clock.Advance(TimeSpan.FromMinutes(16));
        await browser.GoAsync(HttpMethod.Get, "/activation");
        Assert.Equal(HttpStatusCode.Gone, browser.Response.StatusCode);
        var stranger = new Browser(identity);
        await stranger.GoAsync(HttpMethod.Get, "/activation");
        Assert.Equal(HttpStatusCode.Gone, stranger.Response.StatusCode);
    }

    private async Task<Browser> OpenedAsync(Citizen citizen)
    {
        var browser = new Browser(identity);
        await browser.OpenAsync(App, await App.PushedAsync(citizen));
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        return browser;
    }

    private async Task<Browser> AtPlaceAsync()
    {
        var citizen = identity.NewCitizen();
        var browser = await OpenedAsync(citizen);
        await browser.SubmitAsync(("face_evidence", citizen.Face));
        return browser;
    }

    private async Task<Browser> AtPinAsync()
    {
        var browser = await AtPlaceAsync();
        await browser.SubmitAsync(("place", "130200-390-1101"));
        return browser;
    }

    // The answer with what the citizen brought along taken out.
    private async Task<string> RefusalAsync(Citizen citizen, string face)
    {
        var browser = await OpenedAsync(citizen);
        await browser.SubmitAsync(("face_evidence", face));
        var html = browser.Html.Replace(citizen.Name, "", StringComparison.Ordinal)
            .Replace(browser.FormToken, "", StringComparison.Ordinal);
        html = html.Replace(WebUtility.HtmlEncode(face), "", StringComparison.Ordinal)
            .Replace(face.Replace("'", "&#x27;", StringComparison.Ordinal), "", StringComparison.Ordinal);
        return $"{browser.Response.StatusCode} {html.Replace(citizen.Number[^2..], "", StringComparison.Ordinal)}";
    }
}
