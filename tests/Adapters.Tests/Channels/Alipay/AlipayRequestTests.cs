using System.Net;
using System.Text;
using System.Text.Json;
using Ecert.Adapters.Channels.Alipay;
using Ecert.Adapters.Ports;

namespace Ecert.Adapters.Tests.Channels.Alipay;

/// <summary>What goes out, refereed by openssl.</summary>
public sealed class AlipayRequestTests
{
    private readonly AlipayScript _script = new();

    [Fact]
    public async Task System_parameters_go_in_the_query_and_the_content_in_the_form()
    {
        await CreateAsync(ChannelScene.Qr);
        var request = Assert.Single(_script.Server.Requests);
        var query = Parse(request.Address.Query[1..]);
        Assert.Equal("POST", request.Method);
        Assert.Equal("application/x-www-form-urlencoded; charset=UTF-8", request.ContentType);
        Assert.Equal("biz_content", Assert.Single(Parse(request.Text)).Key);
        Assert.Equal("utf-8", query["charset"]);
        Assert.Equal("alipay.trade.precreate", query["method"]);
        Assert.Equal("2026-11-02 09:00:00", query["timestamp"]);
        Assert.Equal("https://gateway.example/notify", query["notify_url"]);
        Assert.DoesNotContain("app_cert_sn", query.Keys);
        Assert.All(query.Values, value => Assert.NotEmpty(value));
    }

    [Fact]
    public async Task Signature_is_over_every_parameter_in_order()
    {
        await CreateAsync(ChannelScene.Qr);
        var request = _script.Server.Requests[0];
        var all = Parse(request.Address.Query[1..]).Concat(Parse(request.Text)).ToList();
        var text = string.Join('&', all
            .Where(pair => pair.Key != "sign")
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}"));
        var sign = all.Single(pair => pair.Key == "sign").Value;
        Assert.True(OpenSsl.VerifiesRsa(
            AlipayScript.AppKey.ExportSubjectPublicKeyInfoPem(), Encoding.UTF8.GetBytes(text), sign));
    }

    [Fact]
    public async Task Query_carries_no_notify_url()
    {
        _script.Answers("alipay.trade.query", AlipayScript.Trade("WAIT_BUYER_PAY"));
        await _script.Adapter().Payments.QueryAsync(AlipayScript.Payment, default);
        Assert.DoesNotContain("notify_url", _script.Server.Requests[0].Address.Query);
    }

    [Fact]
    public async Task Certificate_mode_names_both_serials()
    {
        var (rootPem, issuePem) = _script.Authority("Root");
        var (appPem, alipayPem) = (issuePem(AlipayScript.AppKey), issuePem(AlipayScript.AlipayKey));
        _script.Answers("alipay.trade.query", AlipayScript.Trade("WAIT_BUYER_PAY"));
        var outcome = await _script
            .Adapter(_script.Options with { Trust = new AlipayTrust.Certificates(appPem, alipayPem, rootPem) })
            .Payments.QueryAsync(AlipayScript.Payment, default);
        Assert.IsType<ChannelOutcome.Waiting>(outcome);
        var query = Parse(_script.Server.Requests[0].Address.Query[1..]);
        Assert.Equal(AlipayScript.SerialOf(appPem), query["app_cert_sn"]);
        Assert.Equal(AlipayScript.SerialOf(rootPem), query["alipay_root_cert_sn"]);
    }

    [Fact]
    public async Task Amount_has_two_decimals_and_the_expiry_is_beijing_time()
    {
        await CreateAsync(ChannelScene.Qr);
        using var content = Content();
        Assert.Equal("12.30", content.RootElement.GetProperty("total_amount").GetString());
        Assert.Equal("2026-11-02 10:00:00", content.RootElement.GetProperty("time_expire").GetString());
        Assert.Equal("地铁 & 乘车费", content.RootElement.GetProperty("subject").GetString());
        Assert.Equal("PAY-2026_Ab*|01", content.RootElement.GetProperty("out_trade_no").GetString());
    }

    [Theory]
    [InlineData("2088102122524333", "buyer_id")]
    [InlineData("074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5", "buyer_open_id")]
    public async Task In_app_order_names_the_payer_by_the_kind_of_id(string payerId, string member)
    {
        _script.Answers("alipay.trade.create", "\"out_trade_no\":\"PAY-2026_Ab*|01\",\"trade_no\":\"2026T\"");
        var outcome = await _script.Adapter().Payments.CreateAsync(
            AlipayScript.Order(ChannelScene.InApp, payerId), default);
        Assert.Equal(new ChannelOutcome.Waiting("2026T"), outcome);
        using var content = Content();
        Assert.Equal(payerId, content.RootElement.GetProperty(member).GetString());
    }

    [Fact]
    public async Task Agreement_is_charged_under_its_number()
    {
        await CreateAsync(ChannelScene.Agreement, "20170502000610755993");
        using var content = Content();
        Assert.Equal("GENERAL_WITHHOLDING", content.RootElement.GetProperty("product_code").GetString());
        Assert.Equal(
            "20170502000610755993",
            content.RootElement.GetProperty("agreement_params").GetProperty("agreement_no").GetString());
        Assert.Contains("method=alipay.trade.pay&", _script.Server.Requests[0].Address.Query);
    }

    [Fact]
    public async Task Sm2_requests_are_accepted_by_openssl()
    {
        var (pem, publicPem) = OpenSsl.Sm2Pair();
        _script.Server.Answers(200, "{}");
        await _script.Adapter(_script.Options with
        {
            SignType = AlipaySignType.Sm2,
            AppPrivateKeyPem = pem,
            Trust = new AlipayTrust.PublicKey(publicPem),
        }).Payments.CloseAsync(AlipayScript.Payment, default);
        var request = _script.Server.Requests[0];
        var all = Parse(request.Address.Query[1..]).Concat(Parse(request.Text)).ToList();
        var text = string.Join('&', all
            .Where(pair => pair.Key != "sign")
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Contains("sign_type=SM2", text);
        var sign = Convert.FromBase64String(all.Single(pair => pair.Key == "sign").Value);
        Assert.True(OpenSsl.VerifiesSm2(publicPem, Encoding.UTF8.GetBytes(text), sign));
    }

    private async Task CreateAsync(ChannelScene scene, string? payerId = null)
    {
        _script.Server.Answers(500, "");
        await _script.Adapter().Payments.CreateAsync(AlipayScript.Order(scene, payerId), default);
    }

    private JsonDocument Content() => JsonDocument.Parse(Parse(_script.Server.Requests[0].Text)["biz_content"]);

    private static Dictionary<string, string> Parse(string form) => form.Split('&')
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));
}
