using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Provinces.Fsi;
using Ecert.Adapters.Resilience;
using Ecert.Fixtures;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Tests.Provinces;

public sealed class FsiInsuredPersonBaseTests
{
    private const string SignedIn = """
        {"infcode":0,"output":{"signinoutb":{"sign_time":"2026-11-02 09:00:00","sign_no":"SIGN01"}}}
        """;

    private const string Person = """
        {"infcode":"0","inf_refmsgid":"110000202611020900000000000001","err_msg":"","output":{
         "baseinfo":{"psn_no":"11000000000001","psn_cert_type":"01","certno":"11010519491231002x","psn_name":"李𠮷明"},
         "insuinfo":[
          {"balc":"1234.50","insutype":"310","psn_type":"1101","psn_insu_stas":"1","insuplc_admdvs":"110105"},
          {"balc":0.5,"insutype":"390","psn_type":"1501","psn_insu_stas":"2","insuplc_admdvs":"370199"},
          {"insutype":"510","psn_type":"1101","psn_insu_stas":"4","insuplc_admdvs":"110105"}],
         "idetinfo":[]}}
        """;

    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Person_is_found_with_every_enrolment()
    {
        _server.Answers(200, SignedIn).Answers(200, Person);
        var found = Assert.IsType<PersonOutcome.Found>(await FindAsync());
        Assert.Equal("11000000000001", found.PersonNumber);
        Enrolment[] expected =
        [
            new(DivisionCode.Parse("110105"), "310", "1101", true, new Money(123450)),
            new(DivisionCode.Parse("370199"), "390", "1501", false, new Money(50)),
            new(DivisionCode.Parse("110105"), "510", "1101", false, Money.Zero),
        ];
        Assert.Equal(expected, found.Enrolments);
    }

    [Fact]
    public async Task Message_has_every_head_field_and_the_document()
    {
        _server.Answers(200, SignedIn).Answers(200, Person);
        await FindAsync();
        Assert.Equal("/core/fsi/api/signInSignOutService/signIn", _server.Requests[0].Address.AbsolutePath);
        Assert.Equal("/core/fsi/api/fsiPsnInfoService/queryPsnInfo", _server.Requests[1].Address.AbsolutePath);
        using var signIn = JsonDocument.Parse(_server.Requests[0].Body);
        Assert.Equal(
            """{"signIn":{"opter_no":"K01","mac":"00-00-00-00-00-00","ip":"127.0.0.1"}}""",
            signIn.RootElement.GetProperty("input").GetRawText());
        using var message = JsonDocument.Parse(_server.Requests[1].Body);
        string[] head =
        [
            "infno", "msgid", "mdtrtarea_admvs", "insuplc_admdvs", "recer_sys_code", "dev_no", "dev_safe_info",
            "cainfo", "signtype", "infver", "opter_type", "opter", "opter_name", "inf_time",
            "fixmedins_code", "fixmedins_name", "sign_no", "input",
        ];
        Assert.Equal(head, message.RootElement.EnumerateObject().Select(member => member.Name));
        string Of(string name) => message.RootElement.GetProperty(name).GetString()!;
        Assert.Equal("H11010500001202611020900000002", Of("msgid"));
        Assert.Equal(("1101", "110105", "SIGN01"), (Of("infno"), Of("mdtrtarea_admvs"), Of("sign_no")));
        Assert.Equal(("2026-11-02 09:00:00", "YBXT"), (Of("inf_time"), Of("recer_sys_code")));
        var data = message.RootElement.GetProperty("input").GetProperty("data");
        Assert.Equal("02", data.GetProperty("mdtrt_cert_type").GetString());
        Assert.Equal(People.Number, data.GetProperty("mdtrt_cert_no").GetString());
        Assert.Equal("01", data.GetProperty("psn_cert_type").GetString());
        Assert.Equal(People.Number, data.GetProperty("certno").GetString());
        Assert.Equal(People.Name, data.GetProperty("psn_name").GetString());
    }

