using System.Net;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.WeChatPay;

public sealed class OrderTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;
    private WeChatClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new WeChatClient(_sandbox);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task The_same_number_and_content_gets_the_same_prepay_id()
    {
        var first = await _client.PlaceAsync("ORDER0001");
        var again = await _client.PlaceAsync("ORDER0001");

        Assert.StartsWith("wx20261102090000", (string)first.Json["prepay_id"]!, StringComparison.Ordinal);
        Assert.Equal((string)first.Json["prepay_id"]!, (string)again.Json["prepay_id"]!);
    }

    [Fact]
    public async Task The_same_content_two_hours_later_gets_a_new_prepay_id()
    {
        var first = await _client.PlaceAsync("ORDER0001");
        _sandbox.Clock.Advance(TimeSpan.FromHours(2));
        var later = await _client.PlaceAsync("ORDER0001");

        Assert.NotEqual((string)first.Json["prepay_id"]!, (string)later.Json["prepay_id"]!);
    }

    [Fact]
    public async Task The_same_number_with_other_content_is_refused()
    {
        await _client.PlaceAsync("ORDER0001", 100);

        var other = await _client.PlaceAsync("ORDER0001", 101);

        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.Equal(("INVALID_REQUEST", "268498688"), (other.Code, other.Number));
    }

    [Fact]
    public async Task A_paid_order_cannot_be_placed_or_closed_again()
    {
        await _client.PayAsync("ORDER0001");

        var placed = await _client.PlaceAsync("ORDER0001");
        var closed = await CloseAsync("ORDER0001");

        Assert.Equal(("ORDERPAID", "268498689"), (placed.Code, placed.Number));
        Assert.Equal(("ORDERPAID", "268449538"), (closed.Code, closed.Number));
        Assert.Equal("SUCCESS", await _client.StateAsync("ORDER0001"));
    }

    [Fact]
    public async Task A_closed_order_cannot_be_paid()
    {
        await _client.PlaceAsync("ORDER0001");
        await CloseAsync("ORDER0001");

        using var paid = await _sandbox.Http.PostAsync(
            "/control/wechatpay/pay", new StringContent("""{"out_trade_no":"ORDER0001"}"""));

        Assert.Equal(HttpStatusCode.Conflict, paid.StatusCode);
        Assert.Equal("CLOSED", await _client.StateAsync("ORDER0001"));
    }

    [Fact]
    public async Task An_unpaid_order_closes_by_itself_at_time_expire()
    {
        var order = _client.Order("ORDER0001");
        order["time_expire"] = "2026-11-02T09:10:00+08:00";
        await _client.PostAsync("/v3/pay/transactions/jsapi", order);

        var before = await _client.StateAsync("ORDER0001");
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("NOTPAY", before);
        Assert.Equal("CLOSED", await _client.StateAsync("ORDER0001"));
    }

    [Fact]
    public async Task A_query_by_either_number_shows_the_payment()
    {
        await _client.PayAsync("ORDER0001", 1250);

        var byNumber = await _client.GetAsync(
            $"/v3/pay/transactions/out-trade-no/ORDER0001?mchid={_client.MerchantId}");
        var id = (string)byNumber.Json["transaction_id"]!;
        var byId = await _client.GetAsync($"/v3/pay/transactions/id/{id}?mchid={_client.MerchantId}");

        Assert.Equal(28, id.Length);
        Assert.Equal(1250, (long)byNumber.Json["amount"]!["payer_total"]!);
        Assert.Equal("2026-11-02T09:00:00+08:00", (string)byNumber.Json["success_time"]!);
        Assert.Equal("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", (string)byNumber.Json["payer"]!["openid"]!);
        Assert.Equal(byNumber.Json.ToJsonString(), byId.Json.ToJsonString());
    }

    [Fact]
    public async Task A_native_order_is_paid_by_its_code()
    {
        var order = _client.Order("ORDER0001");
        order.Remove("payer");
        var answer = await _client.PostAsync("/v3/pay/transactions/native", order);

        await _sandbox.ControlAsync(
            "/control/wechatpay/pay", new { code_url = (string)answer.Json["code_url"]!, openid = "oScanner" });

        Assert.Equal("SUCCESS", await _client.StateAsync("ORDER0001"));
    }

    [Fact]
    public async Task A_refused_attempt_leaves_the_order_unpaid()
    {
        await _client.PlaceAsync("ORDER0001");

        await _sandbox.ControlAsync("/control/wechatpay/refuse", new { out_trade_no = "ORDER0001" });

        Assert.Equal("NOTPAY", await _client.StateAsync("ORDER0001"));
    }

    [Fact]
    public async Task A_number_of_33_bytes_is_refused_with_the_real_text()
    {
        var number = new string('A', 33);

        var answer = await _client.GetAsync($"/v3/pay/transactions/out-trade-no/{number}?mchid={_client.MerchantId}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"location":"uri_template","value":33}""", answer.Json["detail"]!.ToJsonString());
        Assert.Equal(
            "输入源“/uri_template/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字节数 33，大于最大值 32",
            (string)answer.Json["message"]!);
    }

    [Fact]
    public async Task Another_merchants_number_or_an_unbound_appid_is_refused()
    {
        var stranger = _client.Order("ORDER0001");
        stranger["mchid"] = "1900000002";
        var unbound = _client.Order("ORDER0001");
        unbound["appid"] = "wx0000000000000000";

        Assert.Equal("NO_AUTH", (await _client.PostAsync("/v3/pay/transactions/jsapi", stranger)).Code);
        Assert.Equal("APPID_MCHID_NOT_MATCH", (await _client.PostAsync("/v3/pay/transactions/jsapi", unbound)).Code);
    }

    public static TheoryData<string, string?> BadMembers => new()
    {
        { "out_trade_no", "\"AB!DEF\"" }, { "out_trade_no", "\"A\"" }, { "out_trade_no", null },
        { "description", null },
        { "description", "5" }, { "notify_url", "\"ftp://host/x\"" }, { "notify_url", "\"https://host/x?a=1\"" },
        { "amount", null }, { "amount", "{\"total\":0}" }, { "amount", "{\"total\":1.5}" },
        { "amount", "{\"total\":\"1\"}" },
        { "amount", "{\"total\":1,\"currency\":\"USD\"}" }, { "payer", null }, { "payer", "{}" },
        { "time_expire", "\"2026-11-02 10:00:00\"" }, { "time_expire", "\"2026-11-02T08:00:00+08:00\"" },
        { "attach", "[]" },
    };

    [Theory]
    [MemberData(nameof(BadMembers))]
    public async Task A_bad_member_is_a_PARAM_ERROR(string name, string? json)
    {
        var order = _client.Order("ORDER0001");
        order[name] = json is null ? null : JsonNode.Parse(json);

        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", order);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("PARAM_ERROR", answer.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"appid\":\"a\",\"appid\":\"b\"}")]
    [InlineData("{\"description\":\"\\ud800\"}")]
    [InlineData("{\"a\":")]
    public async Task A_body_that_is_no_object_is_a_PARAM_ERROR(string body)
    {
        var answer = await _client.SendAsync(HttpMethod.Post, "/v3/pay/transactions/jsapi", body);

        Assert.Equal("PARAM_ERROR", answer.Code);
    }

    [Fact]
    public async Task Of_twenty_payers_at_once_one_pays()
    {
        await _client.PlaceAsync("ORDER0001");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _sandbox.Http.PostAsync(
            "/control/wechatpay/pay", new StringContent("""{"out_trade_no":"ORDER0001"}"""))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    private Task<WeChatAnswer> CloseAsync(string number) => _client.PostAsync(
        $"/v3/pay/transactions/out-trade-no/{number}/close", new JsonObject { ["mchid"] = _client.MerchantId });
}
