using System.Text.Json.Nodes;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;

namespace Ecert.Gateway.Tests.Edge;

public sealed class DPoPProofsTests
{
    private const string Path = "/ecert.v1.BillService/PayBill";
    private const string Token = "an.access.token";

    public static TheoryData<string, string> Spoiled => new()
    {
        { "htm", "\"GET\"" },
        { "htu", "\"https://gateway.example:7443/ecert.v1.BillService/QueryBill\"" },
        { "htu", "\"https://elsewhere.example:7443/ecert.v1.BillService/PayBill\"" },
        { "htu", "7" },
        { "ath", "\"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\"" },
        { "ath", "null" },
        { "iat", "\"now\"" },
        { "iat", "99999999999999999" },
        { "jti", "\"\"" },
        { "jti", "7" },
    };

    [Fact]
    public async Task Proof_made_for_the_call_holds_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();
        var proof = key.Sign(Header(key), Payload(gateway));

        Assert.Null(Check(gateway, proof, key));
        Assert.Contains("seen before", Check(gateway, proof, key), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(-60, true)]
    [InlineData(61, false)]
    [InlineData(-61, false)]
    public async Task Proof_is_good_for_a_minute_either_way(int seconds, bool isGood)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();
        var payload = Payload(gateway);
        payload["iat"] = gateway.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

        Assert.Equal(isGood, Check(gateway, key.Sign(Header(key), payload), key) is null);
    }

    [Fact]
    public async Task Proof_of_the_near_future_is_not_good_again_at_the_end_of_its_time()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();
        var payload = Payload(gateway);
        payload["iat"] = gateway.Clock.GetUtcNow().AddSeconds(60).ToUnixTimeSeconds();
        var proof = key.Sign(Header(key), payload);
        Assert.Null(Check(gateway, proof, key));

        gateway.Clock.Advance(TimeSpan.FromSeconds(120));

        Assert.NotNull(Check(gateway, proof, key));
    }

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task Proof_with_a_spoiled_claim_is_refused(string claim, string value)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();
        var payload = Payload(gateway);
        payload[claim] = JsonNode.Parse(value);

        Assert.NotNull(Check(gateway, key.Sign(Header(key), payload), key));
    }

    [Theory]
    [InlineData("htm")]
    [InlineData("htu")]
    [InlineData("ath")]
    [InlineData("iat")]
    [InlineData("jti")]
    public async Task Proof_without_a_claim_is_refused(string claim)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();
        var payload = Payload(gateway);
        payload.Remove(claim);

        Assert.NotNull(Check(gateway, key.Sign(Header(key), payload), key));
    }

    [Theory]
    [InlineData("typ", "\"JWT\"")]
    [InlineData("alg", "\"none\"")]
    [InlineData("alg", "\"HS256\"")]
    [InlineData("jwk", "null")]
    [InlineData("jwk", "\"key\"")]
    [InlineData("jwk", "{}")]
    [InlineData("jwk", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}")]
    [InlineData("jwk", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%\",\"y\":\"%\"}")]
    [InlineData("jwk", "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}")]
    [InlineData("jwk", "{\"kty\":[1]}")]
    public async Task Proof_with_a_spoiled_header_is_refused(string member, string value)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();
        var header = Header(key);
        header[member] = JsonNode.Parse(value);

        Assert.NotNull(Check(gateway, key.Sign(header, Payload(gateway)), key));
    }

    [Fact]
    public async Task Proof_that_gives_away_its_private_key_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();
        var header = Header(key);
        header["jwk"]!["d"] = "AQAB";

        Assert.NotNull(Check(gateway, key.Sign(header, Payload(gateway)), key));
    }

    [Fact]
    public async Task Proof_of_another_key_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();
        using var other = new Jwt();

        Assert.NotNull(Check(gateway, other.Sign(Header(other), Payload(gateway)), key));
        Assert.NotNull(Check(gateway, other.Sign(Header(key), Payload(gateway)), key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("proof")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.e30")]
    [InlineData("W10.W10.AAAA")]
    [InlineData("bm8.bm8.AAAA")]
    [InlineData("....")]
    public async Task What_is_no_proof_is_refused(string proof)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var key = new Jwt();

        Assert.NotNull(Check(gateway, proof, key));
    }

    private static string? Check(TestGateway gateway, string proof, Jwt key) =>
        gateway.Get<DPoPProofs>().Check(proof, Path, Token, key.Thumbprint);

    private static JsonObject Header(Jwt key) =>
        new() { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = key.PublicJwk };

    private static JsonObject Payload(TestGateway gateway) => new()
    {
        ["htm"] = "POST", ["htu"] = "https://gateway.example:7443" + Path, ["ath"] = Jwt.Hash(Token),
        ["iat"] = gateway.Clock.GetUtcNow().ToUnixTimeSeconds(), ["jti"] = "01KCPROOF",
    };
}
