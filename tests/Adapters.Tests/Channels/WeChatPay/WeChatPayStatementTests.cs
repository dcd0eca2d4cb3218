using System.Security.Cryptography;
using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Tests.Channels.WeChatPay;

public sealed class WeChatPayStatementTests
{
    private const string Header = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
        + "货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,"
        + "订单金额,申请退款金额,费率备注";

    private const string Payment = "`2026-11-01,`wxd678efh567hg6787,`1900000001,`0,`,`4200001,`PAY01,`openid,`JSAPI,"
        + "`SUCCESS,`OTHERS,`CNY,`12.34,`0.00,`0,`0,`0.00,`0.00,`,`,`地铁,乘车费,`,`0.07000,`0.60%,`12.34,`0.00,`";

    private const string Refund = "`2026-11-01,`wxd678efh567hg6787,`1900000001,`0,`,`4200001,`PAY01,`openid,`JSAPI,"
        + "`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030001,`REFUND01,`2.00,`0.00,`ORIGINAL,`PROCESSING,`地铁,`,`-0.01000,"
        + "`0.60%,`0.00,`2.00,`";

    private const string Summary = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

    private readonly WeChatPayScript _script = new();

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public async Task Bill_is_read_by_the_names_of_its_columns(string lineEnd)
    {
        AnswersBill("\uFEFF" + string.Join(
            lineEnd, Header, Payment, Refund, Summary, "`2,`12.34,`2.00,`0,`0,`12.34,`2.00", ""));
        StatementLine[] expected =
        [
            new("PAY01", "4200001", new Money(1234), "SUCCESS"),
            new("REFUND01", "5030001", new Money(-200), "PROCESSING"),
        ];
        Assert.Equal(expected, await DownloadAsync());
        Assert.Equal("?bill_date=2026-11-01&bill_type=ALL", _script.Server.Requests[0].Address.Query);
        Assert.Contains("signature=", _script.Server.Requests[1].Headers["Authorization"]);
    }

    [Fact]
    public async Task Columns_in_another_order_read_the_same()
    {
        static string Turned(string row, string separator) =>
            string.Join(separator, row.TrimStart('`').Split(separator).Reverse());
        AnswersBill(string.Join('\n', Turned(Header, ","), '`' + Turned(Refund, ",`"), Summary, "`1,`0,`0,`0,`0"));
        Assert.Equal([new StatementLine("REFUND01", "5030001", new Money(-200), "PROCESSING")], await DownloadAsync());
    }

    [Fact]
    public async Task Bill_with_another_hash_is_not_used()
    {
        AnswersBill(string.Join('\n', Header, Summary, "`0"), hash: new string('0', 40));
        await Assert.ThrowsAsync<StatementFailedException>(DownloadAsync);
    }

    [Theory]
    [InlineData("`3,`12.34,`2.00,`0,`0,`12.34,`2.00")]
    [InlineData("`,`12.34")]
    public async Task Bill_whose_summary_counts_other_rows_is_not_used(string summary)
    {
        AnswersBill(string.Join('\n', Header, Payment, Refund, Summary, summary));
        await Assert.ThrowsAsync<StatementFailedException>(DownloadAsync);
    }

    [Theory]
    [InlineData("`12.34,`0.00,`0,`0", "`12.345,`0.00,`0,`0", "`0.60%,`12.34", "`0.60%,`12.345")]
    [InlineData("`SUCCESS", "`SOMETHING", "", "")]
    public async Task Malformed_row_is_refused_by_its_line(string from, string to, string from2, string to2)
    {
        var row = Payment.Replace(from, to);
        row = from2.Length == 0 ? row : row.Replace(from2, to2);
        AnswersBill(string.Join('\n', Header, row, Summary, "`1"));
        Assert.Contains("Line 2", (await Assert.ThrowsAsync<StatementFailedException>(DownloadAsync)).Message);
    }

    [Fact]
    public async Task Bill_not_produced_yet_is_to_be_asked_for_again()
    {
        _script.AnswersError(400, "NO_STATEMENT_EXIST");
        await Assert.ThrowsAsync<StatementNotReadyException>(DownloadAsync);
    }

    [Fact]
    public async Task Garbage_is_not_a_bill()
    {
        AnswersBill("not a bill");
        await Assert.ThrowsAsync<StatementFailedException>(DownloadAsync);
    }

    private Task<IReadOnlyList<StatementLine>> DownloadAsync() =>
        _script.Adapter().Statements.DownloadAsync(new DateOnly(2026, 11, 1), default);

    private void AnswersBill(string bill, string? hash = null)
    {
        hash ??= Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(bill)));
        const string address = "https://pay.example/v3/billdownload/file?token=t";
        _script.Answers($$"""{"hash_type":"SHA1","hash_value":"{{hash}}","download_url":"{{address}}"}""");
        _script.Server.Answers(200, bill);
    }
}
