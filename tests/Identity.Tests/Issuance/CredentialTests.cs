using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Issuance;

public sealed class CredentialTests(TestIdentity identity) : IClassFixture<TestIdentity>, IDisposable
{
    private readonly ECDsa _holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private PaymentApp App => identity.WeChat;

    public void Dispose() => _holder.Dispose();

    [Fact]
    public async Task Metadata_names_the_endpoints_of_this_issuer()
    {
        using var client = identity.Client();
        var metadata = await client.GetFromJsonAsync<JsonElement>("/.well-known/openid-credential-issuer");
        Assert.Equal(identity.Issuer, metadata.GetProperty("credential_issuer").GetString());
        Assert.Equal(identity.Issuer + "/credential", metadata.GetProperty("credential_endpoint").GetString());
        Assert.Equal(identity.Issuer + "/nonce", metadata.GetProperty("nonce_endpoint").GetString());
    }

    [Fact]
    public async Task A_nonce_is_good_once()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        var nonce = await Wallet.NonceAsync(identity);
        var first = await Wallet.AskAsync(identity, App, tokens, Wallet.Proof(identity, App, _holder, nonce));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await AssertRefusedAsync(tokens, Wallet.Proof(identity, App, _holder, nonce), "invalid_nonce");
    }

    [Fact]
    public async Task A_nonce_expires_and_cannot_be_made_up()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        await AssertRefusedAsync(
            tokens, Wallet.Proof(identity, App, _holder, new string('A', 54)), "invalid_nonce");
        var nonce = await Wallet.NonceAsync(identity);
        identity.Clock.Advance(TimeSpan.FromMinutes(4));
        var renewed = await TestIdentity.JsonAsync(
            await App.TokenAsync(App.RefreshForm(tokens.GetProperty("refresh_token").GetString()!)));
        identity.Clock.Advance(TimeSpan.FromMinutes(2));
        await AssertRefusedAsync(renewed, Wallet.Proof(identity, App, _holder, nonce), "invalid_nonce");
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("type")]
    [InlineData("issuer")]
    [InlineData("signature")]
    [InlineData("alg none")]
    public async Task A_key_proof_at_fault_is_refused(string fault)
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        var nonce = await Wallet.NonceAsync(identity);
        var proof = fault switch
        {
            "audience" => Wallet.Proof(identity, App, _holder, nonce, audience: "https://other.test"),
            "type" => Wallet.Proof(identity, App, _holder, nonce, type: "JWT"),
            "issuer" => Wallet.Proof(identity, identity.Alipay, _holder, nonce),
            "alg none" => TestJwt.Unsigned(new { aud = identity.Issuer, nonce }),
            _ => Wallet.Proof(identity, App, _holder, nonce)[..^8] + "AAAAAAAA",
        };
        await AssertRefusedAsync(tokens, proof, "invalid_proof");
    }

    [Fact]
    public async Task A_token_without_its_key_is_refused()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        var proof = Wallet.Proof(identity, App, _holder, await Wallet.NonceAsync(identity));
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var answer = await Wallet.AskAsync(identity, App, tokens, proof, thief);
        await TestIdentity.AssertErrorAsync(answer, HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Equal("DPoP", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData(null)]
    public async Task A_bound_token_does_not_pass_as_a_bearer_token(string? scheme)
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        using var client = identity.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/credential");
        if (scheme is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                scheme, tokens.GetProperty("access_token").GetString());
        await TestIdentity.AssertErrorAsync(
            await client.SendAsync(request), HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_token_of_a_revoked_grant_is_refused()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        await App.PostAsync(
            "/connect/revoke", App.TokenForm(tokens.GetProperty("refresh_token").GetString()!));
        var answer = await Wallet.AskAsync(
            identity, App, tokens, Wallet.Proof(identity, App, _holder, await Wallet.NonceAsync(identity)));
        await TestIdentity.AssertErrorAsync(answer, HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_token_without_the_scope_is_refused()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        var form = App.RefreshForm(tokens.GetProperty("refresh_token").GetString()!);
        form["scope"] = "openid";
        var narrowed = await TestIdentity.JsonAsync(await App.TokenAsync(form));
        var answer = await Wallet.AskAsync(
            identity, App, narrowed, Wallet.Proof(identity, App, _holder, await Wallet.NonceAsync(identity)));
        await TestIdentity.AssertErrorAsync(answer, HttpStatusCode.Forbidden, "insufficient_scope");
    }

    [Fact]
    public async Task Two_wallets_at_once_leave_one_living_certificate()
    {
        var tokens = await App.ActivatedAsync(identity.NewCitizen());
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificates = await Task.WhenAll(
            Wallet.FetchAsync(identity, App, tokens, _holder), Wallet.FetchAsync(identity, App, tokens, other));
        using var gateway = identity.Client(identity.Keys.Client("urn:ecert:gateway"));
        var subject = await gateway.GetFromJsonAsync<JsonElement>($"/subjects/{certificates[0].Claims.Subject}");
        Assert.Contains(
            subject.GetProperty("certificate_id").GetString(),
            certificates.Select(certificate => certificate.Claims.Id.Value));
        Assert.NotEqual(certificates[0].Claims.Status.Index, certificates[1].Claims.Status.Index);
    }

    private async Task AssertRefusedAsync(JsonElement tokens, string proof, string error) =>
        await TestIdentity.AssertErrorAsync(
            await Wallet.AskAsync(identity, App, tokens, proof), HttpStatusCode.BadRequest, error);
}
