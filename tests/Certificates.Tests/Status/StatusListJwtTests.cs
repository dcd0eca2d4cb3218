using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Tests.Suites;
using Ecert.Certificates.Trust;

namespace Ecert.Certificates.Tests.Status;

/// <summary>Status lists in JWT form, against the npm packages jose and @sd-jwt/jwt-status-list.</summary>
public sealed class StatusListJwtTests
{
    private static readonly string Address = TestNation.StatusLists + "/3";
    private readonly TestNation _nation = new(SignatureSuite.Es256);

    [Fact]
    public async Task What_is_issued_is_loaded_and_says_what_it_is()
    {
        var list = Loaded(await SignAsync(Address), await _nation.TrustAsync());
        Assert.Equal((TestNation.Hebei, 3), (list.Division, list.Number));
        Assert.Equal(CertificateStatus.Suspended, list.At(17));
        Assert.Equal(CertificateStatus.Valid, list.At(16));
        Assert.Null(list.At(100));
        Assert.Equal(TestNation.Now.AddHours(-1), list.IssuedAt);
        Assert.Equal(TestNation.Now.AddHours(1), list.ExpiresAt);
        Assert.Equal(TimeSpan.FromMinutes(5), list.TimeToLive);
    }

    [NodeFact]
    public async Task Jose_verifies_ours_and_a_foreign_status_list_reads_it()
    {
        var key = _nation.Signer.GetECDsaPublicKey()!.ExportParameters(false);
        var answer = await NodeReferee.RunAsync("readStatusList", new JsonObject
        {
            ["token"] = await SignAsync(Address),
            ["publicKey"] = Jwk(key),
            ["now"] = TestNation.Now.ToUnixTimeSeconds(),
            ["indices"] = new JsonArray(0, 16, 17, 18, 99),
        });
        Assert.Equal("[0,0,2,0,0]", answer["statuses"]!.ToJsonString());
        Assert.Equal(Address, (string?)answer["payload"]!["sub"]);
        Assert.Equal(300, (int)answer["payload"]!["ttl"]!);
        Assert.Equal(Kid, (string?)answer["protectedHeader"]!["kid"]);
    }

