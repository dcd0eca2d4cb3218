using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Ecert.Certificates;
using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;
using Ecert.Identity.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecert.Identity.Tests;

public sealed class JourneyTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    [Fact]
    public async Task A_citizen_activates_and_gets_a_certificate_that_verifies_offline()
    {
        var app = identity.WeChat;
        var citizen = identity.NewCitizen();
        var browser = new Browser(identity);
        var code = await browser.ActivateAsync(app, citizen);

        Assert.StartsWith(app.RedirectUri, browser.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("state & more", browser.ReturnedParameters()["state"]);
        Assert.Equal(identity.Issuer, browser.ReturnedParameters()["iss"]);

        var answer = await app.TokenAsync(app.CodeForm(code));
        var tokens = await TestIdentity.JsonAsync(answer);
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        Assert.Equal(300, tokens.GetProperty("expires_in").GetInt32());
        await AssertIsAccessTokenAsync(tokens.GetProperty("access_token").GetString()!);

        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = await Wallet.FetchAsync(identity, app, tokens, holder);
        Assert.Equal("130000", certificate.Claims.Issuer.Value);
        Assert.Equal("130100", certificate.Claims.InsuredPlace.Value);
        Assert.Equal("310", certificate.Claims.Scheme);
        Assert.DoesNotContain(citizen.Number, Convert.ToHexString(certificate.Bytes.Span));

        var trust = await TrustListAsync();
        Assert.Empty(trust.Rejected);
        var status = await StatusListAsync(trust);
        Assert.Equal(CertificateStatus.Valid, status.At(certificate.Claims.Status.Index));
    }

    [Fact]
    public async Task The_gateway_learns_who_a_subject_is()
    {
        var citizen = identity.NewCitizen();
        var tokens = await identity.WeChat.ActivatedAsync(citizen);
        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = await Wallet.FetchAsync(identity, identity.WeChat, tokens, holder);

        using var gateway = identity.Client(identity.Keys.Client("urn:ecert:gateway"));
        var subject = await gateway.GetFromJsonAsync<JsonElement>($"/subjects/{certificate.Claims.Subject.Value}");

        Assert.Equal(citizen.Name, subject.GetProperty("name").GetString());
        Assert.Equal(citizen.Number, subject.GetProperty("document_number").GetString());
        Assert.Equal("130100", subject.GetProperty("insured_place").GetString());
        Assert.Equal("310", subject.GetProperty("insutype").GetString());
        Assert.Equal("1101", subject.GetProperty("psn_type").GetString());
        Assert.Equal("valid", subject.GetProperty("certificate_state").GetString());
        Assert.Equal(
            certificate.Claims.Id.Value, subject.GetProperty("certificate_id").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("urn:ecert:institution:" + TestIdentity.Hospital)]
    public async Task Nobody_else_learns_who_a_subject_is(string? uri)
    {
        using var other = identity.Client(uri is null ? null : identity.Keys.Client(uri));
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/subjects/anyone")).StatusCode);
    }

    [Fact]
    public async Task A_second_app_binds_the_same_citizen_and_a_new_key_retires_the_old_certificate()
    {
        var citizen = identity.NewCitizen();
        using var phone = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var newPhone = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var first = await Wallet.FetchAsync(
            identity, identity.WeChat, await identity.WeChat.ActivatedAsync(citizen), phone);
        var nonce = await identity.Alipay.TokenAsync(identity.Alipay.CodeForm("none"));
        identity.Alipay.Nonce = nonce.Headers.GetValues("DPoP-Nonce").Single();
        var secondTokens = await identity.Alipay.ActivatedAsync(citizen, "2088-1");
        var same = await Wallet.FetchAsync(identity, identity.Alipay, secondTokens, phone);
        var replaced = await Wallet.FetchAsync(identity, identity.Alipay, secondTokens, newPhone);

        Assert.Equal(first.Bytes.ToArray(), same.Bytes.ToArray());
        Assert.Equal(first.Claims.Subject, replaced.Claims.Subject);
        Assert.NotEqual(first.Claims.Id, replaced.Claims.Id);
        identity.Clock.Advance(TimeSpan.FromMinutes(2));
        var status = await StatusListAsync(await TrustListAsync());
        Assert.Equal(CertificateStatus.Revoked, status.At(first.Claims.Status.Index));
        Assert.Equal(CertificateStatus.Valid, status.At(replaced.Claims.Status.Index));
    }

    [Fact]
    public async Task Nothing_personal_lies_readable_in_the_database()
    {
        var citizen = identity.NewCitizen();
        await identity.WeChat.ActivatedAsync(citizen, "openid-secret");
        foreach (var file in new[] { identity.DatabaseFile, identity.DatabaseFile + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            foreach (var secret in new[] { citizen.Number, citizen.Name, "openid-secret", "730518" })
                Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)));
        }
    }

    [Fact]
    public async Task Nothing_personal_and_no_secret_is_logged()
    {
        var (app, citizen) = (identity.WeChat, identity.NewCitizen());
        var browser = new Browser(identity);
        await browser.OpenAsync(app, await app.PushedAsync(citizen, "openid-secret"));
        await browser.SubmitAsync(("face_evidence", "another's face"));
        var code = await browser.FinishAsync(citizen);
        var tokens = await TestIdentity.JsonAsync(await app.TokenAsync(app.CodeForm(code)));
        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Wallet.FetchAsync(identity, app, tokens, holder);
        await app.TokenAsync(app.CodeForm(code));

        identity.AssertLogIsClean(
            citizen.Name, "openid-secret", "another's face", "730518", code,
            tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);
    }

    // Checked by the library that everyone's .NET resource servers use, from the published keys alone.
    private async Task AssertIsAccessTokenAsync(string token)
    {
        using var client = identity.Client();
        var keys = new JsonWebKeySet(await client.GetStringAsync("/.well-known/jwks.json"));
        Assert.All(keys.Keys, key => Assert.Equal(key.Kid, Base64UrlEncoder.Encode(key.ComputeJwkThumbprint())));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = identity.Issuer,
            ValidAudience = TestIdentity.Audience,
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = ["ES256"],
            IssuerSigningKeys = keys.Keys,
            LifetimeValidator = (_, expires, _, _) => expires > identity.Clock.GetUtcNow().UtcDateTime,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var bound = TestJwt.Payload(token).GetProperty("cnf").GetProperty("jkt").GetString();
        Assert.Equal(TestJwt.Thumbprint(identity.WeChat.DpopKey), bound);
    }

    private async Task<TrustList> TrustListAsync()
    {
        using var client = identity.Client();
        var list = await client.GetByteArrayAsync("/trust-list");
        return Assert.IsType<TrustListOutcome.Loaded>(
            TrustList.Load(list, identity.Keys.Root.RawData, identity.Clock.GetUtcNow())).List;
    }

    private async Task<StatusList> StatusListAsync(TrustList trust)
    {
        using var client = identity.Client();
        var list = await client.GetByteArrayAsync(trust.Signers.Single().StatusListAddress(0));
        return Assert.IsType<StatusListOutcome.Loaded>(
            StatusList.Load(list, trust, identity.Clock.GetUtcNow())).List;
    }
}
