using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.ProvincialCore;

public sealed class CoreTests : IAsyncLifetime
{
    private const string Person = "fsi/api/fsiPsnInfoService/queryPsnInfo";
    private const string Common = "mbs-fsi/web/api/fsi/callService";

    private RunningSandbox _sandbox = null!;
    private TimeSpan _skew;
    private string _token = RunningSandbox.Parties.Core.Token;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_person_is_found_with_every_enrolment()
    {
        var answer = await AskAsync(Person, Message("1101", Asked("陈示例", "350102198803071238")));

        Assert.Equal(0, (int)answer["infcode"]!);
        var output = answer["output"]!;
        Assert.Equal(("陈示例", "1988-03-07", "38.5"), ((string)output["baseinfo"]!["psn_name"]!,
            (string)output["baseinfo"]!["brdy"]!, output["baseinfo"]!["age"]!.ToJsonString()));
        var row = Assert.Single(output["insuinfo"]!.AsArray())!;
        Assert.Equal(("310", "1101", "1", "350100", "1234.56"), ((string)row["insutype"]!, (string)row["psn_type"]!,
            (string)row["psn_insu_stas"]!, (string)row["insuplc_admdvs"]!, row["balc"]!.ToJsonString()));
    }

    [Fact]
    public async Task An_answer_names_itself_as_the_interface_says()
    {
        var answer = await AskAsync(Common, Message("1101", Asked("陈示例", "350102198803071238")));

        var reference = (string)answer["inf_refmsgid"]!;
        Assert.Equal(30, reference.Length);
        Assert.StartsWith("35000020261102090000", reference, StringComparison.Ordinal);
        Assert.Equal("20261102090000", (string)answer["refmsg_time"]!);
        Assert.Equal("20261102090000000", (string)answer["respond_time"]!);
    }

    [Fact]
    public async Task The_card_number_may_stand_for_the_certificate_number()
    {
        var asked = new JsonObject { ["mdtrt_cert_type"] = "02", ["mdtrt_cert_no"] = "350102198803071238" };

        Assert.Equal(0, (int)(
            await AskAsync(Person, Message("1101", new JsonObject { ["data"] = asked })))["infcode"]!);
    }

    [Theory]
    [InlineData("林示例", "350102198803071238")]
    [InlineData("陈示例", "350102198803071239")]
    [InlineData("陈示例", "")]
    public async Task A_person_who_does_not_fit_is_a_business_error(string name, string number)
    {
        var answer = await AskAsync(Person, Message("1101", Asked(name, number)));

        Assert.Equal(-2, (int)answer["infcode"]!);
        Assert.NotEmpty((string)answer["err_msg"]!);
        Assert.Null(answer["output"]);
    }

    [Fact]
    public async Task A_sign_in_number_is_good_for_its_institution_only()
    {
        var signIn = new JsonObject { ["opter_no"] = "001", ["mac"] = "00-00-00", ["ip"] = "10.0.0.1" };
        var signed = await AskAsync(
            "fsi/api/signInSignOutService/signIn", Message("9001", new JsonObject { ["signIn"] = signIn }));
        var number = (string)signed["output"]!["signinoutb"]!["sign_no"]!;

        var own = Message("1101", Asked("陈示例", "350102198803071238"));
        own["sign_no"] = number;
        var invented = Message("1101", Asked("陈示例", "350102198803071238"));
        invented["sign_no"] = "12345678901234567890";
        var foreign = Message("1101", Asked("陈示例", "350102198803071238"), "H35010000002");
        foreign["sign_no"] = number;

        Assert.Equal("2026-11-02 09:00:00", (string)signed["output"]!["signinoutb"]!["sign_time"]!);
        Assert.Equal(0, (int)(await AskAsync(Person, own))["infcode"]!);
        Assert.Equal(-2, (int)(await AskAsync(Person, invented))["infcode"]!);
        Assert.Equal(-2, (int)(await AskAsync(Person, foreign))["infcode"]!);
    }

    [Theory]
    [InlineData("infno", "9999")]
    [InlineData("infno", "9001")]
    [InlineData("msgid", "H35010000001")]
    [InlineData("msgid", "H35010000002202611020900000001")]
    [InlineData("opter", "")]
    [InlineData("infver", "V1.0.0.0")]
    public async Task A_head_at_fault_is_a_business_error(string name, string value)
    {
        var message = Message("1101", Asked("陈示例", "350102198803071238"));
        message[name] = value;

        Assert.Equal(-2, (int)(await AskAsync(Person, message))["infcode"]!);
    }

    [Fact]
    public async Task A_wrong_header_signature_or_clock_is_refused()
    {
        var message = Message("1101", Asked("陈示例", "350102198803071238"));
        _skew = TimeSpan.FromSeconds(301);
        using var stale = await PostAsync(Person, message);
        (_skew, _token) = (TimeSpan.Zero, "wrong");
        using var forged = await PostAsync(Person, message);

        Assert.Equal(HttpStatusCode.Unauthorized, stale.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    [Fact]
    public async Task A_system_error_can_be_ordered()
    {
        await _sandbox.ControlAsync("/control/faults",
            new { kind = "ErrorAfter", counterpart = "provinces", code = "数据库异常" });

        var answer = await AskAsync(Person, Message("1101", Asked("陈示例", "350102198803071238")));

        Assert.Equal((-1, "数据库异常"), ((int)answer["infcode"]!, (string)answer["err_msg"]!));
    }

    private static JsonObject Asked(string name, string number) => new()
    {
        ["data"] = new JsonObject { ["psn_cert_type"] = "01", ["certno"] = number, ["psn_name"] = name },
    };

    private static JsonObject Message(string number, JsonObject input, string institution = "H35010000001") => new()
    {
        ["infno"] = number,
        ["msgid"] = institution + "202611020900000001",
        ["mdtrtarea_admvs"] = "350100",
        ["recer_sys_code"] = "YBXT",
        ["infver"] = "V1.0",
        ["opter_type"] = "3",
        ["opter"] = "001",
        ["opter_name"] = "网关",
        ["inf_time"] = "2026-11-02 09:00:00",
        ["fixmedins_code"] = institution,
        ["fixmedins_name"] = "示例医院",
        ["input"] = input,
    };

    private async Task<JsonObject> AskAsync(string path, JsonObject message)
    {
        using var response = await PostAsync(path, message);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private async Task<HttpResponseMessage> PostAsync(string path, JsonObject message)
    {
        var timestamp = (_sandbox.Clock.GetUtcNow() + _skew).ToUnixTimeSeconds().ToString();
        var nonce = Guid.NewGuid().ToString();
        var signature = SHA256.HashData(Encoding.UTF8.GetBytes(timestamp + _token + nonce + timestamp));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_sandbox.Base}/provinces/350000/{path}")
        {
            Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-tif-paasid", RunningSandbox.Parties.Core.AccessId);
        request.Headers.Add("x-tif-timestamp", timestamp);
        request.Headers.Add("x-tif-nonce", nonce);
        request.Headers.Add("x-tif-signature", Convert.ToHexStringLower(signature));
        return await _sandbox.Http.SendAsync(request);
    }
}
