using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Ecert.Certificates;
using Ecert.Certificates.Presentations;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Issuance;

public sealed class OneTimeCodeTests(TestIdentity identity) : IClassFixture<TestIdentity>, IDisposable
{
    private readonly ECDsa _holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private PaymentApp App => identity.WeChat;

    public void Dispose() => _holder.Dispose();

    [Fact]
    public async Task A_code_stands_for_its_certificate_once()
    {
        var (tokens, certificate) = await HolderAsync();
        var code = await CodeAsync(tokens);

        Assert.True(OneTimeCode.TryParse(code, out var read));
        Assert.Equal("130100", read.Division.Value);
        var facts = await TestIdentity.JsonAsync(await RedeemAsync(code, "visit-1"));
        Assert.Equal(certificate.Claims.Id.Value, facts.GetProperty("certificate_id").GetString());
        Assert.Equal(certificate.Claims.Subject.Value, facts.GetProperty("subject").GetString());
        Assert.Equal("valid", facts.GetProperty("state").GetString());
        await TestIdentity.AssertErrorAsync(
            await RedeemAsync(code, "visit-2"), HttpStatusCode.Conflict, "code_spent");
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(code, "visit-1")).StatusCode);
        identity.AssertLogIsClean(code);
    }

    [Fact]
    public async Task Many_tills_at_once_spend_it_once()
    {
        var (tokens, _) = await HolderAsync();
        var code = await CodeAsync(tokens);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(till => RedeemAsync(code, $"till-{till}")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_a_minute_it_has_lapsed()
    {
        var (tokens, _) = await HolderAsync();
        var code = await CodeAsync(tokens);
        identity.Clock.Advance(TimeSpan.FromSeconds(60));
        await TestIdentity.AssertErrorAsync(await RedeemAsync(code), HttpStatusCode.Conflict, "code_lapsed");
    }

    [Fact]
    public async Task A_newer_code_ends_the_one_before()
    {
        var (tokens, _) = await HolderAsync();
        var first = await CodeAsync(tokens);
        var second = await CodeAsync(tokens);
        await TestIdentity.AssertErrorAsync(await RedeemAsync(first), HttpStatusCode.Conflict, "code_lapsed");
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(second)).StatusCode);
    }

    [Fact]
    public async Task An_invented_number_is_unknown()
    {
        await TestIdentity.AssertErrorAsync(
            await RedeemAsync(new string('1', 22) + "130100"), HttpStatusCode.Conflict, "code_unknown");
    }

    [Fact]
    public async Task Seven_codes_within_a_minute_are_too_many()
    {
        var (tokens, _) = await HolderAsync();
        for (var asked = 0; asked < 6; asked++)
            await CodeAsync(tokens);
        await TestIdentity.AssertErrorAsync(await AskAsync(tokens), HttpStatusCode.TooManyRequests, "slow_down");
        identity.Clock.Advance(TimeSpan.FromSeconds(61));
        await CodeAsync(tokens);
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("revoke")]
    public async Task A_closed_certificate_gets_no_code_and_a_living_code_tells_its_state(string verb)
    {
        var (tokens, certificate) = await HolderAsync();
        var code = await CodeAsync(tokens);
        using var gateway = Gateway();
        await gateway.PostAsync($"/certificates/{certificate.Claims.Id}/{verb}", null);

        await AssertDeniedAsync(tokens);
        var facts = await TestIdentity.JsonAsync(await RedeemAsync(code));
        Assert.Equal(verb == "suspend" ? "suspended" : "revoked", facts.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Tokens_without_a_certificate_get_no_code() =>
        await AssertDeniedAsync(await App.ActivatedAsync(identity.NewCitizen()));

    [Fact]
    public async Task Tokens_of_the_phone_before_get_no_code()
    {
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var citizen = identity.NewCitizen();
        var old = await App.ActivatedAsync(citizen);
        await Wallet.FetchAsync(identity, App, old, _holder);
        identity.Clock.Advance(TimeSpan.FromSeconds(1));
        var tokens = await App.ActivatedAsync(citizen);
        await Wallet.FetchAsync(identity, App, tokens, next);

        await AssertDeniedAsync(old);
        await CodeAsync(tokens);
    }

    [Fact]
    public async Task A_token_without_its_key_gets_no_code()
    {
        var (tokens, _) = await HolderAsync();
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await TestIdentity.AssertErrorAsync(
            await AskAsync(tokens, thief), HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Theory]
    [InlineData("{\"code\":\"1111111111111111111111130100\"}")]
    [InlineData("{\"code\":5,\"spender\":\"x\"}")]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task A_redemption_at_fault_is_refused(string body)
    {
        using var gateway = Gateway();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await gateway.PostAsync("/one-time-code/redeem", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_but_the_gateway_redeems()
    {
        var (tokens, _) = await HolderAsync();
        using var anyone = identity.Client();
        var answer = await anyone.PostAsJsonAsync(
            "/one-time-code/redeem", new { code = await CodeAsync(tokens), spender = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private HttpClient Gateway() => identity.Client(identity.Keys.Client("urn:ecert:gateway"));

    private async Task<(JsonElement Tokens, SignedCertificate Certificate)> HolderAsync()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        return (tokens, await Wallet.FetchAsync(identity, App, tokens, _holder));
    }

    private async Task<string> CodeAsync(JsonElement tokens)
    {
        var answer = await AskAsync(tokens);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var body = await TestIdentity.JsonAsync(answer);
        Assert.Equal(60, body.GetProperty("expires_in").GetInt32());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        return body.GetProperty("one_time_code").GetString()!;
    }

    private async Task AssertDeniedAsync(JsonElement tokens) => await TestIdentity.AssertErrorAsync(
        await AskAsync(tokens), HttpStatusCode.BadRequest, "one_time_code_denied");

    private async Task<HttpResponseMessage> AskAsync(JsonElement tokens, ECDsa? dpopKey = null)
    {
        var token = tokens.GetProperty("access_token").GetString()!;
        using var client = identity.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/one-time-code");
        request.Headers.Authorization = new AuthenticationHeaderValue("DPoP", token);
        request.Headers.Add("DPoP", App.Proof("POST", "/one-time-code", token, dpopKey));
        return await client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> RedeemAsync(string code, string spender = "visit")
    {
        using var gateway = Gateway();
        return await gateway.PostAsJsonAsync("/one-time-code/redeem", new { code, spender });
    }
}
