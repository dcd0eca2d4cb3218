using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ecert.Adapters.Ports;

namespace Ecert.Adapters.Tests.Channels.WeChatPay;

/// <summary>What goes out, refereed by openssl.</summary>
public sealed partial class WeChatPayRequestTests
{
    private readonly WeChatPayScript _script = new();

    [Fact]
    public async Task Signature_is_over_the_path_with_prefix_and_the_bytes_sent()
    {
        _script.Answers("""{"code_url":"weixin://wxpay/bizpayurl?pr=1"}""");
        await _script.Adapter().Payments.CreateAsync(WeChatPayScript.Order(ChannelScene.Qr), default);
        var request = Assert.Single(_script.Server.Requests);
        Assert.Equal("https://pay.example/prefix/v3/pay/transactions/native", request.Address.AbsoluteUri);
        Assert.Equal("application/json", request.ContentType);
        AssertSigned(request, "/prefix/v3/pay/transactions/native");
        Assert.Equal(WeChatPayScript.PublicKeyId, request.Headers["Wechatpay-Serial"]);
        Assert.Equal(
            """{"appid":"wxd678efh567hg6787","mchid":"1900000001","description":"地铁乘车费","""
            + """ "out_trade_no":"PAY-2026_Ab*|01","time_expire":"2026-11-02T10:00:00+08:00","""
            + """ "notify_url":"https://gateway.example/notify/payment","amount":{"total":1234,"currency":"CNY"}}""",
            request.Text.Replace(",\"out_trade", ", \"out_trade").Replace(",\"notify", ", \"notify"));
    }

    [Fact]
    public async Task Query_signs_the_escaped_number_as_it_is_sent()
    {
        _script.Answers(WeChatPayScript.Transaction("NOTPAY"));
        await _script.Adapter().Payments.QueryAsync(WeChatPayScript.Payment, default);
        AssertSigned(
            Assert.Single(_script.Server.Requests),
            "/prefix/v3/pay/transactions/out-trade-no/PAY-2026_Ab%2A%7C01?mchid=1900000001");
    }

    [Fact]
    public async Task Jsapi_order_brings_back_the_parameters_of_the_cashier_signed()
    {
        _script.Answers("""{"prepay_id":"wx2014"}""");
        var outcome = await _script.Adapter().Payments.CreateAsync(WeChatPayScript.Order(ChannelScene.InApp), default);
        Assert.Contains("\"payer\":{\"openid\":\"oUpF8uMuAJO\"}", _script.Server.Requests[0].Text);
        using var action = JsonDocument.Parse(Assert.IsType<ChannelOutcome.Waiting>(outcome).PayerAction!);
        string Of(string name) => action.RootElement.GetProperty(name).GetString()!;
        Assert.Equal("RSA", Of("signType"));
        Assert.Equal("prepay_id=wx2014", Of("package"));
        var text = $"{Of("appId")}\n{Of("timeStamp")}\n{Of("nonceStr")}\nprepay_id=wx2014\n";
        Assert.True(OpenSsl.VerifiesRsa(
            WeChatPayScript.MerchantKey.ExportSubjectPublicKeyInfoPem(), Encoding.UTF8.GetBytes(text), Of("paySign")));
    }

    [Fact]
    public async Task Agreement_is_refused_without_a_call()
    {
        var outcome = await _script.Adapter().Payments.CreateAsync(
            WeChatPayScript.Order(ChannelScene.Agreement), default);
        Assert.Equal("SCENE_NOT_OFFERED", Assert.IsType<ChannelOutcome.Refused>(outcome).Code);
        Assert.Empty(_script.Server.Requests);
    }

    [Fact]
    public async Task In_app_order_without_a_payer_is_refused_without_a_call()
    {
        var outcome = await _script.Adapter().Payments.CreateAsync(
            WeChatPayScript.Order(ChannelScene.InApp, payerId: null), default);
        Assert.Equal("PAYER_ID_MISSING", Assert.IsType<ChannelOutcome.Refused>(outcome).Code);
        Assert.Empty(_script.Server.Requests);
    }

    [Fact]
    public async Task Every_attempt_has_its_own_nonce()
    {
        _script.Server.Breaks();
        _script.Answers(WeChatPayScript.Transaction("NOTPAY"));
        await _script.Adapter().Payments.QueryAsync(WeChatPayScript.Payment, default);
        Assert.Equal(2, _script.Server.Requests.Select(request => request.Headers["Authorization"]).Distinct().Count());
    }

    private static void AssertSigned(RecordedRequest request, string path)
    {
        var match = Authorization().Match(request.Headers["Authorization"]);
        Assert.True(match.Success, request.Headers["Authorization"]);
        var text = $"{request.Method}\n{path}\n{match.Groups["time"]}\n{match.Groups["nonce"]}\n{request.Text}\n";
        Assert.True(OpenSsl.VerifiesRsa(
            WeChatPayScript.MerchantKey.ExportSubjectPublicKeyInfoPem(),
            Encoding.UTF8.GetBytes(text),
            match.Groups["sign"].Value));
    }

    [GeneratedRegex(
        "^WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"(?<nonce>[0-9A-F]{32})\","
        + "signature=\"(?<sign>[^\"]+)\",timestamp=\"(?<time>\\d+)\",serial_no=\"77044E9C\"$")]
    private static partial Regex Authorization();
}
