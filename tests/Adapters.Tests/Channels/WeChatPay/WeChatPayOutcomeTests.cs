using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Tests.Channels.WeChatPay;

/// <summary>Every row of the mapping table.</summary>
public sealed class WeChatPayOutcomeTests
{
    private readonly WeChatPayScript _script = new();

    [Theory]
    [InlineData("SUCCESS", typeof(ChannelOutcome.Paid))]
    [InlineData("REFUND", typeof(ChannelOutcome.Paid))]
    [InlineData("NOTPAY", typeof(ChannelOutcome.Waiting))]
    [InlineData("USERPAYING", typeof(ChannelOutcome.Waiting))]
    [InlineData("ACCEPT", typeof(ChannelOutcome.Waiting))]
    [InlineData("CLOSED", typeof(ChannelOutcome.Closed))]
    [InlineData("REVOKED", typeof(ChannelOutcome.Closed))]
    [InlineData("PAYERROR", typeof(ChannelOutcome.Refused))]
    [InlineData("SOMETHING_NEW", typeof(ChannelOutcome.Unknown))]
    public async Task Query_maps_the_trade_state(string state, Type expected)
    {
        _script.Answers(WeChatPayScript.Transaction(state));
        Assert.IsType(expected, await QueryAsync());
    }

    [Fact]
    public async Task Paid_order_carries_the_channels_number_amount_and_time()
    {
        _script.Answers(WeChatPayScript.Transaction("SUCCESS"));
        var expected = new ChannelOutcome.Paid(
            "4200001", new Money(1234), new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal(expected, await QueryAsync());
    }

    [Theory]
    [InlineData("ANOTHER_NUMBER", "1900000001")]
    [InlineData("PAY-2026_Ab*|01", "1900000002")]
    public async Task Answer_about_somebody_elses_order_is_unknown(string number, string merchant)
    {
        _script.Answers(WeChatPayScript.Transaction("SUCCESS", number, merchant));
        Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync());
    }

