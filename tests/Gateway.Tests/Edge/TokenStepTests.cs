using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Grpc.Core;

namespace Ecert.Gateway.Tests.Edge;

public sealed class TokenStepTests : IDisposable
{
    private const string Method = "/ecert.v1.BillService/PayBill";
    private readonly Jwt _server = new();
    private readonly Jwt _app = new();

    public void Dispose()
    {
        _server.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task Citizen_is_the_tokens_subject()
    {
        await using var gateway = await StartAsync();
        var token = Token(Citizen(gateway));

        var call = await EnterAsync(gateway, $"DPoP {token}", Proof(gateway, token));

        var citizen = Assert.IsType<Caller.Citizen>(call.Caller);
        Assert.Equal((People.Subject, "app"), (citizen.Subject.Value, citizen.ClientId));
        Assert.Equal(["bills", "payments"], citizen.Scopes.Order());
    }

    [Fact]
    public async Task Institution_is_whom_certificate_registration_and_token_agree_on()
    {
        await using var gateway = await StartAsync();
        var claims = Institution(gateway);

        var call = await EnterAsync(gateway, $"Bearer {Token(claims)}", null, withCertificate: true);
        Assert.Equal("H13010200001", Assert.IsType<Caller.Institution>(call.Caller).Id.Value);

        await TestGateway.RefusedAsync(
            RefusalCatalogue.PartyUnknown, () => EnterAsync(gateway, $"Bearer {Token(claims)}", null));
        claims["sub"] = "H13010200002";
        await RefusedAsync(gateway, $"Bearer {Token(claims)}", withCertificate: true);
        claims["sub"] = "H13010200001";
        claims["cnf"] = new JsonObject { ["x5t#S256"] = Jwt.Hash("another certificate") };
        await RefusedAsync(gateway, $"Bearer {Token(claims)}", withCertificate: true);
    }

    [Fact]
    public async Task Without_a_token_the_caller_is_anyone()
    {
        await using var gateway = await StartAsync();

        Assert.IsType<Caller.Anyone>((await EnterAsync(gateway, null, null)).Caller);
    }

    [Fact]
    public async Task Scheme_is_read_without_case()
    {
        await using var gateway = await StartAsync();
        var token = Token(Citizen(gateway));

        Assert.IsType<Caller.Citizen>((await EnterAsync(gateway, $"dpop {token}", Proof(gateway, token))).Caller);
    }

    [Fact]
    public async Task Token_without_a_proof_or_with_two_is_refused()
    {
        await using var gateway = await StartAsync();
        var token = Token(Citizen(gateway));

        await RefusedAsync(gateway, $"DPoP {token}");
        await TestGateway.RefusedAsync(RefusalCatalogue.TokenInvalid, () => EnterAsync(
            gateway, $"DPoP {token}", [Proof(gateway, token, "1")!, Proof(gateway, token, "2")!]));
    }

    [Fact]
    public async Task Bound_token_under_the_other_scheme_is_refused()
    {
        await using var gateway = await StartAsync();
        var token = Token(Citizen(gateway));

        await TestGateway.RefusedAsync(
            RefusalCatalogue.TokenInvalid, () => EnterAsync(gateway, $"Bearer {token}", Proof(gateway, token)));
        await RefusedAsync(gateway, $"DPoP {Token(Institution(gateway))}", withCertificate: true);
        await RefusedAsync(gateway, "nonsense");
    }

    [Theory]
    [InlineData("iss", "\"https://elsewhere.example\"")]
    [InlineData("aud", "\"https://another.example\"")]
    [InlineData("exp", "1")]
    [InlineData("exp", null)]
    [InlineData("nbf", "9999999999")]
    [InlineData("cnf", null)]
    [InlineData("cnf", "\"key\"")]
    [InlineData("sub", null)]
    [InlineData("client_id", null)]
    public async Task Token_with_a_spoiled_claim_is_refused(string claim, string? value)
    {
        await using var gateway = await StartAsync();
        var claims = Citizen(gateway);
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = JsonNode.Parse(value);
        var token = Token(claims);

        await TestGateway.RefusedAsync(
            RefusalCatalogue.TokenInvalid, () => EnterAsync(gateway, $"DPoP {token}", Proof(gateway, token)));
    }

    [Fact]
    public async Task Token_of_another_type_or_key_is_refused()
    {
        await using var gateway = await StartAsync();
        using var forger = new Jwt();
        string[] tokens =
        [
            _server.Sign(new JsonObject { ["typ"] = "JWT", ["alg"] = "ES256", ["kid"] = "k1" }, Citizen(gateway)),
            forger.Sign(new JsonObject { ["typ"] = "at+jwt", ["alg"] = "ES256", ["kid"] = "k1" }, Citizen(gateway)),
            _server.Sign(new JsonObject { ["typ"] = "at+jwt", ["alg"] = "none" }, Citizen(gateway)),
        ];

        foreach (var token in tokens)
            await TestGateway.RefusedAsync(
                RefusalCatalogue.TokenInvalid, () => EnterAsync(gateway, $"DPoP {token}", Proof(gateway, token)));
    }

    [Fact]
    public async Task Token_ends_by_our_clock()
    {
        await using var gateway = await StartAsync();
        var token = Token(Citizen(gateway));
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));

