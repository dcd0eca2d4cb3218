using System.Net;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.WeChatPay;

public sealed class RefundTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;
    private WeChatClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new WeChatClient(_sandbox);
        await _client.PayAsync("ORDER0001", 1000);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_refund_is_accepted_first_and_done_by_the_query()
    {
        var accepted = await _client.RefundAsync("ORDER0001", "REFUND1", 400, 1000);
        var queried = await _client.GetAsync("/v3/refund/domestic/refunds/REFUND1");

        Assert.Equal("PROCESSING", (string)accepted.Json["status"]!);
        Assert.Equal("SUCCESS", (string)queried.Json["status"]!);
        Assert.Equal(400, (long)queried.Json["amount"]!["refund"]!);
        Assert.Equal((string)accepted.Json["refund_id"]!, (string)queried.Json["refund_id"]!);
        Assert.Equal("REFUND", await _client.StateAsync("ORDER0001"));
    }

    [Fact]
    public async Task The_same_number_refunds_once()
    {
        var first = await _client.RefundAsync("ORDER0001", "REFUND1", 400, 1000);
        var again = await _client.RefundAsync("ORDER0001", "REFUND1", 400, 1000);
        var other = await _client.RefundAsync("ORDER0001", "REFUND1", 401, 1000);

        Assert.Equal((string)first.Json["refund_id"]!, (string)again.Json["refund_id"]!);
        Assert.Equal("INVALID_REQUEST", other.Code);
        Assert.Equal(400, await RefundedAsync());
    }

    [Fact]
    public async Task Twenty_refunds_at_once_never_give_back_more_than_was_paid()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(index =>
            _client.RefundAsync("ORDER0001", $"REFUND{index}", 300, 1000)));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(900, await RefundedAsync());
    }

    [Fact]
    public async Task A_wrong_total_or_an_unpaid_order_is_refused()
    {
        await _client.PlaceAsync("ORDER0002");

        Assert.Equal("INVALID_REQUEST", (await _client.RefundAsync("ORDER0001", "REFUND1", 100, 999)).Code);
        Assert.Equal("RESOURCE_NOT_EXISTS", (await _client.RefundAsync("ORDER0002", "REFUND2", 100, 100)).Code);
        Assert.Equal("RESOURCE_NOT_EXISTS", (await _client.RefundAsync("NOBODY01", "REFUND3", 100, 100)).Code);
        Assert.Equal("RESOURCE_NOT_EXISTS", (await _client.GetAsync("/v3/refund/domestic/refunds/REFUND3")).Code);
    }

    [Fact]
    public async Task A_refund_more_than_a_year_later_is_refused()
    {
        _sandbox.Clock.Advance(TimeSpan.FromDays(366));

        Assert.Equal("INVALID_REQUEST", (await _client.RefundAsync("ORDER0001", "REFUND1", 100, 1000)).Code);
    }

    private async Task<long> RefundedAsync() =>
        (long)Assert.Single(await _sandbox.ControlAsync("/control/wechatpay/orders"))!["refunded_fen"]!;
}
