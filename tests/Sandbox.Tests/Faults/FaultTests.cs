using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.Faults;

public sealed class FaultTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;
    private WeChatClient _weChat = null!;
    private AlipayClient _alipay = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        (_weChat, _alipay) = (new WeChatClient(_sandbox), new AlipayClient(_sandbox));
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_drop_after_the_work_leaves_the_work_done()
    {
        await OrderAsync(new { kind = "DropAfter", counterpart = "wechatpay", contains = "ORDER0001" });

        await Assert.ThrowsAsync<HttpRequestException>(() => _weChat.PlaceAsync("ORDER0001"));

        Assert.Equal("NOTPAY", await _weChat.StateAsync("ORDER0001"));
        Assert.Empty(await _sandbox.ControlAsync("/control/faults"));
    }

    [Fact]
    public async Task A_drop_before_the_work_leaves_nothing_done()
    {
        await OrderAsync(new { kind = "DropBefore", counterpart = "wechatpay", contains = "ORDER0001" });

        await Assert.ThrowsAsync<HttpRequestException>(() => _weChat.PlaceAsync("ORDER0001"));

        Assert.Empty(await _sandbox.ControlAsync("/control/wechatpay/orders"));
    }

    [Fact]
    public async Task An_error_before_or_after_the_work_looks_the_same_to_the_caller()
    {
        await OrderAsync(new { kind = "ErrorBefore", counterpart = "wechatpay", contains = "ORDER0001" });
        await OrderAsync(new { kind = "ErrorAfter", counterpart = "wechatpay", contains = "ORDER0002" });

        var before = await _weChat.PlaceAsync("ORDER0001");
        var after = await _weChat.PlaceAsync("ORDER0002");

        Assert.Equal((HttpStatusCode.InternalServerError, "SYSTEM_ERROR"), (before.Status, before.Code));
        Assert.Equal(before.Json.ToJsonString(), after.Json.ToJsonString());
        Assert.False(after.Headers.ContainsKey("Wechatpay-Signature"));
        Assert.Equal("ORDER0002", (string)Assert.Single(
            await _sandbox.ControlAsync("/control/wechatpay/orders"))!["out_trade_no"]!);
    }

    [Fact]
    public async Task An_error_can_be_any_code_as_often_as_asked()
    {
        await OrderAsync(new
        {
            kind = "ErrorBefore", counterpart = "wechatpay", times = 2, status = 429, code = "FREQUENCY_LIMITED",
        });

        var answers = new[] { await _weChat.PlaceAsync("ORDER0001"), await _weChat.PlaceAsync("ORDER0001") };

        Assert.All(answers, answer => Assert.Equal(("FREQUENCY_LIMITED", 429), (answer.Code, (int)answer.Status)));
        Assert.Equal(HttpStatusCode.OK, (await _weChat.PlaceAsync("ORDER0001")).Status);
    }

    [Fact]
    public async Task An_Alipay_error_travels_signed_in_the_node_of_the_method()
    {
        await OrderAsync(new { kind = "ErrorAfter", counterpart = "alipay", contains = "TRADE0001" });
        await OrderAsync(
            new { kind = "ErrorBefore", counterpart = "alipay", contains = "TRADE0001", code = "AQC.SYSTEM_ERROR" });

        var unknown = await _alipay.CreateAsync("TRADE0001");
        var misspelt = await _alipay.CallAsync("alipay.trade.cancel",
            new JsonObject { ["out_trade_no"] = "TRADE0001" });

        Assert.Equal((HttpStatusCode.OK, "20000", "isp.unknow-error"), (unknown.Status, unknown.Code, unknown.SubCode));
        Assert.True(await unknown.VerifiesAsync());
        Assert.Equal(("40004", "AQC.SYSTEM_ERROR"), (misspelt.Code, misspelt.SubCode));
        Assert.Equal("WAIT_BUYER_PAY", (string)(await _alipay.QueryAsync("TRADE0001")).Node["trade_status"]!);
    }

    [Fact]
    public async Task A_wrong_signature_does_not_verify_and_the_next_one_does()
    {
        await OrderAsync(new { kind = "WrongSignature", counterpart = "wechatpay" });
        await OrderAsync(new { kind = "WrongSignature", counterpart = "alipay" });

        var weChat = await _weChat.PlaceAsync("ORDER0001");
        var alipay = await _alipay.CreateAsync("TRADE0001");

        Assert.StartsWith("WECHATPAY/SIGNTEST/", weChat.Headers["Wechatpay-Signature"], StringComparison.Ordinal);
        Assert.False(await alipay.VerifiesAsync());
        Assert.True(await (await _alipay.CreateAsync("TRADE0001")).VerifiesAsync());
    }

    [Fact]
    public async Task A_delay_makes_the_answer_late()
    {
        await OrderAsync(new { kind = "Delay", counterpart = "wechatpay", delay_ms = 300 });
        var watch = Stopwatch.StartNew();

        await _weChat.PlaceAsync("ORDER0001");

        Assert.True(watch.ElapsedMilliseconds >= 290);
    }

    [Fact]
    public async Task Faults_strike_in_order_and_only_their_own_counterpart()
    {
        await OrderAsync(new { kind = "ErrorBefore", counterpart = "alipay" });
        await OrderAsync(new { kind = "ErrorBefore", counterpart = "wechatpay", code = "FIRST" });
        await OrderAsync(new { kind = "ErrorBefore", counterpart = "wechatpay", code = "SECOND" });

        Assert.Equal("FIRST", (await _weChat.PlaceAsync("ORDER0001")).Code);
        Assert.Equal("SECOND", (await _weChat.PlaceAsync("ORDER0001")).Code);
        Assert.Single(await _sandbox.ControlAsync("/control/faults"));
        using var cleared = await _sandbox.Http.DeleteAsync("/control/faults");
        Assert.Equal("10000", (await _alipay.CreateAsync("TRADE0001")).Code);
    }

    [Theory]
    [InlineData("""{"kind":"Unheard","counterpart":"alipay"}""")]
    [InlineData("""{"kind":"Delay","counterpart":"nobody"}""")]
    [InlineData("""{"kind":"Delay","counterpart":"alipay","times":0}""")]
    [InlineData("""{"kind":"99","counterpart":"alipay"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task A_malformed_order_is_refused(string body)
    {
        using var answer = await _sandbox.Http.PostAsync("/control/faults", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await _sandbox.ControlAsync("/control/faults"));
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/wechatpay/v3/pay/transactions/jsapi")
        {
            Content = new ByteArrayContent(new byte[(1 << 20) + 1]),
        };
        request.Headers.ExpectContinue = true;
        using var answer = await _sandbox.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private Task<JsonObject> OrderAsync(object fault) => _sandbox.ControlAsync("/control/faults", fault);
}
