using System.Net;
using System.Text;
using Ecert.Adapters.Channels.Alipay;
using Ecert.Adapters.Ports;

namespace Ecert.Adapters.Tests.Channels.Alipay;

/// <summary>
/// The signature is over the node's own bytes, and only over the node that stands where Alipay puts it.
/// </summary>
public sealed class AlipayEnvelopeTests
{
    private const string Method = "alipay.trade.query";

    private const string Node = """
        {"code":"10000", "msg":"Suc{ce\"ss}","out_trade_no":"PAY-2026_Ab*|01","trade_no":"2026T", "note":"\u5730铁 \/ ]",
         "trade_status":"TRADE_SUCCESS","total_amount":"12.30" }
        """;

    private readonly AlipayScript _script = new();

    [Fact]
    public async Task Node_with_escapes_braces_and_blanks_is_believed() =>
        Assert.IsType<ChannelOutcome.Paid>(await QueryAsync(AlipayScript.Envelope(Method, Node)));

    [Fact]
    public async Task Signature_over_unescaped_slashes_is_believed()
    {
        var sign = AlipayScript.Sign(Node.Replace("\\/", "/"));
        Assert.IsType<ChannelOutcome.Paid>(
            await QueryAsync($$"""{"alipay_trade_query_response":{{Node}},"sign":"{{sign}}"}"""));
    }

    [Theory]
    [InlineData("{\"alipay_trade_query_response\":@,\"sign\":\"#\",\"alipay_cert_sn\":\"x\"}")]
    [InlineData("{\"alipay_trade_query_response\":@,\"alipay_cert_sn\":\"x\",\"sign\":\"#\"}")]
    public async Task Certificate_serial_may_stand_before_or_after_the_signature(string wire) =>
        Assert.IsType<ChannelOutcome.Paid>(await QueryAsync(Fill(wire)));

