using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Tests.Channels.WeChatPay;

public sealed class WeChatPayCallbackTests
{
    private readonly WeChatPayScript _script = new();

    [Fact]
    public void Genuine_payment_is_read_from_the_raw_bytes()
    {
        var read = Read(_script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS")));
        var succeeded = Assert.IsType<ChannelNotification.PaymentSucceeded>(read);
        Assert.Equal("EV-1", succeeded.EventId);
        Assert.Equal(WeChatPayScript.Payment, succeeded.Payment);
        Assert.Equal(("4200001", new Money(1234)), (succeeded.Paid.ChannelNumber, succeeded.Paid.Amount));
    }

    [Fact]
    public void Header_names_are_compared_without_case_and_charset_does_not_matter()
    {
        var posted = _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        Assert.IsType<ChannelNotification.PaymentSucceeded>(Read(posted with
        {
            Headers = posted.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value),
            ContentType = "application/json; charset=ISO-8859-1",
        }));
    }

    [Theory]
    [InlineData("REFUND.SUCCESS", "SUCCESS", typeof(RefundOutcome.Refunded))]
    [InlineData("REFUND.ABNORMAL", "ABNORMAL", typeof(RefundOutcome.Refused))]
    [InlineData("REFUND.CLOSED", "CLOSED", typeof(RefundOutcome.Refused))]
    public void Refund_is_told_by_the_kind_of_event(string kind, string status, Type expected)
    {
        var read = Read(_script.Posted(kind, WeChatPayScript.RefundOf("refund_status", status)));
        var ended = Assert.IsType<ChannelNotification.RefundEnded>(read);
        Assert.Equal("REFUND01", ended.Refund.Value);
        Assert.IsType(expected, ended.Outcome);
    }

    [Fact]
    public void Unknown_kind_is_genuine_and_ignored() => Assert.Equal(
        new ChannelNotification.Ignored("EV-1", "PAYSCORE.USER_PAID"),
        Read(_script.Posted("PAYSCORE.USER_PAID", "{}")));

    [Fact]
    public void Body_serialised_again_is_refused()
    {
        var posted = _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        using var parsed = System.Text.Json.JsonDocument.Parse(posted.Body);
        var again = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(parsed.RootElement);
        AssertRejected("SIGNATURE_INVALID", posted with { Body = again });
    }

    [Fact]
    public void Truncated_body_is_refused()
    {
        var posted = _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        AssertRejected("SIGNATURE_INVALID", posted with { Body = posted.Body[..^1] });
    }

    [Fact]
    public void Body_in_another_charset_is_refused()
    {
        var posted = _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
        AssertRejected(
            "SIGNATURE_INVALID", posted with { Body = gbk.GetBytes(Encoding.UTF8.GetString(posted.Body.Span)) });
    }

    [Fact]
    public void Stale_notification_is_refused()
    {
        var posted = _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        _script.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.IsType<ChannelNotification.PaymentSucceeded>(Read(posted));
        _script.Time.Advance(TimeSpan.FromSeconds(2));
        AssertRejected("TIMESTAMP_SKEWED", posted);
    }

    [Fact]
    public void Swapped_nonce_and_timestamp_are_refused()
    {
        var posted = _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        AssertRejected("TIMESTAMP_SKEWED", posted with
        {
            Headers = new Dictionary<string, string>(posted.Headers)
            {
                ["Wechatpay-Timestamp"] = posted.Headers["Wechatpay-Nonce"],
                ["Wechatpay-Nonce"] = posted.Headers["Wechatpay-Timestamp"],
            },
        });
    }

    [Theory]
    [InlineData("Wechatpay-Signature", "WECHATPAY/SIGNTEST/abc", "SIGNATURE_INVALID")]
    [InlineData("Wechatpay-Serial", "PUB_KEY_ID_7", "KEY_UNKNOWN")]
    [InlineData("Wechatpay-Serial", null, "SIGNATURE_HEADERS_INCOMPLETE")]
    public void Forged_header_is_refused(string name, string? value, string reason)
    {
        var posted = _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        var headers = new Dictionary<string, string>(posted.Headers);
        headers.Remove(name);
        if (value is not null)
            headers[name] = value;
        AssertRejected(reason, posted with { Headers = headers });
    }

    [Fact]
    public void One_flipped_bit_of_the_ciphertext_is_refused()
    {
        var body = WeChatPayScript.Notification("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        var at = body.IndexOf("ciphertext\":\"", StringComparison.Ordinal) + 20;
        AssertRejected(
            "DECRYPTION_FAILED", _script.Posted(body[..at] + (body[at] == 'A' ? 'B' : 'A') + body[(at + 1)..]));
    }

    [Theory]
    [InlineData("[]", "BODY_MALFORMED")]
    [InlineData("{\"id\":1}", "BODY_MALFORMED")]
    [InlineData("{\"id\":\"1\",\"event_type\":\"TRANSACTION.SUCCESS\"}", "DECRYPTION_FAILED")]
    [InlineData(
        """{"id":"1","event_type":"T","resource":{"algorithm":"NONE","nonce":"abcdefghijkl","ciphertext":""}}""",
        "DECRYPTION_FAILED")]
    public void Malformed_body_is_refused(string body, string reason) => AssertRejected(reason, _script.Posted(body));

    [Fact]
    public void Empty_associated_data_is_accepted()
    {
        var sealedText = WeChatPayScript.Sealed(WeChatPayScript.Transaction("SUCCESS"), "");
        Assert.IsType<ChannelNotification.PaymentSucceeded>(Read(_script.Posted(
            "{\"id\":\"EV-2\",\"event_type\":\"TRANSACTION.SUCCESS\",\"resource\":" + sealedText + "}")));
    }

    [Fact]
    public void Notification_for_another_merchant_is_refused() => AssertRejected(
        "MERCHANT_MISMATCH",
        _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS", merchant: "1900000002")));

    [Fact]
    public void Amount_that_is_not_whole_fen_is_refused() => AssertRejected(
        "RESOURCE_MALFORMED",
        _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS").Replace("1234", "12.345")));

    [Fact]
    public void Answers_are_what_the_channel_looks_for()
    {
        var callbacks = _script.Adapter().Callbacks;
        Assert.Equal(new CallbackAnswer(204, null, ""), callbacks.Answer(accepted: true));
        Assert.Equal(
            new CallbackAnswer(500, "application/json", """{"code":"FAIL","message":"失败"}"""),
            callbacks.Answer(accepted: false));
    }

    private ChannelNotification Read(CallbackRequest request) => _script.Adapter().Callbacks.Read(request);

    private void AssertRejected(string reason, CallbackRequest request) =>
        Assert.Equal(new ChannelNotification.Rejected(reason), Read(request));
}
