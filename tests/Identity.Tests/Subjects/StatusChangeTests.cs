using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Ecert.Certificates;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Subjects;

public sealed class StatusChangeTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    [Fact]
    public async Task Every_change_is_logged_once_in_order_with_its_place_in_the_status_list()
    {
        var start = await LastAsync();
        var certificate = await NewCertificateAsync();
        await ChangeAsync(certificate, "suspend");
        await ChangeAsync(certificate, "suspend");
        await ChangeAsync(certificate, "resume");
        await ChangeAsync(certificate, "revoke");
        await ChangeAsync(certificate, "revoke");

        var changes = (await AfterAsync(start)).GetProperty("changes").EnumerateArray().ToArray();

        Assert.Equal(["suspended", "valid", "revoked"], changes.Select(change => Text(change, "state")));
        Assert.All(changes, change => Assert.Equal(certificate.Claims.Id.Value, Text(change, "certificate_id")));
        var place = certificate.Claims.Status;
        Assert.All(changes, change => Assert.Equal(place.Index, change.GetProperty("status_list_index").GetInt32()));
        Assert.All(changes, change => Assert.Equal(
            $"{identity.Issuer}/status-list/130000/{place.List}", Text(change, "status_list_uri")));
        Assert.Equal(await LastAsync(), changes[^1].GetProperty("sequence").GetInt64());
        var later = await AfterAsync(changes[0].GetProperty("sequence").GetInt64());
        Assert.Equal(2, later.GetProperty("changes").GetArrayLength());
    }

    [Fact]
    public async Task Suspensions_at_the_same_moment_are_one_change()
    {
        var start = await LastAsync();
        var certificate = await NewCertificateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ChangeAsync(certificate, "suspend")));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.NoContent, status));
        Assert.Equal(1, (await AfterAsync(start)).GetProperty("changes").GetArrayLength());
    }

    [Fact]
    public async Task A_certificate_replaced_by_a_newer_one_is_in_the_log()
    {
        using var first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var tokens = await identity.WeChat.ActivatedAsync(identity.NewCitizen());
        var replaced = await Wallet.FetchAsync(identity, identity.WeChat, tokens, first);
        var start = await LastAsync();

        await Wallet.FetchAsync(identity, identity.WeChat, tokens, second);

        var change = Assert.Single((await AfterAsync(start)).GetProperty("changes").EnumerateArray());
        Assert.Equal(replaced.Claims.Id.Value, Text(change, "certificate_id"));
        Assert.Equal("revoked", Text(change, "state"));
    }

    [Fact]
    public async Task A_certificate_is_described_with_its_state_and_a_masked_name()
    {
        var certificate = await NewCertificateAsync();
        identity.Clock.Advance(TimeSpan.FromSeconds(5));
        await ChangeAsync(certificate, "suspend");

        using var gateway = Gateway();
        var facts = await gateway.GetFromJsonAsync<JsonElement>($"/certificates/{certificate.Claims.Id}");

        Assert.Equal(certificate.Claims.Subject.Value, Text(facts, "subject"));
        Assert.Equal("suspended", Text(facts, "state"));
        Assert.Equal("**丰", Text(facts, "masked_name"));
        Assert.Equal("130000", Text(facts, "division"));
        Assert.Equal("130100", Text(facts, "insured_place"));
        Assert.Equal("ES256", Text(facts, "issuer_suite"));
        Assert.Equal(2, facts.GetProperty("assurance_level").GetInt32());
        Assert.Equal(
            identity.Clock.GetUtcNow().ToUnixTimeSeconds(), facts.GetProperty("updated_at").GetInt64());
    }

    [Theory]
    [InlineData("/status-changes?after=0")]
    [InlineData("/certificates/nothing")]
    public async Task Others_than_the_gateway_are_told_nothing(string path)
    {
        using var anyone = identity.Client();
        using var hospital = identity.Client(identity.Keys.Client($"urn:ecert:institution:{TestIdentity.Hospital}"));
        Assert.Equal(HttpStatusCode.Forbidden, (await anyone.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await hospital.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_certificate_is_not_found_and_a_number_that_is_none_is_refused()
    {
        using var gateway = Gateway();
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync("/certificates/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.GetAsync("/status-changes?after=x")).StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task A_reason_at_fault_is_refused_and_changes_nothing(int length)
    {
        var reason = new string('x', length);
        var certificate = await NewCertificateAsync();
        var start = await LastAsync();
        using var gateway = Gateway();
        var answer = await gateway.PostAsJsonAsync($"/certificates/{certificate.Claims.Id}/revoke", new { reason });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(start, await LastAsync());
    }

    private HttpClient Gateway() => identity.Client(identity.Keys.Client("urn:ecert:gateway"));

    private async Task<SignedCertificate> NewCertificateAsync()
    {
        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var tokens = await identity.WeChat.ActivatedAsync(identity.NewCitizen());
        return await Wallet.FetchAsync(identity, identity.WeChat, tokens, holder);
    }

    private async Task<HttpStatusCode> ChangeAsync(SignedCertificate certificate, string verb)
    {
        using var gateway = Gateway();
        var address = $"/certificates/{certificate.Claims.Id}/{verb}";
        return (await gateway.PostAsJsonAsync(address, new { reason = "phone lost" })).StatusCode;
    }

    private async Task<long> LastAsync()
    {
        using var gateway = Gateway();
        var answer = await gateway.GetFromJsonAsync<JsonElement>("/status-changes");
        Assert.Equal(0, answer.GetProperty("changes").GetArrayLength());
        return answer.GetProperty("last").GetInt64();
    }

    private async Task<JsonElement> AfterAsync(long after)
    {
        using var gateway = Gateway();
        return await gateway.GetFromJsonAsync<JsonElement>($"/status-changes?after={after}");
    }

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();
}