    [Theory]
    [InlineData(404, "ORDER_NOT_EXIST", typeof(ChannelOutcome.NotFound))]
    [InlineData(404, "ORDER_NOT_EXISTS", typeof(ChannelOutcome.NotFound))]
    [InlineData(400, "PARAM_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData(401, "SIGN_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData(403, "NO_AUTH", typeof(ChannelOutcome.Unknown))]
    [InlineData(403, "RULE_LIMIT", typeof(ChannelOutcome.Unknown))]
    [InlineData(429, "FREQUENCY_LIMITED", typeof(ChannelOutcome.Unknown))]
    public async Task Query_error_never_fails_the_order(int status, string code, Type expected)
    {
        _script.AnswersError(status, code);
        Assert.IsType(expected, await QueryAsync());
    }

    [Theory]
    [InlineData(400, "PARAM_ERROR", typeof(ChannelOutcome.Refused))]
    [InlineData(400, "APPID_MCHID_NOT_MATCH", typeof(ChannelOutcome.Refused))]
    [InlineData(400, "MCH_NOT_EXISTS", typeof(ChannelOutcome.Refused))]
    [InlineData(401, "SIGN_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData(403, "NO_AUTH", typeof(ChannelOutcome.Unknown))]
    [InlineData(429, "FREQUENCY_LIMITED", typeof(ChannelOutcome.Unknown))]
    [InlineData(429, "FREQUENCY_LIMIT_EXCEED", typeof(ChannelOutcome.Unknown))]
    [InlineData(500, "SYSTEM_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData(502, "PARAM_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData(403, "NEVER_HEARD_OF", typeof(ChannelOutcome.Unknown))]
    public async Task Create_maps_the_error(int status, string code, Type expected)
    {
        _script.AnswersError(status, code);
        Assert.IsType(expected, await CreateAsync());
        Assert.Single(_script.Server.Requests);
    }

    [Theory]
    [InlineData("ORDERPAID", "SUCCESS", typeof(ChannelOutcome.Paid))]
    [InlineData("ORDER_PAID", "SUCCESS", typeof(ChannelOutcome.Paid))]
    [InlineData("ORDER_CLOSED", "CLOSED", typeof(ChannelOutcome.Closed))]
    [InlineData("ORDER_PAID", "NOTPAY", typeof(ChannelOutcome.Unknown))]
    [InlineData("OUT_TRADE_NO_USED", "SUCCESS", typeof(ChannelOutcome.Paid))]
    [InlineData("OUT_TRADE_NO_USED", "NOTPAY", typeof(ChannelOutcome.Refused))]
    [InlineData("INVALID_REQUEST", "SUCCESS", typeof(ChannelOutcome.Paid))]
    [InlineData("INVALID_REQUEST", "NOTPAY", typeof(ChannelOutcome.Refused))]
    [InlineData("RULE_LIMIT", "SUCCESS", typeof(ChannelOutcome.Paid))]
    [InlineData("TRADE_ERROR", "CLOSED", typeof(ChannelOutcome.Closed))]
    public async Task Create_asks_before_it_decides(string code, string state, Type expected)
    {
        _script.AnswersError(403, code).Answers(WeChatPayScript.Transaction(state));
        Assert.IsType(expected, await CreateAsync());
    }

    [Fact]
    public async Task Create_without_an_answer_is_unknown_and_not_repeated()
    {
        _script.Server.Breaks();
        Assert.IsType<ChannelOutcome.Unknown>(await CreateAsync());
        Assert.Single(_script.Server.Requests);
    }

    [Fact]
    public async Task Create_answered_without_a_prepay_id_is_unknown()
    {
        _script.Answers("{}");
        Assert.IsType<ChannelOutcome.Unknown>(await CreateAsync());
    }

    [Fact]
    public async Task Close_of_an_unpaid_order_is_closed()
    {
        _script.Answers("", 204);
        Assert.IsType<ChannelOutcome.Closed>(await CloseAsync());
        Assert.Equal("""{"mchid":"1900000001"}""", _script.Server.Requests[0].Text);
    }

    [Theory]
    [InlineData("ORDERPAID")]
    [InlineData("ORDER_PAID")]
    [InlineData("RULE_LIMIT")]
    [InlineData("TRADE_ERROR")]
    public async Task Close_of_a_paid_order_is_paid(string code)
    {
        _script.AnswersError(400, code).Answers(WeChatPayScript.Transaction("SUCCESS"));
        Assert.IsType<ChannelOutcome.Paid>(await CloseAsync());
    }

    [Theory]
    [InlineData(404, "ORDER_NOT_EXIST", typeof(ChannelOutcome.NotFound))]
    [InlineData(500, "SYSTEM_ERROR", typeof(ChannelOutcome.Unknown))]
    public async Task Close_maps_the_error(int status, string code, Type expected)
    {
        _script.AnswersError(status, code);
        Assert.IsType(expected, await CloseAsync());
    }

    [Theory]
    [InlineData("SUCCESS", typeof(RefundOutcome.Refunded))]
    [InlineData("PROCESSING", typeof(RefundOutcome.Processing))]
    [InlineData("CLOSED", typeof(RefundOutcome.Refused))]
    [InlineData("ABNORMAL", typeof(RefundOutcome.Refused))]
    [InlineData("SOMETHING_NEW", typeof(RefundOutcome.Unknown))]
    public async Task Refund_maps_the_status(string status, Type expected)
    {
        _script.Answers(WeChatPayScript.RefundOf("status", status));
        Assert.IsType(expected, await RefundAsync());
        Assert.Contains(
            """ "amount":{"refund":200,"total":1234,"currency":"CNY"} """.Trim(), _script.Server.Requests[0].Text);
    }

    [Theory]
    [InlineData(403, "NOT_ENOUGH", typeof(RefundOutcome.Refused))]
    [InlineData(403, "NOTENOUGH", typeof(RefundOutcome.Refused))]
    [InlineData(403, "USER_ACCOUNT_ABNORMAL", typeof(RefundOutcome.Refused))]
    [InlineData(403, "REQUEST_BLOCKED", typeof(RefundOutcome.Refused))]
    [InlineData(404, "RESOURCE_NOT_EXISTS", typeof(RefundOutcome.Refused))]
    [InlineData(401, "SIGN_ERROR", typeof(RefundOutcome.Unknown))]
    [InlineData(429, "FREQUENCY_LIMITED", typeof(RefundOutcome.Unknown))]
    [InlineData(500, "SYSTEM_ERROR", typeof(RefundOutcome.Unknown))]
    public async Task Refund_maps_the_error(int status, string code, Type expected)
    {
        _script.AnswersError(status, code);
        Assert.IsType(expected, await RefundAsync());
        Assert.Single(_script.Server.Requests);
    }

    [Fact]
    public async Task Refused_repetition_of_a_refund_that_was_made_is_what_the_query_says()
    {
        _script.AnswersError(400, "INVALID_REQUEST").Answers(WeChatPayScript.RefundOf("status", "SUCCESS"));
        Assert.Equal(new Money(200), Assert.IsType<RefundOutcome.Refunded>(await RefundAsync()).Amount);
    }

    [Fact]
    public async Task Refused_refund_that_was_never_made_is_refused()
    {
        _script.AnswersError(400, "INVALID_REQUEST").AnswersError(404, "RESOURCE_NOT_EXISTS");
        Assert.Equal("INVALID_REQUEST", Assert.IsType<RefundOutcome.Refused>(await RefundAsync()).Code);
    }

    [Fact]
    public async Task Refund_query_of_an_unknown_number_is_not_found()
    {
        _script.AnswersError(404, "RESOURCE_NOT_EXISTS");
        Assert.IsType<RefundOutcome.NotFound>(
            await _script.Adapter().Payments.QueryRefundAsync(WeChatPayScript.Refund, default));
    }

    [Fact]
    public async Task Answer_about_another_refund_is_unknown()
    {
        _script.Answers(WeChatPayScript.RefundOf("status", "SUCCESS", "REFUND02"));
        Assert.IsType<RefundOutcome.Unknown>(await RefundAsync());
    }

    private Task<ChannelOutcome> QueryAsync() =>
        _script.Adapter().Payments.QueryAsync(WeChatPayScript.Payment, default);

    private Task<ChannelOutcome> CloseAsync() =>
        _script.Adapter().Payments.CloseAsync(WeChatPayScript.Payment, default);

    private Task<RefundOutcome> RefundAsync() =>
        _script.Adapter().Payments.RefundAsync(WeChatPayScript.Refund, default);

    private Task<ChannelOutcome> CreateAsync() =>
        _script.Adapter().Payments.CreateAsync(WeChatPayScript.Order(ChannelScene.InApp), default);
}