    [Theory]
    [InlineData("{\"sign\":\"#\",\"alipay_trade_query_response\":@}")]
    [InlineData("{\"alipay_cert_sn\":\"x\",\"alipay_trade_query_response\":@,\"sign\":\"#\"}")]
    [InlineData("{\"alipay_trade_query_response\":@,\"sign\":\"#\",\"alipay_trade_query_response\":@}")]
    [InlineData("{\"alipay_trade_query_response\":@,\"sign\":\"#\",\"sign\":\"#\"}")]
    [InlineData("{\"alipay_trade_query_response\":@,\"sign\":7}")]
    [InlineData("{\"alipay_trade_query_response\":@}")]
    [InlineData("{\"alipay_trade_query_response\":@,\"sign\":\"\"}")]
    [InlineData("{\"alipay_trade_query_response\":@,\"sign\":\"#\"")]
    [InlineData("{\"alipay_trade_query_response\":@,\"sign\":\"#\"}{}")]
    [InlineData("{\"alipay_trade_pay_response\":@,\"sign\":\"#\"}")]
    [InlineData("[@]")]
    [InlineData("")]
    public async Task Envelope_of_another_form_is_unknown(string wire) =>
        Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync(Fill(wire)));

    [Fact]
    public async Task Unsigned_second_node_is_not_read()
    {
        var forged = Node.Replace("12.30", "0.01");
        Assert.Equal(1230, Assert.IsType<ChannelOutcome.Paid>(await QueryAsync(Fill(
            "{\"alipay_trade_query_response\":@,\"other\":" + forged + ",\"sign\":\"#\"}"))).Amount.Fen);
        Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync(Fill(
            "{\"alipay_trade_query_response\":" + forged + ",\"other\":@,\"sign\":\"#\"}")));
    }

    [Fact]
    public async Task Changed_amount_is_unknown() => Assert.IsType<ChannelOutcome.Unknown>(
        await QueryAsync(AlipayScript.Envelope(Method, Node).Replace("12.30", "0.01")));

    [Fact]
    public async Task Node_serialised_again_is_unknown()
    {
        using var parsed = System.Text.Json.JsonDocument.Parse(Node);
        var again = System.Text.Json.JsonSerializer.Serialize(parsed.RootElement);
        Assert.IsType<ChannelOutcome.Unknown>(
            await QueryAsync(Fill("{\"alipay_trade_query_response\":" + again + ",\"sign\":\"#\"}")));
    }

    [Fact]
    public async Task Answer_of_another_key_is_unknown() => Assert.IsType<ChannelOutcome.Unknown>(
        await QueryAsync(AlipayScript.Envelope(Method, Node, AlipayScript.OtherKey)));

    [Fact]
    public async Task Unsigned_error_is_told_and_believed_in_nothing()
    {
        const string wire = """
            {"error_response":{"code":"40004","msg":"x","sub_code":"ACQ.TRADE_NOT_EXIST","sub_msg":"不存在"}}
            """;
        Assert.Contains("ACQ.TRADE_NOT_EXIST", Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync(wire)).Why);
    }

    [Fact]
    public async Task Error_page_in_gbk_is_unknown()
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
        _script.Server.Answers(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(gbk.GetBytes("{\"error_response\":{\"code\":\"20000\",\"msg\":\"系统繁忙\"}}")),
        });
        Assert.IsType<ChannelOutcome.Unknown>(
            await _script.Adapter().Payments.QueryAsync(AlipayScript.Payment, default));
    }

    [Fact]
    public async Task Renewed_certificate_is_fetched_once_and_believed_by_its_chain()
    {
        var (rootPem, issuePem) = _script.Authority("Root");
        var renewed = issuePem(AlipayScript.OtherKey);
        var adapter = CertificateAdapter(rootPem, issuePem);
        AnswersSignedBy(AlipayScript.OtherKey, AlipayScript.SerialOf(renewed));
        AnswersCertificate(renewed);
        AnswersSignedBy(AlipayScript.OtherKey, AlipayScript.SerialOf(renewed));
        for (var call = 0; call < 2; call++)
            Assert.IsType<ChannelOutcome.Paid>(await adapter.Payments.QueryAsync(AlipayScript.Payment, default));
        Assert.Single(_script.Server.Requests, request => request.Address.Query.Contains("alipaycert.download"));
    }

    [Fact]
    public async Task Renewed_certificate_of_another_root_is_not_believed()
    {
        var (rootPem, issuePem) = _script.Authority("Root");
        var forged = _script.Authority("Root").IssuePem(AlipayScript.OtherKey);
        var adapter = CertificateAdapter(rootPem, issuePem);
        AnswersSignedBy(AlipayScript.OtherKey, AlipayScript.SerialOf(forged));
        AnswersCertificate(forged);
        Assert.IsType<ChannelOutcome.Unknown>(await adapter.Payments.QueryAsync(AlipayScript.Payment, default));
    }

    [Fact]
    public async Task Renewed_certificate_with_another_serial_than_asked_for_is_not_believed()
    {
        var (rootPem, issuePem) = _script.Authority("Root");
        var adapter = CertificateAdapter(rootPem, issuePem);
        AnswersSignedBy(AlipayScript.OtherKey, "00000000000000000000000000000000");
        AnswersCertificate(issuePem(AlipayScript.OtherKey));
        Assert.IsType<ChannelOutcome.Unknown>(await adapter.Payments.QueryAsync(AlipayScript.Payment, default));
    }

    private AlipayAdapter CertificateAdapter(string rootPem, Func<System.Security.Cryptography.RSA, string> issuePem) =>
        _script.Adapter(_script.Options with
        {
            Trust = new AlipayTrust.Certificates(
                issuePem(AlipayScript.AppKey), issuePem(AlipayScript.AlipayKey), rootPem),
        });

    private void AnswersSignedBy(System.Security.Cryptography.RSA key, string serial)
    {
        var sign = AlipayScript.Sign(Node, key);
        _script.Server.Answers(
            200, $$"""{"alipay_trade_query_response":{{Node}},"alipay_cert_sn":"{{serial}}","sign":"{{sign}}"}""");
    }

    private void AnswersCertificate(string pem) => _script.Server.Answers(200, AlipayScript.Envelope(
        "alipay.open.app.alipaycert.download",
        $$"""{"code":"10000","alipay_cert_content":"{{Convert.ToBase64String(Encoding.ASCII.GetBytes(pem))}}"}""",
        AlipayScript.OtherKey));

    private static string Fill(string wire) => wire.Replace("#", AlipayScript.Sign(Node)).Replace("@", Node);

    private Task<ChannelOutcome> QueryAsync(string wire)
    {
        _script.Server.Answers(200, wire);
        return _script.Adapter().Payments.QueryAsync(AlipayScript.Payment, default);
    }
}