        await TestGateway.RefusedAsync(
            RefusalCatalogue.TokenInvalid, () => EnterAsync(gateway, $"DPoP {token}", Proof(gateway, token)));
    }

    private async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync();
        gateway.Identity.Serve("/.well-known/openid-configuration", new JsonObject
        {
            ["issuer"] = FakeIdentity.Issuer, ["jwks_uri"] = FakeIdentity.Issuer + "/jwks",
        });
        var key = _server.PublicJwk;
        (key["kid"], key["use"], key["alg"]) = ("k1", "sig", "ES256");
        gateway.Identity.Serve("/jwks", new JsonObject { ["keys"] = new JsonArray(key) });
        return gateway;
    }

    private JsonObject Citizen(TestGateway gateway) => Claims(
        gateway, People.Subject, new JsonObject { ["jkt"] = _app.Thumbprint }, "bills payments");

    private static JsonObject Institution(TestGateway gateway) => Claims(gateway, "H13010200001", new JsonObject
    {
        ["x5t#S256"] = Base64Url.EncodeToString(SHA256.HashData(TestGateway.Nation.Signer.RawData)),
    }, "reimbursement");

    private static JsonObject Claims(TestGateway gateway, string subject, JsonObject binding, string scope)
    {
        var now = gateway.Clock.GetUtcNow();
        return new JsonObject
        {
            ["iss"] = FakeIdentity.Issuer, ["aud"] = gateway.Options.Audience, ["sub"] = subject, ["client_id"] = "app",
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(), ["scope"] = scope,
            ["cnf"] = binding,
        };
    }

    private string Token(JsonObject claims) =>
        _server.Sign(new JsonObject { ["typ"] = "at+jwt", ["alg"] = "ES256", ["kid"] = "k1" },
            (JsonObject)claims.DeepClone());

    private string[] Proof(TestGateway gateway, string token) => [Proof(gateway, token, "01KCPROOF")!];

    private string? Proof(TestGateway gateway, string token, string id) => _app.Sign(
        new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = _app.PublicJwk },
        new JsonObject
        {
            ["htm"] = "POST", ["htu"] = gateway.Options.PublicAddress + Method, ["ath"] = Jwt.Hash(token),
            ["iat"] = gateway.Clock.GetUtcNow().ToUnixTimeSeconds(), ["jti"] = id,
        });

    private static Task RefusedAsync(TestGateway gateway, string authorization, bool withCertificate = false) =>
        TestGateway.RefusedAsync(
            RefusalCatalogue.TokenInvalid, () => EnterAsync(gateway, authorization, null, withCertificate));

    private static async Task<EdgeCall> EnterAsync(
        TestGateway gateway, string? authorization, string[]? proofs, bool withCertificate = false)
    {
        var headers = new Metadata();
        if (authorization is not null)
            headers.Add("authorization", authorization);
        foreach (var proof in proofs ?? [])
            headers.Add("dpop", proof);
        var call = EdgeCalls.Call(Method, headers: headers);
        if (withCertificate)
        {
            call.ClientCertificate = TestGateway.Nation.Signer;
            call.Institution = await gateway.RowAsync<InstitutionRow>(row => row.Id == "H13010200001");
        }
        await gateway.Get<TokenStep>().EnterAsync(call);
        return call;
    }
}
