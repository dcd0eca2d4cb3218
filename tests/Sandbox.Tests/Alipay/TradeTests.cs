using System.Net;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.Alipay;

public sealed class TradeTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;
    private AlipayClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new AlipayClient(_sandbox);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_trade_is_made_once_paid_and_queried()
    {
        var first = await _client.CreateAsync("TRADE0001");
        var again = await _client.CreateAsync("TRADE0001");
        var waiting = await _client.QueryAsync("TRADE0001");
        await _sandbox.ControlAsync("/control/alipay/pay", new { trade_no = (string)first.Node["trade_no"]! });
        var paid = await _client.QueryAsync("TRADE0001");

        Assert.Equal((string)first.Node["trade_no"]!, (string)again.Node["trade_no"]!);
        Assert.Equal("WAIT_BUYER_PAY", (string)waiting.Node["trade_status"]!);
        Assert.Equal(("TRADE_SUCCESS", "12.50", "2026-11-02 09:00:00"), ((string)paid.Node["trade_status"]!,
            (string)paid.Node["total_amount"]!, (string)paid.Node["send_pay_date"]!));
    }

    [Fact]
    public async Task The_same_number_with_other_content_or_after_the_end_is_refused()
    {
        await _client.CreateAsync("TRADE0001");
        Assert.Equal("ACQ.CONTEXT_INCONSISTENT", (await _client.CreateAsync("TRADE0001", "9.99")).SubCode);

        await _sandbox.ControlAsync("/control/alipay/pay", new { out_trade_no = "TRADE0001" });
        Assert.Equal("ACQ.TRADE_HAS_SUCCESS", (await _client.CreateAsync("TRADE0001")).SubCode);

        await _client.CreateAsync("TRADE0002");
        await CallAsync("alipay.trade.close", "TRADE0002");
        Assert.Equal("ACQ.TRADE_HAS_CLOSE", (await _client.CreateAsync("TRADE0002")).SubCode);
    }

    [Fact]
    public async Task A_code_nobody_scanned_is_no_trade_yet()
    {
        var code = await _client.CallAsync("alipay.trade.precreate", AlipayClient.Trade("TRADE0001"));
        var before = await _client.QueryAsync("TRADE0001");
        var closed = await CallAsync("alipay.trade.close", "TRADE0001");
        await _sandbox.ControlAsync("/control/alipay/scan", new { qr_code = (string)code.Node["qr_code"]! });
        var after = await _client.QueryAsync("TRADE0001");

        Assert.False(code.Node.ContainsKey("trade_no"));
        Assert.Equal("ACQ.TRADE_NOT_EXIST", before.SubCode);
        Assert.Equal("ACQ.TRADE_NOT_EXIST", closed.SubCode);
        Assert.Equal("WAIT_BUYER_PAY", (string)after.Node["trade_status"]!);
    }

    [Fact]
    public async Task A_cancelled_code_can_no_longer_be_paid()
    {
        var code = await _client.CallAsync("alipay.trade.precreate", AlipayClient.Trade("TRADE0001"));
        var cancelled = await CallAsync("alipay.trade.cancel", "TRADE0001");

        using var paid = await _sandbox.Http.PostAsync("/control/alipay/pay", new StringContent(
            new JsonObject { ["qr_code"] = (string)code.Node["qr_code"]! }.ToJsonString()));

        Assert.Equal(("close", "N"), ((string)cancelled.Node["action"]!, (string)cancelled.Node["retry_flag"]!));
        Assert.Equal(HttpStatusCode.Conflict, paid.StatusCode);
    }

    [Fact]
    public async Task A_cancel_of_a_paid_trade_gives_the_money_back_once()
    {
        await _client.PayAsync("TRADE0001");

        var first = await CallAsync("alipay.trade.cancel", "TRADE0001");
        var again = await CallAsync("alipay.trade.cancel", "TRADE0001");
        var queried = await _client.QueryAsync("TRADE0001");

        Assert.Equal("refund", (string)first.Node["action"]!);
        Assert.Equal("refund", (string)again.Node["action"]!);
        Assert.Equal("TRADE_CLOSED", (string)queried.Node["trade_status"]!);
        Assert.Equal(1250, (long)Assert.Single(
            await _sandbox.ControlAsync("/control/alipay/trades"))!["refunded_fen"]!);
    }

    [Fact]
    public async Task A_cancel_of_nothing_says_no_action_and_a_late_one_is_refused()
    {
        var nothing = await CallAsync("alipay.trade.cancel", "TRADE0009");
        await _client.PayAsync("TRADE0001");
        _sandbox.Clock.Advance(TimeSpan.FromHours(25));
        var late = await CallAsync("alipay.trade.cancel", "TRADE0001");

        Assert.Equal("10000", nothing.Code);
        Assert.False(nothing.Node.ContainsKey("action"));
        Assert.Equal("ACQ.TRADE_CANCEL_TIME_OUT", late.SubCode);
    }

    [Fact]
    public async Task A_paid_trade_cannot_be_closed()
    {
        await _client.PayAsync("TRADE0001");

        Assert.Equal("ACQ.TRADE_STATUS_ERROR", (await CallAsync("alipay.trade.close", "TRADE0001")).SubCode);
    }

    [Fact]
    public async Task An_unpaid_trade_lapses()
    {
        var trade = AlipayClient.TradeOf("TRADE0001");
        trade["timeout_express"] = "5m";
        await _client.CallAsync("alipay.trade.create", trade);

        _sandbox.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("TRADE_CLOSED", (string)(await _client.QueryAsync("TRADE0001")).Node["trade_status"]!);
    }

    [Fact]
    public async Task A_refund_moves_money_once_and_counts_up()
    {
        await _client.PayAsync("TRADE0001", "10.00");

        var first = await _client.RefundAsync("TRADE0001", "R1", "4.00");
        var again = await _client.RefundAsync("TRADE0001", "R1", "4.00");
        var other = await _client.RefundAsync("TRADE0001", "R1", "4.01");
        var second = await _client.RefundAsync("TRADE0001", "R2", "5.00");
        var tooMuch = await _client.RefundAsync("TRADE0001", "R3", "1.01");
        var rest = await _client.RefundAsync("TRADE0001", "R4", "1.00");

        Assert.Equal(("Y", "4.00"), ((string)first.Node["fund_change"]!, (string)first.Node["refund_fee"]!));
        Assert.Equal(("N", "4.00"), ((string)again.Node["fund_change"]!, (string)again.Node["refund_fee"]!));
        Assert.Equal("ACQ.DISCORDANT_REPEAT_REQUEST", other.SubCode);
        Assert.Equal("9.00", (string)second.Node["refund_fee"]!);
        Assert.Equal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", tooMuch.SubCode);
        Assert.Equal("10.00", (string)rest.Node["refund_fee"]!);
        Assert.Equal("TRADE_CLOSED", (string)(await _client.QueryAsync("TRADE0001")).Node["trade_status"]!);
    }

    [Fact]
    public async Task A_refund_query_tells_made_from_never_made()
    {
        await _client.PayAsync("TRADE0001");
        await _client.RefundAsync("TRADE0001", "R1", "4.00");

        var made = await RefundQueryAsync("TRADE0001", "R1");
        var never = await RefundQueryAsync("TRADE0001", "R2");
        var noTrade = await RefundQueryAsync("TRADE0009", "R1");

        Assert.Equal(("REFUND_SUCCESS", "4.00"),
            ((string)made.Node["refund_status"]!, (string)made.Node["refund_amount"]!));
        Assert.Equal("10000", never.Code);
        Assert.False(never.Node.ContainsKey("refund_status"));
        Assert.Equal("ACQ.TRADE_NOT_EXIST", noTrade.SubCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.001")]
    [InlineData("-1")]
    [InlineData("100000000.01")]
    [InlineData("1e3")]
    public async Task An_amount_out_of_form_is_refused(string amount) =>
        Assert.Equal("ACQ.INVALID_PARAMETER", (await _client.CreateAsync("TRADE0001", amount)).SubCode);

    [Fact]
    public async Task An_agreement_charges_at_once_until_it_is_ended()
    {
        var agreement = (string)(await _sandbox.ControlAsync(
            "/control/alipay/agreements", new { external_agreement_no = "EXT1" }))["agreement_no"]!;

        var paid = await ChargeAsync("TRADE0001", agreement);
        var again = await ChargeAsync("TRADE0001", agreement);
        var queried = await _client.QueryAsync("TRADE0001");
        var known = await AgreementAsync(agreement);
        await _sandbox.ControlAsync($"/control/alipay/agreements/{agreement}/end", new { });

        Assert.Equal("10000", paid.Code);
        Assert.Equal((string)queried.Node["trade_no"]!, (string)paid.Node["trade_no"]!);
        Assert.Equal("ACQ.TRADE_HAS_SUCCESS", again.SubCode);
        Assert.Equal("TRADE_SUCCESS", (string)queried.Node["trade_status"]!);
        Assert.Equal(("NORMAL", "EXT1"), ((string)known.Node["status"]!, (string)known.Node["external_agreement_no"]!));
        Assert.Equal("ACQ.AGREEMENT_STATUS_NOT_NORMAL", (await ChargeAsync("TRADE0002", agreement)).SubCode);
        Assert.Equal("AGREEMENT_HAS_UNSIGNED", (await AgreementAsync(agreement)).SubCode);
        Assert.Equal("ACQ.AGREEMENT_NOT_EXIST", (await ChargeAsync("TRADE0002", "20261102000")).SubCode);
        Assert.Equal("USER_AGREEMENT_NOT_EXIST", (await AgreementAsync("20261102000")).SubCode);
        Assert.Equal("ACQ.TRADE_NOT_EXIST", (await _client.QueryAsync("TRADE0002")).SubCode);
    }

    [Fact]
    public async Task A_payment_code_pays_at_once_and_only_once()
    {
        var code = await ShowCodeAsync(asksPayer: false);

        var paid = await PayByCodeAsync("TRADE0001", code);
        var other = await PayByCodeAsync("TRADE0002", code);

        Assert.Equal("10000", paid.Code);
        Assert.Equal("TRADE_SUCCESS", (string)(await _client.QueryAsync("TRADE0001")).Node["trade_status"]!);
        Assert.Equal("ACQ.PAYMENT_AUTH_CODE_INVALID", other.SubCode);
        Assert.Equal("ACQ.TRADE_NOT_EXIST", (await _client.QueryAsync("TRADE0002")).SubCode);
    }

    [Fact]
    public async Task A_payer_who_is_asked_leaves_the_payment_waiting()
    {
        var code = await ShowCodeAsync(asksPayer: true);

        var waiting = await PayByCodeAsync("TRADE0001", code);
        var again = await PayByCodeAsync("TRADE0001", code);
        var before = await _client.QueryAsync("TRADE0001");
        await _sandbox.ControlAsync("/control/alipay/pay", new { out_trade_no = "TRADE0001" });
        var after = await PayByCodeAsync("TRADE0001", code);

        Assert.Equal(("10003", "10003"), (waiting.Code, again.Code));
        Assert.True(await waiting.VerifiesAsync());
        Assert.Equal("WAIT_BUYER_PAY", (string)before.Node["trade_status"]!);
        Assert.Equal("ACQ.TRADE_HAS_SUCCESS", after.SubCode);
    }

    [Fact]
    public async Task A_payment_code_lapses_after_a_minute()
    {
        var code = await ShowCodeAsync(asksPayer: false);
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("ACQ.PAYMENT_AUTH_CODE_INVALID", (await PayByCodeAsync("TRADE0001", code)).SubCode);
    }

    private async Task<string> ShowCodeAsync(bool asksPayer) =>
        (string)(await _sandbox.ControlAsync("/control/alipay/payment-codes",
            new { asks_payer = asksPayer }))["auth_code"]!;

    private Task<AlipayAnswer> PayByCodeAsync(string number, string code)
    {
        var trade = AlipayClient.Trade(number);
        trade["scene"] = "bar_code";
        trade["auth_code"] = code;
        return _client.CallAsync("alipay.trade.pay", trade);
    }

    private Task<AlipayAnswer> CallAsync(string method, string number) =>
        _client.CallAsync(method, new JsonObject { ["out_trade_no"] = number });

    private Task<AlipayAnswer> RefundQueryAsync(string number, string request) => _client.CallAsync(
        "alipay.trade.fastpay.refund.query",
            new JsonObject { ["out_trade_no"] = number, ["out_request_no"] = request });

    private Task<AlipayAnswer> AgreementAsync(string number) =>
        _client.CallAsync("alipay.user.agreement.query", new JsonObject { ["agreement_no"] = number });

    private Task<AlipayAnswer> ChargeAsync(string number, string agreement)
    {
        var trade = AlipayClient.Trade(number);
        trade["product_code"] = "GENERAL_WITHHOLDING";
        trade["agreement_params"] = new JsonObject { ["agreement_no"] = agreement };
        return _client.CallAsync("alipay.trade.pay", trade);
    }
}
