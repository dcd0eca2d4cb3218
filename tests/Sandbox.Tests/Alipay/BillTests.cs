using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.Alipay;

public sealed class BillTests : IAsyncLifetime
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;

    private RunningSandbox _sandbox = null!;
    private AlipayClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new AlipayClient(_sandbox);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_day_is_a_ZIP_of_two_GBK_files()
    {
        await _client.PayAsync("TRADE0001", "10.00");
        await _client.RefundAsync("TRADE0001", "R1", "4.00");
        _sandbox.Clock.Advance(TimeSpan.FromHours(24));

        var files = await DownloadAsync("2026-11-02");

        Assert.Equal(["2088101122223333_20261102_业务明细(汇总).csv", "2088101122223333_20261102_业务明细.csv"],
            files.Keys.Order(StringComparer.Ordinal));
        var lines = files["2088101122223333_20261102_业务明细.csv"].Split("\r\n");
        Assert.Equal("#支付宝业务明细查询", lines[0]);
        var header = lines[4].Split(',');
        Assert.Equal(25, header.Length);
        var payment = header.Zip(lines[5].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second.Trim());
        Assert.Equal(("TRADE0001", "交易", "10.00", "-0.06"), (payment["商户订单号"], payment["业务类型"],
            payment["商家实收（元）"], payment["服务费（元）"]));
        var refund = header.Zip(lines[6].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second.Trim());
        Assert.Equal(("退款", "-4.00", "R1", "0.02"), (refund["业务类型"], refund["订单金额（元）"],
            refund["退款批次号/请求号"], refund["服务费（元）"]));
        Assert.Contains("结束", lines[7], StringComparison.Ordinal);
        Assert.Equal("#交易合计：1笔，商家实收共10.00元，商家优惠共0.00元", lines[8]);
        Assert.Equal("#退款合计：1笔，商家实收共-4.00元，商家优惠共0.00元", lines[9]);
        Assert.Contains(
            "合计,,1,1,6.00,6.00,0.00,0.00,0.00,-0.04,0.00,5.96",
            files["2088101122223333_20261102_业务明细(汇总).csv"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_is_there_from_nine_of_the_next_day()
    {
        _sandbox.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var early = await UrlAsync("2026-11-02");
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        var due = await UrlAsync("2026-11-02");

        Assert.Equal("BILL_NOT_EXIST", early.SubCode);
        Assert.Equal("EMPTY_DATA_WITH_BILL_FILE", (string)due.Node["bill_file_code"]!);
    }

    [Fact]
    public async Task A_link_lives_thirty_seconds()
    {
        _sandbox.Clock.Advance(TimeSpan.FromDays(1));
        var url = (string)(await UrlAsync("2026-11-02")).Node["bill_download_url"]!;

        using var fresh = await _sandbox.Http.GetAsync(url);
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        using var old = await _sandbox.Http.GetAsync(url);

        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Fact]
    public async Task Arguments_at_fault_are_named_in_Alipays_own_spelling()
    {
        Assert.Equal("INVAILID_ARGUMENTS", (await UrlAsync("20261102")).SubCode);
        Assert.Equal("TYPE_NOT_SUPPORTED", (await _client.CallAsync(
            "alipay.data.dataservice.bill.downloadurl.query",
            new JsonObject { ["bill_type"] = "unheard", ["bill_date"] = "2026-11-02" })).SubCode);
    }

    private Task<AlipayAnswer> UrlAsync(string day) => _client.CallAsync(
        "alipay.data.dataservice.bill.downloadurl.query",
        new JsonObject { ["bill_type"] = "trade", ["bill_date"] = day });

    private async Task<Dictionary<string, string>> DownloadAsync(string day)
    {
        var url = (string)(await UrlAsync(day)).Node["bill_download_url"]!;
        await using var zipped = await _sandbox.Http.GetStreamAsync(url);
        using var content = new MemoryStream();
        await zipped.CopyToAsync(content);
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, false, Gbk);
        var files = new Dictionary<string, string>();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Gbk);
            files[entry.FullName] = await reader.ReadToEndAsync();
        }
        return files;
    }
}
