using System.Net;
using System.Security.Cryptography;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Authorization;

public sealed class ParTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private PaymentApp App => identity.WeChat;

    [Fact]
    public async Task A_good_request_gets_a_short_lived_reference()
    {
        var answer = await App.PushAsync(Form());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var body = await TestIdentity.JsonAsync(answer);
        Assert.StartsWith(
            "urn:ietf:params:oauth:request_uri:", body.GetProperty("request_uri")
                .GetString(), StringComparison.Ordinal);
        Assert.InRange(body.GetProperty("expires_in").GetInt32(), 60, 90);
    }

    [Theory]
    [InlineData("redirect_uri", "https://wechat.test/callback/", "invalid_request")]
    [InlineData("redirect_uri", "https://evil.test/callback", "invalid_request")]
    [InlineData("redirect_uri", "", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", "", "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("scope", "openid everything", "invalid_scope")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x", "invalid_request")]
    [InlineData("dpop_jkt", "not a thumbprint", "invalid_request")]
    [InlineData("user_statement", "", "invalid_request")]
    [InlineData("user_statement", "not.a.jwt", "invalid_request")]
    [InlineData("client_assertion_type", "other", "invalid_request")]
    public async Task A_parameter_at_fault_is_refused(string name, string value, string error)
    {
        var form = Form();
        form[name] = value;
        await TestIdentity.AssertErrorAsync(await App.PushAsync(form), HttpStatusCode.BadRequest, error);
    }

    [Fact]
    public async Task A_parameter_sent_twice_is_refused()
    {
        using var client = identity.Client();
        var answer = await client.PostAsync("/connect/par", new FormUrlEncodedContent(
            Form().Append(new KeyValuePair<string, string>("scope", "openid"))));
        await TestIdentity.AssertErrorAsync(answer, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        using var client = identity.Client();
        var answer = await client.PostAsync("/connect/par", new StringContent("{}"));
        await TestIdentity.AssertErrorAsync(answer, HttpStatusCode.BadRequest, "invalid_request");
    }

    public static TheoryData<string> BadAssertions => ["unknown client", "alg none", "HMAC with the public key",
        "foreign key", "foreign audience", "audience as token endpoint", "expired", "far future", "no jti",
        "other subject", "statement as assertion", "garbage", "missing"];

    [Theory]
    [MemberData(nameof(BadAssertions))]
    public async Task A_client_that_does_not_authenticate_is_refused_alike(string fault)
    {
        var form = Form();
        form["client_assertion"] = Broken(fault);
        if (fault == "unknown client")
            form["client_id"] = "nobody";
        if (fault == "missing")
            form.Remove("client_assertion");
        await TestIdentity.AssertErrorAsync(await App.PushAsync(form), HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_client_assertion_is_good_once()
    {
        var assertion = App.NewAssertion();
        var (first, second) = (Form(), Form());
        (first["client_assertion"], second["client_assertion"]) = (assertion, assertion);
        Assert.Equal(HttpStatusCode.Created, (await App.PushAsync(first)).StatusCode);
        await TestIdentity.AssertErrorAsync(
            await App.PushAsync(second), HttpStatusCode.Unauthorized, "invalid_client");
    }

    public static TheoryData<string, object?> BadStatements => new()
    {
        { "iss", "alipay" }, { "aud", "https://other.test" }, { "exp", 1 }, { "exp", 4_000_000_000 }, { "iat", null },
        { "name", null }, { "name", "" }, { "document_kind", "library_card" }, { "sub", null },
        { "document_number", "110105194912310021" }, { "document_number", 5 }, { "assurance_level", 0 },
        { "assurance_level", "2" }, { "jti", null },
    };

    [Theory]
    [MemberData(nameof(BadStatements))]
    public async Task A_statement_at_fault_is_refused(string claim, object? value)
    {
        var claims = App.StatementClaims(identity.NewCitizen(), "openid-1");
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = value;
        var form = Form();
        form["user_statement"] = TestJwt.Sign(App.Key, new { alg = "ES256", typ = "user-statement+jwt" }, claims);
        await TestIdentity.AssertErrorAsync(await App.PushAsync(form), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_statement_that_the_app_did_not_sign_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var form = Form();
        form["user_statement"] = TestJwt.Sign(
            other, new { alg = "ES256", typ = "user-statement+jwt" },
            App.StatementClaims(identity.NewCitizen(), "openid-1"));
        await TestIdentity.AssertErrorAsync(await App.PushAsync(form), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_statement_is_good_once()
    {
        var (first, second) = (Form(), Form());
        second["user_statement"] = first["user_statement"];
        Assert.Equal(HttpStatusCode.Created, (await App.PushAsync(first)).StatusCode);
        await TestIdentity.AssertErrorAsync(await App.PushAsync(second), HttpStatusCode.BadRequest, "invalid_request");
    }

    private Dictionary<string, string> Form() => App.PushForm(identity.NewCitizen());

    private string Broken(string fault)
    {
        var claims = App.AssertionClaims();
        var now = identity.Clock.GetUtcNow().ToUnixTimeSeconds();
        switch (fault)
        {
            case "alg none": return TestJwt.Unsigned(claims);
            case "HMAC with the public key": return TestJwt.SignedWithPublicKey(App.Key, claims);
            case "garbage": return "a.b";
            case "statement as assertion": return App.Statement(identity.NewCitizen(), App.Id);
            case "foreign key":
                using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                    return TestJwt.Sign(other, new { alg = "ES256" }, claims);
            case "foreign audience": claims["aud"] = "https://other.test"; break;
            case "audience as token endpoint": claims["aud"] = identity.Issuer + "/connect/token"; break;
            case "expired": claims["exp"] = now - 60; break;
            case "far future": claims["exp"] = now + 3600; break;
            case "no jti": claims.Remove("jti"); break;
            case "other subject": claims["sub"] = "alipay"; break;
            case "unknown client": claims["iss"] = claims["sub"] = "nobody"; break;
        }
        return TestJwt.Sign(App.Key, new { alg = "ES256" }, claims);
    }
}
