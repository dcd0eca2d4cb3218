using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.WeChatPay;

public sealed class CallbackTests : IAsyncLifetime
{
    private static readonly int[] PublishedSeconds =
        [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600];

    private RunningSandbox _sandbox = null!;
    private WeChatClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new WeChatClient(_sandbox);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_is_told_sealed_and_signed()
    {
        await _client.PayAsync("ORDER0001", 1250);

        var told = await _sandbox.Receiver.NextAsync();

        Assert.True(await VerifiesAsync(told));
        var body = JsonNode.Parse(told.Body)!.AsObject();
        Assert.Equal("TRANSACTION.SUCCESS", (string)body["event_type"]!);
        Assert.Equal("支付成功", (string)body["summary"]!);
        Assert.Contains("支付成功", Encoding.UTF8.GetString(told.Body), StringComparison.Ordinal);
        Assert.Equal("transaction", (string)body["resource"]!["original_type"]!);
        var plain = JsonNode.Parse(Gcm.Open(body["resource"]!.AsObject()))!;
        Assert.Equal("ORDER0001", (string)plain["out_trade_no"]!);
        Assert.Equal(1250, (long)plain["amount"]!["total"]!);
        Assert.Equal("SUCCESS", (string)plain["trade_state"]!);
    }

    [Fact]
    public async Task A_refund_is_told_to_its_own_address()
    {
        await _client.PayAsync("ORDER0001", 1000);
        await _sandbox.Receiver.NextAsync();

        await _client.RefundAsync("ORDER0001", "REFUND1", 400, 1000, _sandbox.Receiver.Url);

        var told = await _sandbox.Receiver.NextAsync();
        Assert.True(await VerifiesAsync(told));
        var body = JsonNode.Parse(told.Body)!.AsObject();
        Assert.Equal("REFUND.SUCCESS", (string)body["event_type"]!);
        var plain = JsonNode.Parse(Gcm.Open(body["resource"]!.AsObject()))!;
        Assert.Equal(("REFUND1", "SUCCESS", 400L),
            ((string)plain["out_refund_no"]!, (string)plain["refund_status"]!, (long)plain["amount"]!["refund"]!));
    }

    [Fact]
    public async Task A_refund_without_an_address_is_not_told()
    {
        await _client.PayAsync("ORDER0001", 1000);
        await _sandbox.Receiver.NextAsync();

        await _client.RefundAsync("ORDER0001", "REFUND1", 400, 1000);

        Assert.True(await _sandbox.Receiver.IsQuietAsync());
    }

    [Fact]
    public async Task An_acknowledged_callback_is_not_repeated()
    {
        await _client.PayAsync("ORDER0001");
        await _sandbox.Receiver.NextAsync();

        _sandbox.Clock.Advance(TimeSpan.FromDays(2));

        Assert.True(await _sandbox.Receiver.IsQuietAsync());
    }

    [Fact]
    public async Task An_unacknowledged_callback_is_repeated_by_the_published_schedule()
    {
        _sandbox.Receiver.Status = 500;
        await _client.PayAsync("ORDER0001");
        var first = await _sandbox.Receiver.NextAsync();

        foreach (var seconds in PublishedSeconds)
        {
            await _sandbox.AtRestAsync();
            _sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
            var again = await _sandbox.Receiver.NextAsync();
            Assert.Equal(first.Body, again.Body);
            Assert.NotEqual(first.Headers["Wechatpay-Nonce"], again.Headers["Wechatpay-Nonce"]);
        }
        await _sandbox.AtRestAsync();
        _sandbox.Clock.Advance(TimeSpan.FromDays(3));

        Assert.True(await _sandbox.Receiver.IsQuietAsync());
        Assert.Equal("GivenUp", (string)Assert.Single(await _sandbox.ControlAsync("/control/callbacks"))!["state"]!);
    }

    [Fact]
    public async Task A_repeat_does_not_come_a_second_early()
    {
        _sandbox.Receiver.Status = 500;
        await _client.PayAsync("ORDER0001");
        await _sandbox.Receiver.NextAsync();
        await _sandbox.AtRestAsync();

        _sandbox.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.True(await _sandbox.Receiver.IsQuietAsync());

        _sandbox.Receiver.Status = 200;
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await _sandbox.Receiver.NextAsync());
    }

    [Fact]
    public async Task A_probe_carries_a_wrong_signature_once()
    {
        await _sandbox.ControlAsync(
            "/control/faults",
            new { kind = "WrongCallbackSignature", counterpart = "wechatpay", contains = "ORDER0001" });
        _sandbox.Receiver.Status = 401;
        await _client.PayAsync("ORDER0001");
        var probe = await _sandbox.Receiver.NextAsync();
        await _sandbox.AtRestAsync();
        _sandbox.Receiver.Status = 200;
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(15));
        var genuine = await _sandbox.Receiver.NextAsync();

        Assert.StartsWith("WECHATPAY/SIGNTEST/", probe.Headers["Wechatpay-Signature"], StringComparison.Ordinal);
        Assert.True(await VerifiesAsync(genuine));
    }

    [Fact]
    public async Task A_withheld_callback_comes_when_asked_for()
    {
        await _sandbox.ControlAsync("/control/faults", new { kind = "WithholdCallback", counterpart = "wechatpay" });
        await _client.PayAsync("ORDER0001");
        Assert.True(await _sandbox.Receiver.IsQuietAsync());
        var id = (string)Assert.Single(await _sandbox.ControlAsync("/control/callbacks"))!["id"]!;

        await _sandbox.ControlAsync($"/control/callbacks/{id}/resend", new { });

        Assert.True(await VerifiesAsync(await _sandbox.Receiver.NextAsync()));
    }

    [Fact]
    public async Task A_doubled_callback_comes_twice_with_one_id()
    {
        await _sandbox.ControlAsync("/control/faults", new { kind = "DuplicateCallback", counterpart = "wechatpay" });
        await _client.PayAsync("ORDER0001");

        var first = await _sandbox.Receiver.NextAsync();
        var second = await _sandbox.Receiver.NextAsync();

        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task A_receiver_that_cannot_be_reached_is_tried_again()
    {
        var order = _client.Order("ORDER0001");
        order["notify_url"] = "http://127.0.0.1:1/notify";
        await _client.PostAsync("/v3/pay/transactions/jsapi", order);
        await _sandbox.ControlAsync("/control/wechatpay/pay", new { out_trade_no = "ORDER0001" });

        await _sandbox.AtRestAsync();

        var delivery = Assert.Single(await _sandbox.ControlAsync("/control/callbacks"))!;
        Assert.Equal("Waiting", (string)delivery["state"]!);
        Assert.Equal("ConnectionError", (string)Assert.Single(delivery["attempts"]!.AsArray())!["answer"]!);
    }

    private static Task<bool> VerifiesAsync(Received told) => OpenSsl.VerifiesSha256Async(
        RunningSandbox.Parties.WeChatPay.Platform.PublicKeyPem, WeChatClient.SignedText(told.Headers, told.Body),
        told.Headers["Wechatpay-Signature"]);
}