    [Theory]
    [InlineData(FsiTimestampUnit.Seconds, "1793581200")]
    [InlineData(FsiTimestampUnit.Milliseconds, "1793581200000")]
    public async Task Headers_are_signed_in_the_unit_of_the_profile(FsiTimestampUnit unit, string timestamp)
    {
        _server.Answers(200, SignedIn).Answers(200, Person);
        await FindAsync(Options with { TimestampUnit = unit });
        var headers = _server.Requests[1].Headers;
        Assert.Equal("caller", headers["x-tif-paasid"]);
        Assert.Equal(timestamp, headers["x-tif-timestamp"]);
        Assert.True(Guid.TryParse(headers["x-tif-nonce"], out _));
        var text = $"{timestamp}t0ken{headers["x-tif-nonce"]}{timestamp}";
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text))), headers["x-tif-signature"]);
        Assert.NotEqual(_server.Requests[0].Headers["x-tif-nonce"], headers["x-tif-nonce"]);
    }

    [Fact]
    public async Task Trusted_line_has_no_signature()
    {
        _server.Answers(200, SignedIn).Answers(200, Person);
        await FindAsync(Options with { Signature = FsiSignature.None });
        Assert.DoesNotContain("x-tif-signature", _server.Requests[0].Headers.Keys);
    }

    [Fact]
    public async Task Sign_in_holds_for_the_day_in_beijing()
    {
        using var persons = Persons();
        _server.Answers(200, SignedIn).Answers(200, Person).Answers(200, Person);
        await FindAsync(persons);
        _time.Advance(TimeSpan.FromHours(14));
        await FindAsync(persons);
        Assert.Equal(3, _server.Requests.Count);

        _time.Advance(TimeSpan.FromHours(2));
        _server.Answers(200, SignedIn).Answers(200, Person);
        await FindAsync(persons);
        Assert.Equal(5, _server.Requests.Count);
    }

    [Fact]
    public async Task Business_refusal_that_is_not_about_the_person_signs_in_anew()
    {
        using var persons = Persons();
        _server.Answers(200, SignedIn).Answers(200, """{"infcode":-2,"err_msg":"签到编号已失效"}""");
        Assert.IsType<PersonOutcome.Unknown>(await FindAsync(persons));
        _server.Answers(200, SignedIn).Answers(200, Person);
        Assert.IsType<PersonOutcome.Found>(await FindAsync(persons));
    }

    [Theory]
    [InlineData("""{"infcode":-2,"err_msg":"未查询到人员信息"}""", typeof(PersonOutcome.NotFound))]
    [InlineData("""{"infcode":"-2","err_msg":"姓名与证件号码不符"}""", typeof(PersonOutcome.NotFound))]
    [InlineData("""{"infcode":-2,"err_msg":"无权限"}""", typeof(PersonOutcome.Unknown))]
    [InlineData("""{"infcode":-1,"err_msg":"未查询到数据库连接"}""", typeof(PersonOutcome.Unknown))]
    [InlineData("""{"infcode":0,"output":{}}""", typeof(PersonOutcome.NotFound))]
    [InlineData("""{"infcode":0,"output":{"insuinfo":7}}""", typeof(PersonOutcome.Unknown))]
    [InlineData("""{"infcode":0}""", typeof(PersonOutcome.Unknown))]
    [InlineData("""{"infcode":1,"output":{}}""", typeof(PersonOutcome.Unknown))]
    [InlineData("""{"output":{}}""", typeof(PersonOutcome.Unknown))]
    [InlineData("not json", typeof(PersonOutcome.Unknown))]
    public async Task Answer_is_mapped(string answer, Type expected)
    {
        _server.Answers(200, SignedIn).Answers(200, answer);
        Assert.IsType(expected, await FindAsync());
    }

    [Theory]
    [InlineData("\"1234.50\"", "\"1234.505\"")]
    [InlineData("0.5", "5e-1")]
    [InlineData("370199", "37019")]
    [InlineData("11010519491231002x", "110105194912310038")]
    public async Task Answer_that_cannot_be_is_unknown(string from, string to)
    {
        _server.Answers(200, SignedIn).Answers(200, Person.Replace(from, to));
        Assert.IsType<PersonOutcome.Unknown>(await FindAsync());
    }

    [Theory]
    [InlineData("王五", typeof(PersonOutcome.NotFound))]
    [InlineData("李*明", typeof(PersonOutcome.Found))]
    public async Task Name_must_fit_unless_it_is_masked(string told, Type expected)
    {
        var person = Person.Replace("\"psn_name\":\"李𠮷明\"", $"\"psn_name\":\"{told}\"");
        _server.Answers(200, SignedIn).Answers(200, person);
        Assert.IsType(expected, await FindAsync());
    }

    [Fact]
    public async Task Explanation_for_operators_names_nobody()
    {
        var refusal = $$"""{"infcode":-2,"err_msg":"{{People.Name}}({{People.Number}})无权限"}""";
        _server.Answers(200, SignedIn).Answers(200, refusal);
        var why = Assert.IsType<PersonOutcome.Unknown>(await FindAsync()).Why;
        Assert.DoesNotContain(People.Name, why);
        Assert.DoesNotContain(People.Number, why);
        Assert.Contains("无权限", why);
    }

    [Fact]
    public async Task Failed_sign_in_is_unknown_and_asks_nothing_else()
    {
        _server.Answers(200, """{"infcode":-2,"err_msg":"操作员不存在"}""");
        Assert.IsType<PersonOutcome.Unknown>(await FindAsync());
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Repetition_is_the_same_message_under_a_new_header()
    {
        _server.Answers(200, SignedIn).Breaks().Answers(200, Person);
        Assert.IsType<PersonOutcome.Found>(await FindAsync());
        Assert.Equal(_server.Requests[1].Text, _server.Requests[2].Text);
        Assert.NotEqual(_server.Requests[1].Headers["x-tif-nonce"], _server.Requests[2].Headers["x-tif-nonce"]);
    }

    [Fact]
    public void Message_numbers_never_repeat_within_a_second_and_over_its_end()
    {
        var numbers = new FsiMessageNumbers(Options with { FirstSequence = 100, LastSequence = 149 }, _time);
        var taken = Enumerable.Range(0, 500).Select(_ => numbers.Next()).ToList();
        _time.Advance(TimeSpan.FromSeconds(3));
        taken.AddRange(Enumerable.Range(0, 500).Select(_ => numbers.Next()));
        Assert.Equal(1000, taken.Distinct().Count());
        Assert.All(taken, number => Assert.Matches("^H11010500001[0-9]{14}01[0-4][0-9]$", number));
    }

    [Fact]
    public void Wrong_institution_code_or_range_is_refused_at_the_start()
    {
        Assert.Throws<ArgumentException>(() => Persons(Options with { InstitutionCode = "H1" }));
        Assert.Throws<ArgumentException>(() => Persons(Options with { LastSequence = 10_000 }));
    }

    private static FsiOptions Options => new()
    {
        BaseAddress = new Uri("https://province.example/core/"),
        InstitutionCode = "H11010500001",
        InstitutionName = "朝阳医院",
        Division = DivisionCode.Parse("110105"),
        CallerId = "caller",
        Token = "t0ken",
        Operator = "K01",
        OperatorName = "自助机",
        Resilience = new ResilienceOptions { RepeatDelay = TimeSpan.Zero },
    };

    private FsiInsuredPersonBase Persons(FsiOptions? options = null) =>
        new(_server.Client(), options ?? Options, _time, new SeededRandomSource(1));

    private async Task<PersonOutcome> FindAsync(FsiOptions? options = null)
    {
        using var persons = Persons(options);
        return await FindAsync(persons);
    }

    private static Task<PersonOutcome> FindAsync(FsiInsuredPersonBase persons) =>
        persons.FindAsync(People.Name, People.Document, default);
}
