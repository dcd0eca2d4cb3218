using System.Formats.Asn1;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Ecert.Adapters.Ports;
using Ecert.Adapters.RealName;
using Ecert.Adapters.Resilience;
using Ecert.Adapters.Sm;
using Ecert.Fixtures;

namespace Ecert.Adapters.Tests.RealName;

/// <summary>The envelope against openssl on the other side: its keys, its SM2, its SM3, its SM4.</summary>
public sealed class RealNameAuthorityTests
{
    private const string AppId = "ECERTGATEWAY0001-PILOT";
    private const string Secret = "s3cret-of-tests";
    private static readonly (string PrivatePem, string PublicPem) App = OpenSsl.Sm2Pair();
    private static readonly (string PrivatePem, string PublicPem) Platform = OpenSsl.Sm2Pair();

    private static readonly byte[] ContentKey = Encoding.ASCII.GetBytes(Convert.ToHexString(
        OpenSsl.Sm4(true, Encoding.ASCII.GetBytes(AppId[..16]), Encoding.ASCII.GetBytes(Secret)))[..16]);

    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("MATCH", RealNameOutcome.Match)]
    [InlineData("NO_MATCH", RealNameOutcome.NoMatch)]
    [InlineData("PERHAPS", RealNameOutcome.Unavailable)]
    public async Task Result_is_mapped(string result, RealNameOutcome expected)
    {
        Answers($$"""{"result":"{{result}}"}""");
        Assert.Equal(expected, await CheckAsync());
    }

    [Fact]
    public async Task Request_is_what_openssl_verifies_and_opens()
    {
        Answers("""{"result":"MATCH"}""");
        await CheckAsync();
        var request = Assert.Single(_server.Requests);
        Assert.Equal("https://realname.example/base/realname/check", request.Address.AbsoluteUri);
        using var body = JsonDocument.Parse(request.Body);
        string Of(string name) => body.RootElement.GetProperty(name).GetString()!;
        var data = $$"""{"idNo":"{{People.Number}}","idType":"01","name":"{{People.Name}}"}""";
        Assert.Matches("^[0-9A-F]+$", Of("encData"));
        Assert.Equal(
            data, Encoding.UTF8.GetString(OpenSsl.Sm4(false, ContentKey, Convert.FromHexString(Of("encData")))));
        Assert.Equal("1793581200000", Of("timestamp"));
        var text = $"appId={AppId}&data={data}&encType=SM4&signType=SM2&timestamp=1793581200000&version=2.0.1"
            + $"&key={Secret}";
        var signature = Convert.FromBase64String(Of("signData"));
        Assert.Equal(64, signature.Length);
        Assert.True(OpenSsl.VerifiesSm2(App.PublicPem, Encoding.UTF8.GetBytes(text), ToDer(signature)));
    }

    [Fact]
    public async Task Face_check_sends_the_token_once()
    {
        _server.Breaks();
        Assert.Equal(
            RealNameOutcome.Unavailable,
            await Authority().CheckFaceAsync(People.Name, People.Document, "face-1", default));
        var request = Assert.Single(_server.Requests);
        Assert.EndsWith("/realname/face", request.Address.AbsolutePath);
        using var body = JsonDocument.Parse(request.Body);
        var data = OpenSsl.Sm4(
            false, ContentKey, Convert.FromHexString(body.RootElement.GetProperty("encData").GetString()!));
        Assert.Contains("\"faceToken\":\"face-1\"", Encoding.UTF8.GetString(data));
    }

    [Fact]
    public async Task Name_check_is_repeated_after_a_lost_answer()
    {
        _server.Breaks();
        Answers("""{"result":"MATCH"}""");
        Assert.Equal(RealNameOutcome.Match, await CheckAsync());
    }

    [Theory]
    [InlineData("401")]
    [InlineData("400")]
    public async Task Refusal_of_the_platform_is_unavailable(string code)
    {
        Answers(data: null, code);
        Assert.Equal(RealNameOutcome.Unavailable, await CheckAsync());
    }

    [Fact]
    public async Task Line_end_behind_the_answer_does_no_harm()
    {
        Answers("""{"result":"MATCH"}""", change: wire => wire + "\n");
        Assert.Equal(RealNameOutcome.Match, await CheckAsync());
    }

    [Fact]
    public async Task Answer_signed_with_our_own_key_is_not_believed()
    {
        Answers("""{"result":"MATCH"}""", key: App.PrivatePem);
        Assert.Equal(RealNameOutcome.Unavailable, await CheckAsync());
    }

    [Fact]
    public async Task Answer_with_another_code_than_was_signed_is_not_believed()
    {
        Answers("""{"result":"MATCH"}""", "500", change: wire => wire.Replace("\"code\":\"500\"", "\"code\":\"0\""));
        Assert.Equal(RealNameOutcome.Unavailable, await CheckAsync());
    }

    [Fact]
    public async Task Answer_with_other_data_than_was_signed_is_not_believed()
    {
        var other = Convert.ToHexString(OpenSsl.Sm4(true, ContentKey, "{\"result\":\"MATCH\"}"u8.ToArray()));
        Answers("""{"result":"NO_MATCH"}""", change: wire =>
        {
            using var parsed = JsonDocument.Parse(wire);
            return wire.Replace(parsed.RootElement.GetProperty("encData").GetString()!, other);
        });
        Assert.Equal(RealNameOutcome.Unavailable, await CheckAsync());
    }

    [Theory]
    [InlineData(-299_000, RealNameOutcome.Match)]
    [InlineData(-301_000, RealNameOutcome.Unavailable)]
    [InlineData(301_000, RealNameOutcome.Unavailable)]
    public async Task Stale_answer_is_not_believed(long skew, RealNameOutcome expected)
    {
        Answers("""{"result":"MATCH"}""", skew: skew);
        Assert.Equal(expected, await CheckAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{} {}")]
    [InlineData("{\"code\":\"0\",\"code\":\"0\"}")]
    [InlineData("{\"code\":\"0\",\"encData\":\"ZZ\",\"signData\":\"AA\"}")]
    [InlineData("{\"code\":\"0\",\"encData\":\"AABB\",\"signData\":\"AA\"}")]
    [InlineData("{\"code\":\"0\",\"signData\":7}")]
    public async Task Malformed_answer_is_unavailable(string body)
    {
        _server.Answers(200, body);
        Assert.Equal(RealNameOutcome.Unavailable, await CheckAsync());
    }

    [Theory]
    [InlineData(
        """{"b":1.50,"a":{"z":true,"y":[{"d":null,"c":"x"},2],"e":[],"f":{}},"":"q"}""",
        """{"":"q","a":{"y":[{"c":"x"},"2"],"z":"true"},"b":"1.50"}""")]
    [InlineData("""{"a":"\u5730\/\"\\\n\u0001𠮷<&>"}""", "{\"a\":\"地/\\\"\\\\\\n\\u0001𠮷<&>\"}")]
    [InlineData("""{"B":"1","a":"2","A":"3"}""", """{"A":"3","B":"1","a":"2"}""")]
    public void Canonical_text_is_sorted_compact_and_of_strings(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(expected, CanonicalJson.Write(document.RootElement));
    }

    [Fact]
    public void Bare_keys_as_centres_hand_them_out_are_read()
    {
        var key = Sm2Keys.PrivateKey(App.PrivatePem);
        byte[] number = key.D.ToByteArrayUnsigned();
        var padded = new byte[33];
        number.CopyTo(padded, 33 - number.Length);
        var point = Sm2Keys.PublicKey(App.PublicPem).Q;
        var text = "text"u8.ToArray();
        foreach (var privateText in new[] { Convert.ToBase64String(padded[1..]), Convert.ToBase64String(padded) })
        foreach (var compressed in new[] { true, false })
        {
            var signature = Sm2.Sign(Sm2Keys.PrivateKey(privateText), text, plain: true);
            var publicKey = Sm2Keys.PublicKey(Convert.ToBase64String(point.GetEncoded(compressed)));
            Assert.True(Sm2.Verify(publicKey, text, signature, plain: true));
            Assert.True(OpenSsl.VerifiesSm2(App.PublicPem, text, ToDer(signature)));
        }
    }

    [Fact]
    public void Key_of_another_kind_is_refused_at_the_start()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        Assert.Throws<ArgumentException>(() => Authority(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => Authority(App.PublicPem));
    }

    private Task<RealNameOutcome> CheckAsync() => Authority().CheckNameAsync(People.Name, People.Document, default);

    private RealNameAuthority Authority(string? privateKey = null) => new(
        _server.Client(),
        new RealNameOptions
        {
            BaseAddress = new Uri("https://realname.example/base"),
            AppId = AppId,
            AppSecret = Secret,
            AppPrivateKey = privateKey ?? App.PrivatePem,
            PlatformPublicKey = Platform.PublicPem,
            Resilience = new ResilienceOptions { RepeatDelay = TimeSpan.Zero },
        },
        _time);

    private void Answers(
        string? data, string code = "0", string? key = null, long skew = 0, Func<string, string>? change = null)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeMilliseconds() + skew;
        var signed = $"appId={AppId}&code={code}&{(data is null ? "" : $"data={data}&")}encType=SM4&message=完成"
            + $"&signType=SM2&timestamp={timestamp}&version=2.0.1&key={Secret}";
        var signature = ToPlain(OpenSsl.SignSm2(key ?? Platform.PrivatePem, Encoding.UTF8.GetBytes(signed)));
        var encrypted = data is null
            ? ""
            : Convert.ToHexString(OpenSsl.Sm4(true, ContentKey, Encoding.UTF8.GetBytes(data)));
        var wire = $$"""
            {"code":"{{code}}","message":"完成","appId":"{{AppId}}","version":"2.0.1","timestamp":"{{timestamp}}",
             "encType":"SM4","signType":"SM2","encData":"{{encrypted}}","extra":{"ignored":true},
             "signData":"{{Convert.ToBase64String(signature)}}"}
            """;
        _server.Answers(200, change?.Invoke(wire) ?? wire);
    }

    private static byte[] ToDer(byte[] plain)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(plain.AsSpan(0, 32), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(plain.AsSpan(32), isUnsigned: true, isBigEndian: true));
        }
        return writer.Encode();
    }

    private static byte[] ToPlain(byte[] der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var plain = new byte[64];
        for (var half = 0; half < 2; half++)
        {
            var number = reader.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true);
            number.CopyTo(plain, 32 * (half + 1) - number.Length);
        }
        return plain;
    }
}
