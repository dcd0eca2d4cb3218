using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;
using Xunit.Abstractions;

namespace Ecert.Sandbox.Tests.Referees;

/// <summary>Clients written by others accept what is right and refuse what is ordered to be wrong.</summary>
public sealed class NodeClientTests(ITestOutputHelper output) : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;

    // These clients compare with the time of the machine.
    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(
        options => options with
        {
            WeChatPay = options.WeChatPay! with { BillsReadyAtOnce = true },
        }, TimeProvider.System.GetUtcNow());

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Wechatpay_axios_plugin_verifies_every_answer()
    {
        if (!NodeReferee.IsThere(output))
            return;
        var found = await NodeReferee.RunAsync(_sandbox, "wechatOrder");

        Assert.StartsWith("wx", (string)found["prepayId"]!, StringComparison.Ordinal);
        Assert.Equal((string)found["prepayId"]!, (string)found["again"]!);
        Assert.Equal("NOTPAY", (string)found["state"]!);
        Assert.Equal(RunningSandbox.Parties.WeChatPay.PublicKeyId, (string)found["namedSerial"]!);
        Assert.Equal((204, 1), ((int)found["closed"]!, (int)found["certificates"]!));
    }

    [Fact]
    public async Task Wechatpay_axios_plugin_refuses_what_is_wrong()
    {
        if (!NodeReferee.IsThere(output))
            return;
        await _sandbox.ControlAsync("/control/faults", new { kind = "WrongSignature", counterpart = "wechatpay" });

        var found = await NodeReferee.RunAsync(_sandbox, "wechatNegative");

        Assert.Contains("EV3_RES_HEADER_SIGNATURE_DIGEST", (string)found["spoilt"]!, StringComparison.Ordinal);
        Assert.Contains("EV3_RES_HEADER_PLATFORM_SERIAL", (string)found["unknownSerial"]!, StringComparison.Ordinal);
        Assert.Contains("EV3_RES_HEADER_SIGNATURE_DIGEST", (string)found["otherKey"]!, StringComparison.Ordinal);
        Assert.Equal("accepted", (string)found["genuine"]!);
    }

    [Fact]
    public async Task Wechatpay_axios_plugin_reads_the_bill()
    {
        if (!NodeReferee.IsThere(output))
            return;
        var client = new WeChatClient(_sandbox);
        await client.PayAsync("ORDER0001", 1000);
        await client.RefundAsync("ORDER0001", "REFUND1", 400, 1000);
        var day = _sandbox.Clock.GetUtcNow().AddHours(8).ToString("yyyy-MM-dd");

        var found = await NodeReferee.RunAsync(_sandbox, "wechatBill", new JsonObject { ["billDate"] = day });

        foreach (var form in (string[])["plain", "zipped"])
        {
            Assert.True((bool)found[form]!["matches"]!);
            var rows = found[form]!["rows"]!.AsArray();
            Assert.Equal(("ORDER0001", "10.00"), ((string)rows[0]!["商户订单号"]!, (string)rows[0]!["订单金额"]!));
            Assert.Equal(("REFUND1", "4.00"), ((string)rows[1]!["商户退款单号"]!, (string)rows[1]!["退款金额"]!));
            Assert.Equal("2", (string)found[form]!["summary"]!["总交易单数"]!);
        }
    }

    [Fact]
    public async Task Wechatpay_axios_plugin_verifies_and_opens_a_callback()
    {
        if (!NodeReferee.IsThere(output))
            return;
        await new WeChatClient(_sandbox).PayAsync("ORDER0001", 1250);
        var told = await _sandbox.Receiver.NextAsync();
        var headers = told.Headers.Where(header => header.Key.StartsWith("Wechatpay-", StringComparison.Ordinal))
            .Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value));
        var callback = new JsonObject
        {
            ["headers"] = new JsonObject(headers), ["body"] = Encoding.UTF8.GetString(told.Body),
        };

        var found = await NodeReferee.RunAsync(_sandbox, "wechatCallback", new JsonObject { ["callback"] = callback });

        Assert.True((bool)found["verified"]!);
        Assert.Equal("ORDER0001", (string)found["plain"]!["out_trade_no"]!);
    }

    [Fact]
    public async Task Alipay_sdk_verifies_every_answer_and_agrees_on_certificate_numbers()
    {
        if (!NodeReferee.IsThere(output))
            return;
        var found = await NodeReferee.RunAsync(_sandbox, "alipayTrade");

        Assert.Equal(CertificateNumbers.Of(RunningSandbox.Parties.Alipay.App.CertificatePem),
            (string)found["appCertSn"]!);
        Assert.True((bool)found["same"]!);
        Assert.Equal(("WAIT_BUYER_PAY", "12.50"), ((string)found["status"]!, (string)found["amount"]!));
        Assert.StartsWith("https://qr.alipay.com/", (string)found["qrCode"]!, StringComparison.Ordinal);
        Assert.Equal("ACQ.TRADE_NOT_EXIST", (string)found["missing"]!);
    }

    [Fact]
    public async Task Alipay_sdk_refuses_what_is_wrong_and_is_refused_with_another_key()
    {
        if (!NodeReferee.IsThere(output))
            return;
        await _sandbox.ControlAsync("/control/faults", new { kind = "Delay", counterpart = "alipay", delay_ms = 1 });
        await _sandbox.ControlAsync("/control/faults", new { kind = "WrongSignature", counterpart = "alipay" });

        var found = await NodeReferee.RunAsync(_sandbox, "alipayNegative");

        Assert.Equal("isv.invalid-signature", (string)found["stranger"]!);
        Assert.NotEqual("accepted", (string)found["spoilt"]!);
        Assert.Equal("accepted", (string)found["genuine"]!);
    }

    [Fact]
    public async Task Alipay_sdk_verifies_a_notification_and_refuses_a_changed_one()
    {
        if (!NodeReferee.IsThere(output))
            return;
        await new AlipayClient(_sandbox) { NotifyUrl = _sandbox.Receiver.Url }.PayAsync("TRADE0001");
        var told = await _sandbox.Receiver.NextAsync();

        var found = await NodeReferee.RunAsync(
            _sandbox, "alipayNotice", new JsonObject { ["notice"] = Encoding.ASCII.GetString(told.Body) });

        Assert.True((bool)found["verified"]!);
        Assert.False((bool)found["changed"]!);
    }
}
