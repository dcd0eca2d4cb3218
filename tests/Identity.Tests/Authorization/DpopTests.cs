using System.Net;
using System.Security.Cryptography;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Authorization;

public sealed class DpopTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private const string Path = "/connect/token";
    private PaymentApp App => identity.WeChat;
    private long Now => identity.Clock.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task A_request_without_a_proof_is_refused() => await AssertRefusedAsync(null);

    [Fact]
    public async Task A_proof_is_good_once()
    {
        var proof = App.Proof("POST", Path);
        await TestIdentity.AssertErrorAsync(
            await App.PostAsync(Path, App.CodeForm("none"), proof), HttpStatusCode.BadRequest, "invalid_grant");
        await AssertRefusedAsync(proof);
    }

    [Fact]
    public Task A_proof_for_another_method_is_refused() => AssertRefusedAsync(App.Proof("GET", Path));

    [Fact]
    public Task A_proof_for_another_address_is_refused() => AssertRefusedAsync(App.Proof("POST", "/credential"));

    [Theory]
    [InlineData(-71)]
    [InlineData(11)]
    public Task A_proof_out_of_its_time_is_refused(int seconds) =>
        AssertRefusedAsync(App.Proof("POST", Path, at: Now + seconds));

    [Theory]
    [InlineData("typ")]
    [InlineData("private key")]
    [InlineData("other curve")]
    [InlineData("point off the curve")]
    [InlineData("other key")]
    [InlineData("alg none")]
    public Task A_proof_of_another_shape_is_refused(string fault) => AssertRefusedAsync(Broken(fault));

    [Fact]
    public async Task A_client_that_must_use_nonces_is_told_one_and_comes_through_with_it()
    {
        var app = identity.Alipay;
        app.Nonce = null;
        var told = await app.TokenAsync(app.CodeForm("none"));
        await TestIdentity.AssertErrorAsync(told, HttpStatusCode.BadRequest, "use_dpop_nonce");
        app.Nonce = told.Headers.GetValues("DPoP-Nonce").Single();
        await TestIdentity.AssertErrorAsync(
            await app.TokenAsync(app.CodeForm("none")), HttpStatusCode.BadRequest, "invalid_grant");

        identity.Clock.Advance(TimeSpan.FromMinutes(5));
        var stale = await app.TokenAsync(app.CodeForm("none"));
        await TestIdentity.AssertErrorAsync(stale, HttpStatusCode.BadRequest, "use_dpop_nonce");
    }

    private async Task AssertRefusedAsync(string? proof) => await TestIdentity.AssertErrorAsync(
        await App.PostAsync(Path, App.CodeForm("none"), proof), HttpStatusCode.BadRequest, "invalid_dpop_proof");

    private string Broken(string fault)
    {
        var claims = new { jti = "1" + fault, htm = "POST", htu = identity.Issuer + Path, iat = Now };
        var jwk = TestJwt.PublicJwk(App.DpopKey);
        switch (fault)
        {
            case "typ": return TestJwt.Sign(App.DpopKey, new { typ = "JWT", alg = "ES256", jwk }, claims);
            case "private key": jwk["d"] = jwk["x"]; break;
            case "other curve": jwk["crv"] = "P-384"; break;
            case "point off the curve": jwk["y"] = jwk["x"]; break;
            case "alg none": return TestJwt.Unsigned(claims);
            case "other key":
                using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                    return TestJwt.Sign(other, new { typ = "dpop+jwt", alg = "ES256", jwk }, claims);
        }
        return TestJwt.Sign(App.DpopKey, new { typ = "dpop+jwt", alg = "ES256", jwk }, claims);
    }
}
