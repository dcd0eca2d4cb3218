using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.Control;

public sealed class ControlTests : IAsyncLifetime
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;

    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(options => options with
    {
        WeChatPay = options.WeChatPay! with { BillsReadyAtOnce = true },
        Alipay = options.Alipay! with { BillsReadyAtOnce = true },
    });

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Differences_of_all_four_kinds_can_be_planted_in_a_WeChat_Pay_bill()
    {
        var client = new WeChatClient(_sandbox);
        foreach (var number in (string[])["MISSING1", "AMOUNT01", "REFUNDED", "SOUND001"])
            await client.PayAsync(number, 1000);
        await PlantAsync("wechatpay");

        var told = await client.GetAsync("/v3/bill/tradebill?bill_date=2026-11-02");
        var path = new Uri((string)told.Json["download_url"]!).PathAndQuery["/wechatpay".Length..];
        var rows = Encoding.UTF8.GetString((await client.GetAsync(path)).Body).Split("\r\n")[1..^3]
            .Select(line => line.Split(','))
                .Select(cells => (cells[6][1..], cells[9][1..], cells[24][1..], cells[16][1..]));

        Assert.Equal(
            [
                ("AMOUNT01", "SUCCESS", "9.99", "0.00"), ("EXTRA001", "SUCCESS", "5.55", "0.00"),
                ("REFUNDED", "REFUND", "0.00", "10.00"), ("REFUNDED", "SUCCESS", "10.00", "0.00"),
                ("SOUND001", "SUCCESS", "10.00", "0.00"),
            ],
            rows.Order());
        Assert.Equal("SUCCESS", await client.StateAsync("REFUNDED"));
    }

    [Fact]
    public async Task Differences_of_all_four_kinds_can_be_planted_in_an_Alipay_bill()
    {
        var client = new AlipayClient(_sandbox);
        foreach (var number in (string[])["MISSING1", "AMOUNT01", "REFUNDED", "SOUND001"])
            await client.PayAsync(number, "10.00");
        await PlantAsync("alipay");

        var told = await client.CallAsync("alipay.data.dataservice.bill.downloadurl.query", new JsonObject
        {
            ["bill_type"] = "trade", ["bill_date"] = "2026-11-02",
        });
        await using var stream = await _sandbox.Http.GetStreamAsync((string)told.Node["bill_download_url"]!);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, false, Gbk);
        using var reader = new StreamReader(archive.Entries.Single(one => !one.Name.Contains("汇总")).Open(), Gbk);
        var rows = (await reader.ReadToEndAsync()).Split("\r\n")
            .SkipWhile(line => !line.StartsWith("支付宝交易号", StringComparison.Ordinal))
            .Skip(1).TakeWhile(line => !line.StartsWith('#')).Select(line => line.Split(','))
            .Select(cells => (cells[1].Trim(), cells[2].Trim(), cells[11]));

        Assert.Equal(
            [
                ("AMOUNT01", "交易", "9.99"), ("EXTRA001", "交易", "5.55"), ("REFUNDED", "交易", "10.00"),
                ("REFUNDED", "退款", "-10.00"), ("SOUND001", "交易", "10.00"),
            ],
            rows.OrderBy(row => row.Item1, StringComparer.Ordinal).ThenBy(row => row.Item3.Length));
    }

    [Theory]
    [InlineData("""{"counterpart":"wechatpay","kind":"Unheard","number":"A"}""")]
    [InlineData("""{"counterpart":"nobody","kind":"Missing","number":"A"}""")]
    [InlineData("""{"counterpart":"alipay","kind":"Missing"}""")]
    [InlineData("""{"counterpart":"alipay","kind":"Amount","number":"A"}""")]
    public async Task A_malformed_difference_is_refused(string body)
    {
        using var answer = await _sandbox.Http.PostAsync("/control/bill-differences", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await _sandbox.ControlAsync("/control/bill-differences"));
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task Another_site_may_not_press_buttons(string? origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control/alipay/agreements")
        {
            Content = new StringContent("{}"),
        };
        request.Headers.TryAddWithoutValidation("Origin", origin ?? _sandbox.Base);

        using var answer = await _sandbox.Http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    private async Task PlantAsync(string counterpart)
    {
        await _sandbox.ControlAsync("/control/bill-differences",
            new { counterpart, kind = "missing", number = "MISSING1" });
        await _sandbox.ControlAsync(
            "/control/bill-differences", new { counterpart, kind = "amount", number = "AMOUNT01", amount_fen = 999 });
        await _sandbox.ControlAsync(
            "/control/bill-differences", new { counterpart, kind = "extra", number = "EXTRA001", amount_fen = 555 });
        await _sandbox.ControlAsync("/control/bill-differences",
            new { counterpart, kind = "refunded", number = "REFUNDED" });
    }
}
