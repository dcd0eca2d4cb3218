using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.WeChatPay;

public sealed class BillTests : IAsyncLifetime
{
    private const string AllHeader =
        "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
        + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,"
        + "费率,订单金额,申请退款金额,费率备注";

    private RunningSandbox _sandbox = null!;
    private WeChatClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new WeChatClient(_sandbox);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_day_with_a_payment_and_a_refund_is_written_in_the_real_form()
    {
        var lines = await BillOfABusyDayAsync("");

        Assert.Equal('\uFEFF', lines[0][0]);
        Assert.Equal(AllHeader, lines[0][1..]);
        var columns = AllHeader.Split(',');
        var payment = Row(columns, lines[1]);
        Assert.Equal("2026-11-02 09:00:00", payment["交易时间"]);
        Assert.Equal(("ORDER0001", "SUCCESS", "10.00", "10.00"),
            (payment["商户订单号"], payment["交易状态"], payment["应结订单金额"], payment["订单金额"]));
        Assert.Equal(("0.06000", "0.60%"), (payment["手续费"], payment["费率"]));
        var refund = Row(columns, lines[2]);
        Assert.Equal(("REFUND", "REFUND1", "4.00", "SUCCESS", "-0.02000"),
            (refund["交易状态"], refund["商户退款单号"], refund["退款金额"], refund["退款状态"], refund["手续费"]));
        Assert.Equal("总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额", lines[3]);
        Assert.Equal("`2,`10.00,`4.00,`0.00,`0.04000,`10.00,`4.00", lines[4]);
        Assert.Equal("", lines[5]);
        Assert.Equal(6, lines.Length);
    }

    [Theory]
    [InlineData("&bill_type=SUCCESS", 20, 1)]
    [InlineData("&bill_type=REFUND", 29, 1)]
    public async Task A_bill_of_one_kind_has_its_own_columns(string query, int columns, int rows)
    {
        var lines = await BillOfABusyDayAsync(query);

        Assert.Equal(columns, lines[0].Split(',').Length);
        Assert.All(lines[1..(1 + rows)], line => Assert.Equal(columns, line.Split(',').Length));
        Assert.StartsWith("总交易单数", lines[1 + rows], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzipped_bill_opens_to_the_text_whose_digest_was_given()
    {
        await BusyDayAsync();

        var (told, content) = await DownloadAsync("&tar_type=GZIP");

        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var opened = new MemoryStream();
        await gzip.CopyToAsync(opened);
        Assert.Equal((string)told.Json["hash_value"]!, Convert.ToHexStringLower(SHA1.HashData(opened.ToArray())));
    }

    [Fact]
    public async Task A_download_is_not_signed_and_its_link_lives_five_minutes()
    {
        await BusyDayAsync();
        var told = await _client.GetAsync("/v3/bill/tradebill?bill_date=2026-11-02");
        var path = PathOf(told);

        var fresh = await _client.GetAsync(path);
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(5));
        var old = await _client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, fresh.Status);
        Assert.False(fresh.Headers.ContainsKey("Wechatpay-Signature"));
        Assert.Equal("NO_STATEMENT_EXIST", old.Code);
    }

    [Fact]
    public async Task A_bill_is_not_there_before_ten_of_the_next_day()
    {
        await _client.PayAsync("ORDER0001");

        _sandbox.Clock.Advance(TimeSpan.FromHours(25) - TimeSpan.FromSeconds(1));
        var early = await _client.GetAsync("/v3/bill/tradebill?bill_date=2026-11-02");
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        var due = await _client.GetAsync("/v3/bill/tradebill?bill_date=2026-11-02");

        Assert.Equal((HttpStatusCode.BadRequest, "NO_STATEMENT_EXIST"), (early.Status, early.Code));
        Assert.Equal(HttpStatusCode.OK, due.Status);
    }

    [Fact]
    public async Task A_bill_may_be_ready_at_once_and_an_empty_day_has_none()
    {
        await using var eager = await RunningSandbox.StartAsync(options => options with
        {
            WeChatPay = options.WeChatPay! with { BillsReadyAtOnce = true },
        });
        var client = new WeChatClient(eager);
        await client.PayAsync("ORDER0001");

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v3/bill/tradebill?bill_date=2026-11-02")).Status);
        Assert.Equal("NO_STATEMENT_EXIST", (await client.GetAsync("/v3/bill/tradebill?bill_date=2026-11-01")).Code);
        Assert.Equal("NO_STATEMENT_EXIST", (await client.GetAsync("/v3/bill/tradebill?bill_date=2026-11-03")).Code);
    }

    [Theory]
    [InlineData("bill_date=20261102")]
    [InlineData("bill_date=2026-11-02&bill_type=NONE")]
    [InlineData("bill_date=2026-11-02&tar_type=ZIP")]
    [InlineData("")]
    public async Task A_bad_parameter_is_a_PARAM_ERROR(string query) =>
        Assert.Equal("PARAM_ERROR", (await _client.GetAsync($"/v3/bill/tradebill?{query}")).Code);

    [Fact]
    public async Task A_comma_in_a_description_does_not_shift_the_columns()
    {
        await _client.PostAsync("/v3/pay/transactions/jsapi", _client.Order("ORDER0009", description: "a,b\nc"));
        await _sandbox.ControlAsync("/control/wechatpay/pay", new { out_trade_no = "ORDER0009" });
        _sandbox.Clock.Advance(TimeSpan.FromDays(2));

        var (_, content) = await DownloadAsync("");

        var lines = Encoding.UTF8.GetString(content).Split("\r\n");
        Assert.Equal("a b c", Row(AllHeader.Split(','), lines[1])["商品名称"]);
    }

    private async Task<string[]> BillOfABusyDayAsync(string query)
    {
        await BusyDayAsync();
        var (told, content) = await DownloadAsync(query);
        Assert.Equal((string)told.Json["hash_value"]!, Convert.ToHexStringLower(SHA1.HashData(content)));
        return Encoding.UTF8.GetString(content).Split("\r\n");
    }

    private async Task BusyDayAsync()
    {
        await _client.PayAsync("ORDER0001", 1000);
        await _client.RefundAsync("ORDER0001", "REFUND1", 400, 1000);
        _sandbox.Clock.Advance(TimeSpan.FromHours(24));
        await _client.PayAsync("ORDER0002", 77);
        _sandbox.Clock.Advance(TimeSpan.FromHours(2));
    }

    private async Task<(WeChatAnswer Told, byte[] Content)> DownloadAsync(string query)
    {
        var told = await _client.GetAsync($"/v3/bill/tradebill?bill_date=2026-11-02{query}");
        return (told, (await _client.GetAsync(PathOf(told))).Body);
    }

    private static string PathOf(WeChatAnswer told) =>
        new Uri((string)told.Json["download_url"]!).PathAndQuery["/wechatpay".Length..];

    private static Dictionary<string, string> Row(string[] columns, string line)
    {
        var cells = line.Split(',');
        Assert.All(cells, cell => Assert.StartsWith("`", cell, StringComparison.Ordinal));
        return columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second[1..]);
    }
}
