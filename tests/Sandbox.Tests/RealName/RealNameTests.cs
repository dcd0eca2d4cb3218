using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.RealName;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.RealName;

public sealed class RealNameTests : IAsyncLifetime
{
    private static readonly Ecert.Sandbox.Development.RealNameParty Party = RunningSandbox.Parties.RealName;
    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("陈示例", "350102198803071238", "MATCH")]
    [InlineData("林示例", "350102198803071238", "NO_MATCH")]
    [InlineData("陈示例", "350102198803071239", "NO_MATCH")]
    public async Task A_name_and_a_document_belong_together_or_not(string name, string number, string result)
    {
        var answer = await AskAsync("check", Data(name, number));

        Assert.Equal("0", (string)answer["code"]!);
        Assert.Equal(result, Result(answer));
    }

    [Fact]
    public async Task An_answer_verifies_with_openssl_under_the_platform_key()
    {
        var answer = await AskAsync("check", Data("陈示例", "350102198803071238"));

        var text = string.Join('&',
            $"appId={Party.AppId}", "code=0", "data={\"result\":\"MATCH\"}", "encType=SM4", "message=ok",
            "signType=SM2",
            $"timestamp={answer["timestamp"]}", "version=2.0.1", $"key={Party.AppSecret}");
        var signature = Convert.FromBase64String((string)answer["signData"]!);
        Assert.Equal(64, signature.Length);
        Assert.True(await OpenSsl.VerifiesSm2Async(
            Sm2Pem.PublicKey(Party.PlatformPublicKey), Encoding.UTF8.GetBytes(text), Sm2Pem.Der(signature)));
    }

    [Fact]
    public async Task A_face_is_checked_against_whoever_was_before_the_camera()
    {
        var own = await CaptureAsync("350102198803071238");
        var other = await CaptureAsync("350102201505204527");

        Assert.Equal("MATCH", Result(await FaceAsync(own)));
        Assert.Equal("NO_MATCH", Result(await FaceAsync(own)));
        Assert.Equal("NO_MATCH", Result(await FaceAsync(other)));
        Assert.Equal("NO_MATCH", Result(await FaceAsync("FACEinvented")));
    }

    [Fact]
    public async Task A_face_token_is_good_for_five_minutes()
    {
        var token = await CaptureAsync("350102198803071238");
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("NO_MATCH", Result(await FaceAsync(token)));
    }

    [Fact]
    public async Task A_changed_envelope_is_refused_and_the_refusal_is_signed()
    {
        var envelope = Seal(Data("陈示例", "350102198803071238"));
        envelope["encData"] = Sm4.Encrypt(
            Sm4.DeriveKey(Party.AppId, Party.AppSecret),
            Encoding.UTF8.GetBytes(Data("林示例", "350102201505204527").ToJsonString()));

        var answer = await PostAsync("check", envelope);

        Assert.Equal("401", (string)answer["code"]!);
        Assert.Null(answer["encData"]);
        var text = string.Join('&',
            $"appId={Party.AppId}", "code=401", "encType=SM4", $"message={answer["message"]}", "signType=SM2",
            $"timestamp={answer["timestamp"]}", "version=2.0.1", $"key={Party.AppSecret}");
        Assert.True(await OpenSsl.VerifiesSm2Async(
            Sm2Pem.PublicKey(Party.PlatformPublicKey), Encoding.UTF8.GetBytes(text),
            Sm2Pem.Der(Convert.FromBase64String((string)answer["signData"]!))));
    }

    [Theory]
    [InlineData("appId", "ECERTGATEWAY0002", "401")]
    [InlineData("timestamp", "1", "401")]
    [InlineData("signData", "AAAA", "401")]
    [InlineData("signData", "not base64", "401")]
    [InlineData("encData", "zz", "400")]
    [InlineData("encData", "00112233445566778899AABBCCDDEEFF", "400")]
    [InlineData("version", "1.0.0", "400")]
    public async Task A_member_at_fault_is_refused(string name, string value, string code)
    {
        var envelope = Seal(Data("陈示例", "350102198803071238"));
        envelope[name] = value;

        Assert.Equal(code, (string)(await PostAsync("check", envelope))["code"]!);
    }

    [Fact]
    public async Task Data_without_what_is_needed_is_malformed()
    {
        Assert.Equal("400", (string)(await AskAsync("check", new JsonObject { ["name"] = "陈示例" }))["code"]!);
        Assert.Equal("400", (string)(await AskAsync("face", Data("陈示例", "350102198803071238")))["code"]!);
    }

    [Fact]
    public void The_signed_text_is_sorted_at_every_level_with_numbers_as_texts()
    {
        var envelope = new JsonObject
        {
            ["version"] = "2.0.1", ["appId"] = "APP", ["encData"] = "00", ["signData"] = "x", ["extra"] = "y",
            ["nothing"] = "",
        };
        var data = new JsonObject
        {
            ["b"] = 12.50m, ["a"] = new JsonArray(new JsonObject { ["z"] = true, ["y"] = "地/\"" }), ["c"] = null,
            ["d"] = "",
        };

        Assert.Equal(
            """appId=APP&data={"a":[{"y":"地/\"","z":"true"}],"b":"12.50"}&version=2.0.1&key=SECRET""",
            Encoding.UTF8.GetString(Envelope.SignedText(envelope, data, "SECRET")));
    }

    private static JsonObject Data(string name, string number) =>
        new() { ["name"] = name, ["idType"] = "01", ["idNo"] = number };

    private async Task<string> CaptureAsync(string number) =>
        (string)(await _sandbox.ControlAsync("/control/realname/faces", new { idNo = number }))["face_token"]!;

    private Task<JsonObject> FaceAsync(string token)
    {
        var data = Data("陈示例", "350102198803071238");
        data["faceToken"] = token;
        return AskAsync("face", data);
    }

    private Task<JsonObject> AskAsync(string path, JsonObject data) => PostAsync(path, Seal(data));

    // The text is put together here by hand, so that the server's own builder is not its own judge.
    private JsonObject Seal(JsonObject data)
    {
        var timestamp = _sandbox.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString();
        var sorted = string.Join(',', data.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"\"{member.Key}\":\"{member.Value}\""));
        var text = $"appId={Party.AppId}&data={{{sorted}}}&encType=SM4&signType=SM2&timestamp={timestamp}"
            + $"&version=2.0.1&key={Party.AppSecret}";
        return new JsonObject
        {
            ["appId"] = Party.AppId,
            ["version"] = "2.0.1",
            ["timestamp"] = timestamp,
            ["encType"] = "SM4",
            ["signType"] = "SM2",
            ["encData"] = Sm4.Encrypt(
                Sm4.DeriveKey(Party.AppId, Party.AppSecret), Encoding.UTF8.GetBytes(data.ToJsonString())),
            ["signData"] = Sm2.Sign(Sm2.PrivateKey(Party.PrivateKey), Encoding.UTF8.GetBytes(text)),
        };
    }

    private async Task<JsonObject> PostAsync(string path, JsonObject envelope)
    {
        using var response = await _sandbox.Http.PostAsJsonAsync($"/realname/{path}", envelope);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static string Result(JsonObject answer)
    {
        var plain = Sm4.Decrypt(Sm4.DeriveKey(Party.AppId, Party.AppSecret), (string)answer["encData"]!);
        return (string)JsonNode.Parse(plain)!["result"]!;
    }
}
