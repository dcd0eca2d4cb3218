using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Identity.Tests.Support;

namespace Ecert.Identity.Tests.Authorization;

public sealed class InstitutionTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    private const string OwnUri = "urn:ecert:institution:" + TestIdentity.Hospital;

    [Fact]
    public async Task A_hospital_gets_a_token_bound_to_its_certificate()
    {
        using var certificate = identity.Keys.Client(OwnUri);
        var answer = await TokenAsync(certificate);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await TestIdentity.JsonAsync(answer);
        Assert.Equal("Bearer", body.GetProperty("token_type").GetString());
        Assert.Equal("certificates.decode settle", body.GetProperty("scope").GetString());
        var claims = TestJwt.Payload(body.GetProperty("access_token").GetString()!);
        Assert.Equal(TestIdentity.Hospital, claims.GetProperty("institution").GetString());
        Assert.Equal(TestIdentity.Audience, claims.GetProperty("aud").GetString());
        Assert.Equal(
            Base64Url.EncodeToString(SHA256.HashData(certificate.RawData)),
            claims.GetProperty("cnf").GetProperty("x5t#S256").GetString());
    }

    [Theory]
    [InlineData("urn:ecert:institution:H13010000002")]
    [InlineData("urn:ecert:institution:" + TestIdentity.Hospital + "0")]
    [InlineData("urn:ecert:gateway")]
    public async Task Another_partys_certificate_is_refused(string uri)
    {
        using var certificate = identity.Keys.Client(uri);
        await TestIdentity.AssertErrorAsync(
            await TokenAsync(certificate), HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task No_certificate_is_refused() => await TestIdentity.AssertErrorAsync(
        await TokenAsync(null), HttpStatusCode.Unauthorized, "invalid_client");

    [Fact]
    public async Task A_certificate_of_a_foreign_authority_does_not_get_a_connection()
    {
        using var certificate = identity.Keys.Client(OwnUri, identity.Keys.ForeignAuthority);
        await Assert.ThrowsAsync<HttpRequestException>(() => TokenAsync(certificate));
    }

    [Fact]
    public async Task A_revoked_certificate_does_not_get_a_connection() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => TokenAsync(identity.Keys.RevokedClient));

    [Fact]
    public void A_revocation_list_of_somebody_else_stops_the_start() =>
        Assert.Throws<ArgumentException>(() => IdentityHost.Create(
            identity.Options with
            {
                TlsRevocationLists = [identity.Keys.RevocationList(identity.Keys.ForeignAuthority)],
            },
            identity.Clock, Ecert.Kernel.RandomSource.System));

    [Fact]
    public async Task A_server_certificate_does_not_serve_as_a_clients() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => TokenAsync(identity.Keys.Server));

    [Fact]
    public async Task A_scope_beyond_the_registered_ones_is_refused()
    {
        using var certificate = identity.Keys.Client(OwnUri);
        await TestIdentity.AssertErrorAsync(
            await TokenAsync(certificate, "settle admin"), HttpStatusCode.BadRequest, "invalid_scope");
    }

    [Fact]
    public async Task An_institution_cannot_use_codes()
    {
        using var certificate = identity.Keys.Client(OwnUri);
        await TestIdentity.AssertErrorAsync(
            await TokenAsync(certificate, grantType: "authorization_code"), HttpStatusCode.BadRequest,
            "unauthorized_client");
    }

    private async Task<HttpResponseMessage> TokenAsync(
        X509Certificate2? certificate, string scope = "", string grantType = "client_credentials")
    {
        using var client = identity.Client(certificate);
        return await client.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = grantType, ["client_id"] = TestIdentity.Hospital, ["scope"] = scope,
        }));
    }
}
