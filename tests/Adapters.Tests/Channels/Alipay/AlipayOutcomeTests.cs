using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Tests.Channels.Alipay;

/// <summary>Every row of the mapping table.</summary>
public sealed class AlipayOutcomeTests
{
    private const string Ours = "\"out_trade_no\":\"PAY-2026_Ab*|01\",\"trade_no\":\"2026110222001\"";
    private readonly AlipayScript _script = new();

    [Theory]
    [InlineData("WAIT_BUYER_PAY", "", typeof(ChannelOutcome.Waiting))]
    [InlineData("TRADE_SUCCESS", "", typeof(ChannelOutcome.Paid))]
    [InlineData("TRADE_FINISHED", "", typeof(ChannelOutcome.Paid))]
    [InlineData("TRADE_CLOSED", "", typeof(ChannelOutcome.Closed))]
    [InlineData("TRADE_CLOSED", ",\"send_pay_date\":\"2026-11-02 08:59:00\"", typeof(ChannelOutcome.Paid))]
    [InlineData("SOMETHING_NEW", "", typeof(ChannelOutcome.Unknown))]
    public async Task Query_maps_the_trade_status(string status, string more, Type expected)
    {
        _script.Answers("alipay.trade.query", AlipayScript.Trade(status) + more);
        Assert.IsType(expected, await QueryAsync());
    }

    [Fact]
    public async Task Paid_trade_carries_the_channels_number_amount_and_time()
    {
        _script.Answers(
            "alipay.trade.query", AlipayScript.Trade("TRADE_SUCCESS") + ",\"send_pay_date\":\"2026-11-02 08:59:00\"");
        var paidAt = new DateTimeOffset(2026, 11, 2, 0, 59, 0, TimeSpan.Zero);
        Assert.Equal(new ChannelOutcome.Paid("2026110222001", new Money(1230), paidAt), await QueryAsync());
    }

