using System.IO.Compression;
using System.Net;
using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Tests.Channels.Alipay;

public sealed class AlipayStatementTests
{
    private const string Method = "alipay.data.dataservice.bill.downloadurl.query";

    private const string Header = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
        + "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,"
        + "商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

    private const string Detail = "#支付宝业务明细查询\r\n#账号：[20880000000000010156]\r\n"
        + "#-----------------------------------------业务明细列表----------------------------------------\r\n"
        + Header + "\r\n"
        + "2026T1\t,PAY01\t,交易,\"地铁,乘车\",2026-11-01 10:00:00,2026-11-01 10:00:05,,,,,*某,12.30,12.30,0.00,0.00,0.00,"
        + "0.00,0.00,,0.00,0.00,,-0.07,0.00,\r\n"
        + "2026T1\t,PAY01\t,退款,地铁,2026-11-01 10:00:00,2026-11-01 11:00:05,,,,,*某,-2.00,-2.00,0.00,0.00,0.00,"
        + "0.00,0.00,,0.00,0.00,REFUND01,0.01,0.00,\r\n"
        + "#-----------------------------------------业务明细列表结束------------------------------------\r\n"
        + "#交易合计：1笔，商家实收共12.30元\r\n";

    private readonly AlipayScript _script = new();

    [Fact]
    public async Task Bill_is_read_by_the_names_of_its_columns()
    {
        AnswersBill(Zip(("20880_业务明细(汇总).csv", "#汇总\r\n门店编号,交易订单总笔数\r\n,1\r\n"), ("20880_业务明细.csv", Detail)));
        StatementLine[] expected =
        [
            new("PAY01", "2026T1", new Money(1230), "交易"),
            new("REFUND01", "2026T1", new Money(-200), "退款"),
        ];
        Assert.Equal(expected, await DownloadAsync());
        Assert.Equal("https://alipay.example/bill?token=1", _script.Server.Requests[1].Address.AbsoluteUri);
    }

    [Fact]
    public async Task Columns_in_another_order_read_the_same()
    {
        static string Turned(string row) => string.Join(',', row.Split(',').Reverse());
        var bill = "支付宝交易号," + Turned(Header["支付宝交易号,".Length..]) + "\n"
            + "2026T1," + Turned("PAY01,退款,地铁,a,b,,,,,x,2.00,2.00,0,0,0,0,0,,0,0,REFUND01,0.01,0.00,");
        AnswersBill(Zip(("a.csv", bill)));
        Assert.Equal([new StatementLine("REFUND01", "2026T1", new Money(-200), "退款")], await DownloadAsync());
    }

    [Theory]
    [InlineData("12.30,12.30", "12.305,12.30", "Line 5")]
    [InlineData("交易,\"", "转账,\"", "Line 5")]
    [InlineData("订单金额（元）", "金额", "订单金额")]
    [InlineData("支付宝交易号,", "交易号,", "no file of details")]
    public async Task Malformed_bill_is_refused_by_its_place(string from, string to, string expected)
    {
        AnswersBill(Zip(("a.csv", Detail.Replace(from, to))));
        Assert.Contains(expected, (await Assert.ThrowsAsync<StatementFailedException>(DownloadAsync)).Message);
    }

    [Fact]
    public async Task File_that_is_no_zip_is_refused()
    {
        AnswersBill("not a zip"u8.ToArray());
        await Assert.ThrowsAsync<StatementFailedException>(DownloadAsync);
    }

    [Theory]
    [InlineData("BILL_NOT_EXIST")]
    [InlineData("NO_BILL_DATA")]
    [InlineData("isp.bill_not_exist")]
    public async Task Bill_not_produced_yet_is_to_be_asked_for_again(string subCode)
    {
        _script.Fails(Method, subCode);
        await Assert.ThrowsAsync<StatementNotReadyException>(DownloadAsync);
    }

    [Theory]
    [InlineData("INVAILID_ARGUMENTS")]
    [InlineData("UNKNOWN_ERROR")]
    public async Task Other_errors_fail(string subCode)
    {
        _script.Fails(Method, subCode);
        await Assert.ThrowsAsync<StatementFailedException>(DownloadAsync);
    }

    [Fact]
    public async Task Empty_day_has_no_lines()
    {
        _script.Answers(Method, "\"bill_file_code\":\"EMPTY_DATA_WITH_BILL_FILE\"");
        Assert.Empty(await DownloadAsync());
    }

    private Task<IReadOnlyList<StatementLine>> DownloadAsync() =>
        _script.Adapter().Statements.DownloadAsync(new DateOnly(2026, 11, 1), default);

    private void AnswersBill(byte[] file)
    {
        _script.Answers(Method, "\"bill_download_url\":\"https://alipay.example/bill?token=1\"");
        _script.Server.Answers(_ =>
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(file) });
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, gbk))
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(gbk.GetBytes(text));
            }
        return buffer.ToArray();
    }
}