    [NodeFact]
    public async Task A_list_that_foreign_packages_made_and_signed_is_loaded()
    {
        int[] statuses = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3];
        var answer = await NodeReferee.RunAsync("writeStatusList", new JsonObject
        {
            ["privateKey"] = Jwk(_nation.Signer.GetECDsaPrivateKey()!.ExportParameters(true)),
            ["kid"] = Kid,
            ["claims"] = Claims(),
            ["statuses"] = new JsonArray([.. statuses.Select(status => JsonValue.Create(status))]),
        });
        var list = Loaded((string)answer["token"]!, await _nation.TrustAsync());
        Assert.Equal(statuses, Enumerable.Range(0, statuses.Length).Select(index => (int)list.At(index)!));
    }

    [Fact]
    public async Task An_expired_list_one_of_a_stranger_and_one_for_elsewhere_are_refused()
    {
        var trust = await _nation.TrustAsync();
        var token = await SignAsync(Address);
        Assert.Equal("The list has expired.", Refusal(token, trust, TestNation.Now.AddHours(1)));
        var others = await new TestNation(SignatureSuite.Es256).TrustAsync();
        Assert.Equal("The list is signed by no trusted signer.", Refusal(token, others, TestNation.Now));
        var elsewhere = await SignAsync("https://elsewhere.example/status-lists/130000/3");
        Assert.Equal("The list's address is none of its signer's.", Refusal(elsewhere, trust, TestNation.Now));
    }

    [Fact]
    public async Task No_changed_character_and_no_truncation_of_a_list_loads()
    {
        var trust = await _nation.TrustAsync();
        var token = await SignAsync(Address);
        for (var index = 0; index < token.Length; index++)
        {
            foreach (var other in "A_.=\u00e9\ud800 ".Where(other => other != token[index]))
                Refusal($"{token[..index]}{other}{token[(index + 1)..]}", trust, TestNation.Now);
            Refusal(token[..index], trust, TestNation.Now);
        }
        Refusal(token + ".", trust, TestNation.Now);
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"statuslist+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"HS256","typ":"statuslist+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"statuslist+jwt","kid":"KID","crit":["x"]}""")]
    [InlineData("""{"alg":"ES256","alg":"ES256","typ":"statuslist+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"statuslist+jwt"}""")]
    [InlineData("""["alg"]""")]
    [InlineData("""{"alg":"ES256","typ":"statuslist+jwt","kid":"\ud800"}""")]
    [InlineData("""{"alg":"ES256","typ":"statuslist+jwt","kid":"xh8CS4x6YA="}""")]
    public async Task A_header_that_is_another_is_refused_whoever_signed_it(string header)
    {
        var token = await SignRawAsync(header.Replace("KID", Kid), Whole().ToJsonString());
        Assert.StartsWith("The list is malformed at", Refusal(token, await _nation.TrustAsync(), TestNation.Now));
    }

    [Theory]
    [InlineData("sub", "1"), InlineData("sub", null), InlineData("iat", "-1"), InlineData("iat", "1e3000")]
    [InlineData("exp", null), InlineData("exp", "99999999999999"), InlineData("ttl", "0"), InlineData("ttl", "\"5\"")]
    [InlineData("status_list", "{}"), InlineData("status_list", """{"bits":1,"lst":"eNo76fITAAPfAgc"}""")]
    [InlineData("status_list", """{"bits":2,"lst":"eNo76fITAAPfAg"}""")]
    [InlineData("status_list", """{"bits":2,"lst":"!"}"""), InlineData("status_list", "[]")]
    public async Task Claims_that_are_missing_or_wrong_are_refused_whoever_signed_them(string name, string? value)
    {
        var claims = Whole();
        claims.Remove(name);
        if (value is not null)
            claims[name] = JsonNode.Parse(value);
        var token = await SignRawAsync(Header, claims.ToJsonString());
        Assert.StartsWith("The list is malformed at", Refusal(token, await _nation.TrustAsync(), TestNation.Now));
    }

    [Fact]
    public async Task What_the_signer_says_beyond_is_passed_over()
    {
        var claims = Whole();
        claims["aggregation_uri"] = "https://identity.example/all";
        Loaded(await SignRawAsync(Header, claims.ToJsonString()), await _nation.TrustAsync());
    }

    [Fact]
    public async Task An_SM2_key_signs_no_list_in_JWT_form()
    {
        var issuer = new CertificateIssuer(TestNation.Hebei, new KeyId(1), SignatureSuite.Sm2.GenerateKey());
        await Assert.ThrowsAsync<NotSupportedException>(() => SignAsync(Address, issuer));
    }

    private string Kid => Base64Url.EncodeToString(_nation.Issuer.KeyId.ToBytes());

    private string Header => $$"""{"alg":"ES256","typ":"statuslist+jwt","kid":"{{Kid}}"}""";

    private static JsonObject Claims() => new()
    {
        ["sub"] = Address,
        ["iat"] = TestNation.Now.AddHours(-1).ToUnixTimeSeconds(),
        ["exp"] = TestNation.Now.AddHours(1).ToUnixTimeSeconds(),
        ["ttl"] = 300,
    };

    private static JsonObject Whole()
    {
        var claims = Claims();
        claims["status_list"] = new JsonObject { ["bits"] = 2, ["lst"] = "eNo76fITAAPfAgc" };
        return claims;
    }

    private static JsonObject Jwk(ECParameters key)
    {
        var jwk = new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(key.Q.X), ["y"] = Base64Url.EncodeToString(key.Q.Y),
        };
        if (key.D is not null)
            jwk["d"] = Base64Url.EncodeToString(key.D);
        return jwk;
    }

    private static StatusList Loaded(string token, TrustList trust) =>
        Assert.IsType<StatusListOutcome.Loaded>(StatusList.LoadJwt(token, trust, TestNation.Now)).List;

    private static string Refusal(string token, TrustList trust, DateTimeOffset now) =>
        Assert.IsType<StatusListOutcome.Refused>(StatusList.LoadJwt(token, trust, now)).Why;

    private async Task<string> SignRawAsync(string header, string claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = await TestNation.Key(_nation.Signer).SignAsync(Encoding.ASCII.GetBytes(signed), default);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private async Task<string> SignAsync(string address, CertificateIssuer? issuer = null)
    {
        var array = new StatusArray(100) { [17] = CertificateStatus.Suspended };
        return await (issuer ?? _nation.Issuer).SignStatusListJwtAsync(
            new Uri(address), array, TestNation.Now.AddHours(-1), TestNation.Now.AddHours(1), TimeSpan.FromMinutes(5),
            default);
    }
}