    [Theory]
    [InlineData("12.305")]
    [InlineData("1e3")]
    [InlineData("")]
    public async Task Paid_trade_without_an_exact_amount_is_unknown(string amount)
    {
        _script.Answers("alipay.trade.query", AlipayScript.Trade("TRADE_SUCCESS", amount));
        Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync());
    }

    [Fact]
    public async Task Answer_about_another_order_is_unknown()
    {
        _script.Answers("alipay.trade.query", AlipayScript.Trade("TRADE_SUCCESS", number: "PAY02"));
        Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync());
    }

    [Theory]
    [InlineData("40004", "ACQ.TRADE_NOT_EXIST", typeof(ChannelOutcome.NotFound))]
    [InlineData("40004", "ACQ.SYSTEM_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData("40004", "ACQ.INVALID_PARAMETER", typeof(ChannelOutcome.Unknown))]
    [InlineData("40002", "isv.invalid-signature", typeof(ChannelOutcome.Unknown))]
    [InlineData("20000", "isp.unknow-error", typeof(ChannelOutcome.Unknown))]
    public async Task Query_error_never_fails_the_order(string code, string subCode, Type expected)
    {
        _script.Answers("alipay.trade.query", "", code, subCode);
        Assert.IsType(expected, await QueryAsync());
    }

    [Theory]
    [InlineData("40004", "ACQ.CONTEXT_INCONSISTENT", typeof(ChannelOutcome.Refused))]
    [InlineData("40004", "ACQ.TRADE_BUYER_NOT_MATCH", typeof(ChannelOutcome.Refused))]
    [InlineData("40004", "ACQ.TOTAL_FEE_EXCEED", typeof(ChannelOutcome.Refused))]
    [InlineData("40004", "ACQ.BUYER_BALANCE_NOT_ENOUGH", typeof(ChannelOutcome.Refused))]
    [InlineData("40004", "ACQ.AGREEMENT_NOT_EXIST", typeof(ChannelOutcome.Refused))]
    [InlineData("40004", "ACQ.SYSTEM_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData("40004", "AQC.SYSTEM_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData("40004", "ACQ.NEVER_HEARD_OF", typeof(ChannelOutcome.Unknown))]
    [InlineData("20000", "aop.unknow-error", typeof(ChannelOutcome.Unknown))]
    [InlineData("20000", "isp.unknow-error", typeof(ChannelOutcome.Unknown))]
    [InlineData("20001", "aop.invalid-auth-token", typeof(ChannelOutcome.Unknown))]
    [InlineData("40001", "isv.missing-method", typeof(ChannelOutcome.Unknown))]
    [InlineData("40002", "isv.invalid-signature", typeof(ChannelOutcome.Unknown))]
    [InlineData("40006", "isv.insufficient-isv-permissions", typeof(ChannelOutcome.Unknown))]
    public async Task Create_maps_the_code(string code, string subCode, Type expected)
    {
        _script.Answers("alipay.trade.precreate", "", code, subCode);
        Assert.IsType(expected, await CreateAsync(ChannelScene.Qr));
        Assert.Single(_script.Server.Requests);
    }

    [Theory]
    [InlineData("ACQ.TRADE_HAS_SUCCESS", "TRADE_SUCCESS", typeof(ChannelOutcome.Paid))]
    [InlineData("ACQ.TRADE_HAS_CLOSE", "TRADE_CLOSED", typeof(ChannelOutcome.Closed))]
    public async Task Create_of_an_ended_trade_is_what_the_query_says(string subCode, string status, Type expected)
    {
        _script.Fails("alipay.trade.precreate", subCode)
            .Answers("alipay.trade.query", AlipayScript.Trade(status));
        Assert.IsType(expected, await CreateAsync(ChannelScene.Qr));
    }

    [Fact]
    public async Task Qr_order_brings_back_its_code()
    {
        _script.Answers("alipay.trade.precreate", Ours + ",\"qr_code\":\"https://qr.alipay.com/bax\"");
        Assert.Equal(new ChannelOutcome.Waiting("https://qr.alipay.com/bax"), await CreateAsync(ChannelScene.Qr));
    }

    [Fact]
    public async Task Agreement_pays_at_once()
    {
        _script.Answers(
            "alipay.trade.pay", Ours + ",\"total_amount\":\"12.30\",\"gmt_payment\":\"2026-11-02 09:00:00\"");
        var paidAt = new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            new ChannelOutcome.Paid("2026110222001", new Money(1230), paidAt),
            await CreateAsync(ChannelScene.Agreement));
    }

    [Fact]
    public async Task Agreement_that_waits_for_the_payer_is_waiting()
    {
        _script.Answers("alipay.trade.pay", Ours, "10003");
        Assert.Equal(new ChannelOutcome.Waiting(null), await CreateAsync(ChannelScene.Agreement));
    }

    [Fact]
    public async Task Create_without_an_answer_is_unknown_and_not_repeated()
    {
        _script.Server.Breaks();
        Assert.IsType<ChannelOutcome.Unknown>(await CreateAsync(ChannelScene.Qr));
        Assert.Single(_script.Server.Requests);
    }

    [Fact]
    public async Task Close_of_an_unpaid_trade_is_closed()
    {
        _script.Answers("alipay.trade.close", Ours);
        Assert.IsType<ChannelOutcome.Closed>(await CloseAsync());
    }

    [Theory]
    [InlineData("ACQ.TRADE_STATUS_ERROR")]
    [InlineData("ACQ.REASON_TRADE_STATUS_INVALID")]
    [InlineData("ACQ.REASON_ILLEGAL_STATUS")]
    public async Task Close_of_a_paid_trade_is_paid(string subCode)
    {
        _script.Fails("alipay.trade.close", subCode).Answers("alipay.trade.query", AlipayScript.Trade("TRADE_SUCCESS"));
        Assert.IsType<ChannelOutcome.Paid>(await CloseAsync());
    }

    [Theory]
    [InlineData("\"retry_flag\":\"N\",\"action\":\"close\"", typeof(ChannelOutcome.Closed))]
    [InlineData("\"retry_flag\":\"N\"", typeof(ChannelOutcome.Closed))]
    [InlineData("\"retry_flag\":\"N\",\"action\":\"refund\"", typeof(ChannelOutcome.Closed))]
    [InlineData("\"retry_flag\":\"Y\"", typeof(ChannelOutcome.Unknown))]
    public async Task Close_of_a_code_nobody_scanned_cancels_it(string members, Type expected)
    {
        _script.Fails("alipay.trade.close", "ACQ.TRADE_NOT_EXIST").Answers("alipay.trade.cancel", members);
        Assert.IsType(expected, await CloseAsync());
    }

    [Theory]
    [InlineData("AQC.SYSTEM_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData("ACQ.SYSTEM_ERROR", typeof(ChannelOutcome.Unknown))]
    [InlineData("ACQ.TRADE_NOT_EXIST", typeof(ChannelOutcome.NotFound))]
    [InlineData("ACQ.REASON_TRADE_BEEN_FREEZEN", typeof(ChannelOutcome.Refused))]
    public async Task Cancel_maps_the_code(string subCode, Type expected)
    {
        _script.Fails("alipay.trade.close", "ACQ.TRADE_NOT_EXIST").Fails("alipay.trade.cancel", subCode);
        Assert.IsType(expected, await CloseAsync());
    }

    [Theory]
    [InlineData("Y")]
    [InlineData("N")]
    public async Task Refund_is_what_its_own_query_says_not_the_cumulative_fee(string fundChange)
    {
        _script
            .Answers("alipay.trade.refund", Ours + ",\"refund_fee\":\"9.99\",\"fund_change\":\"" + fundChange + "\"")
            .Answers("alipay.trade.fastpay.refund.query", RefundOf("REFUND_SUCCESS"));
        var refundedAt = new DateTimeOffset(2026, 11, 2, 1, 0, 5, TimeSpan.Zero);
        Assert.Equal(new RefundOutcome.Refunded("2026110222001", new Money(200), refundedAt), await RefundAsync());
        Assert.Contains("%22out_request_no%22%3A%22REFUND01%22", _script.Server.Requests[0].Text);
        Assert.Contains("%22refund_amount%22%3A%222.00%22", _script.Server.Requests[0].Text);
    }

    [Fact]
    public async Task Accepted_refund_that_cannot_be_asked_for_is_processing()
    {
        _script.Answers("alipay.trade.refund", Ours).Fails("alipay.trade.fastpay.refund.query", "ACQ.SYSTEM_ERROR");
        Assert.Equal(new RefundOutcome.Processing("2026110222001"), await RefundAsync());
    }

    [Theory]
    [InlineData("ACQ.SELLER_BALANCE_NOT_ENOUGH", typeof(RefundOutcome.Refused))]
    [InlineData("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", typeof(RefundOutcome.Refused))]
    [InlineData("ACQ.TRADE_NOT_ALLOW_REFUND", typeof(RefundOutcome.Refused))]
    [InlineData("ACQ.REASON_TRADE_REFUND_FEE_ERR", typeof(RefundOutcome.Refused))]
    [InlineData("ACQ.TRADE_NOT_EXIST", typeof(RefundOutcome.Refused))]
    [InlineData("ACQ.SYSTEM_ERROR", typeof(RefundOutcome.Unknown))]
    [InlineData("ACQ.NEVER_HEARD_OF", typeof(RefundOutcome.Unknown))]
    public async Task Refund_maps_the_code(string subCode, Type expected)
    {
        _script.Fails("alipay.trade.refund", subCode);
        Assert.IsType(expected, await RefundAsync());
        Assert.Single(_script.Server.Requests);
    }

    [Theory]
    [InlineData("ACQ.DISCORDANT_REPEAT_REQUEST")]
    [InlineData("ACQ.TRADE_HAS_FINISHED")]
    [InlineData("ACQ.TRADE_HAS_CLOSE")]
    public async Task Refused_repetition_of_a_refund_that_was_made_is_what_the_query_says(string subCode)
    {
        _script.Fails("alipay.trade.refund", subCode)
            .Answers("alipay.trade.fastpay.refund.query", RefundOf("REFUND_SUCCESS"));
        Assert.IsType<RefundOutcome.Refunded>(await RefundAsync());
    }

    [Theory]
    [InlineData("40004", "ACQ.TRADE_NOT_EXIST", typeof(RefundOutcome.NotFound))]
    [InlineData("40004", "TRADE_NOT_EXIST", typeof(RefundOutcome.NotFound))]
    [InlineData("10000", null, typeof(RefundOutcome.NotFound))]
    [InlineData("40004", "ACQ.SYSTEM_ERROR", typeof(RefundOutcome.Unknown))]
    [InlineData("20000", "isp.unknow-error", typeof(RefundOutcome.Unknown))]
    public async Task Refund_query_maps_the_code(string code, string? subCode, Type expected)
    {
        _script.Answers("alipay.trade.fastpay.refund.query", "", code, subCode);
        Assert.IsType(expected, await _script.Adapter().Payments.QueryRefundAsync(AlipayScript.Refund, default));
    }

    private static string RefundOf(string status) => Ours + $$"""
        ,"out_request_no":"REFUND01","refund_status":"{{status}}","refund_amount":"2.00",
        "gmt_refund_pay":"2026-11-02 09:00:05"
        """;

    private Task<ChannelOutcome> QueryAsync() => _script.Adapter().Payments.QueryAsync(AlipayScript.Payment, default);

    private Task<ChannelOutcome> CloseAsync() => _script.Adapter().Payments.CloseAsync(AlipayScript.Payment, default);

    private Task<RefundOutcome> RefundAsync() => _script.Adapter().Payments.RefundAsync(AlipayScript.Refund, default);

    private Task<ChannelOutcome> CreateAsync(ChannelScene scene) =>
        _script.Adapter().Payments.CreateAsync(AlipayScript.Order(scene), default);
}
