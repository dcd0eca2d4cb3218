using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Ecert.Certificates;
using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Subjects;

public sealed class SubjectTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private const string Right = "730518";
    private const string Wrong = "730519";

    [Fact]
    public async Task Five_wrong_pins_lock_it_even_for_the_right_one_until_a_day_has_passed()
    {
        var subject = await SubjectAsync(identity.NewCitizen());
        Assert.Equal("right", await OutcomeAsync(subject, Right));
        for (var left = 4; left > 0; left--)
        {
            var answer = await CheckAsync(subject, Wrong);
            Assert.Equal(left, answer.GetProperty("attempts_left").GetInt32());
        }
        Assert.Equal("locked", await OutcomeAsync(subject, Wrong));
        Assert.Equal("locked", await OutcomeAsync(subject, Right));
        identity.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal("right", await OutcomeAsync(subject, Right));
    }

    [Fact]
    public async Task A_right_pin_clears_the_count()
    {
        var subject = await SubjectAsync(identity.NewCitizen());
        await CheckAsync(subject, Wrong);
        await CheckAsync(subject, Wrong);
        await CheckAsync(subject, Right);
        Assert.Equal(4, (await CheckAsync(subject, Wrong)).GetProperty("attempts_left").GetInt32());
    }

    [Fact]
    public async Task Many_guesses_at_once_get_five_looks_in_all()
    {
        var subject = await SubjectAsync(identity.NewCitizen());
        var guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => OutcomeAsync(subject, Wrong)));
        Assert.InRange(guesses.Count(outcome => outcome == "wrong"), 0, 4);
        Assert.Equal("locked", await OutcomeAsync(subject, Right));
    }

    [Fact]
    public async Task Activating_again_with_ones_face_lifts_the_lock()
    {
        var citizen = identity.NewCitizen();
        var subject = await SubjectAsync(citizen);
        for (var guess = 0; guess < 5; guess++)
            await CheckAsync(subject, Wrong);
        Assert.Equal(subject, await SubjectAsync(citizen));
        Assert.Equal("right", await OutcomeAsync(subject, Right));
    }

    [Theory]
    [InlineData("{\"pin\":5}")]
    [InlineData("{\"pin\":\"12345\"}")]
    [InlineData("[]")]
    [InlineData("not json")]
    public async Task A_body_at_fault_is_refused(string body)
    {
        using var gateway = Gateway();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(
            HttpStatusCode.BadRequest, (await gateway.PostAsync("/subjects/anyone/pin", content)).StatusCode);
    }

    [Theory]
    [InlineData("/subjects/nobody/pin")]
    [InlineData("/certificates/nothing/revoke")]
    public async Task What_does_not_exist_is_not_found_and_forbidden_to_others(string path)
    {
        using var gateway = Gateway();
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.PostAsJsonAsync(path, new { pin = Right })).StatusCode);
        using var other = identity.Client();
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsJsonAsync(path, new { pin = Right })).StatusCode);
    }

    [Fact]
    public async Task A_certificate_is_suspended_resumed_and_revoked_for_good()
    {
        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var tokens = await identity.WeChat.ActivatedAsync(identity.NewCitizen());
        var certificate = await Wallet.FetchAsync(identity, identity.WeChat, tokens, holder);

        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync(certificate, "suspend"));
        Assert.Equal(CertificateStatus.Suspended, await StatusAsync(certificate));
        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync(certificate, "resume"));
        Assert.Equal(CertificateStatus.Valid, await StatusAsync(certificate));
        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync(certificate, "revoke"));
        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync(certificate, "revoke"));
        Assert.Equal(HttpStatusCode.Conflict, await ChangeAsync(certificate, "resume"));
        Assert.Equal(CertificateStatus.Revoked, await StatusAsync(certificate));

    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("revoke")]
    public async Task After_a_certificate_is_closed_old_tokens_get_no_other_and_a_new_activation_does(string verb)
    {
        using var phone = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var citizen = identity.NewCitizen();
        var tokens = await identity.WeChat.ActivatedAsync(citizen);
        var certificate = await Wallet.FetchAsync(identity, identity.WeChat, tokens, phone);
        identity.Clock.Advance(TimeSpan.FromSeconds(1));
        await ChangeAsync(certificate, verb);

        foreach (var key in new[] { phone, thief })
        {
            var proof = Wallet.Proof(identity, identity.WeChat, key, await Wallet.NonceAsync(identity));
            await TestIdentity.AssertErrorAsync(
                await Wallet.AskAsync(identity, identity.WeChat, tokens, proof), HttpStatusCode.BadRequest,
                "credential_request_denied");
        }

        identity.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await identity.WeChat.ActivatedAsync(citizen);
        var next = await Wallet.FetchAsync(identity, identity.WeChat, again, phone);
        Assert.NotEqual(certificate.Claims.Id, next.Claims.Id);
        Assert.Equal(CertificateStatus.Revoked, await StatusAsync(certificate));
    }

    private HttpClient Gateway() => identity.Client(identity.Keys.Client("urn:ecert:gateway"));

    private async Task<string> SubjectAsync(Citizen citizen)
    {
        var tokens = await identity.WeChat.ActivatedAsync(citizen);
        return TestJwt.Payload(tokens.GetProperty("access_token").GetString()!).GetProperty("sub").GetString()!;
    }

    private async Task<JsonElement> CheckAsync(string subject, string pin)
    {
        using var gateway = Gateway();
        var answer = await gateway.PostAsJsonAsync($"/subjects/{subject}/pin", new { pin });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestIdentity.JsonAsync(answer);
    }

    private async Task<string?> OutcomeAsync(string subject, string pin) =>
        (await CheckAsync(subject, pin)).GetProperty("outcome").GetString();

    private async Task<HttpStatusCode> ChangeAsync(SignedCertificate certificate, string verb)
    {
        using var gateway = Gateway();
        return (await gateway.PostAsync($"/certificates/{certificate.Claims.Id}/{verb}", null)).StatusCode;
    }

    private async Task<CertificateStatus?> StatusAsync(SignedCertificate certificate)
    {
        using var client = identity.Client();
        var now = identity.Clock.GetUtcNow();
        var trust = Assert.IsType<TrustListOutcome.Loaded>(TrustList.Load(
            await client.GetByteArrayAsync("/trust-list"), identity.Keys.Root.RawData, now)).List;
        var list = await client.GetByteArrayAsync(
            trust.Signers.Single().StatusListAddress(certificate.Claims.Status.List));
        return Assert.IsType<StatusListOutcome.Loaded>(StatusList.Load(list, trust, now))
            .List.At(certificate.Claims.Status.Index);
    }
}
