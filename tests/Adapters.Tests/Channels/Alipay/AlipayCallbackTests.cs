using System.Text;
using Ecert.Adapters.Channels.Alipay;
using Ecert.Adapters.Ports;
using Ecert.Kernel;

namespace Ecert.Adapters.Tests.Channels.Alipay;

public sealed class AlipayCallbackTests
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
    private readonly AlipayScript _script = new();

    private readonly Dictionary<string, string> _fields = new()
    {
        ["app_id"] = "2021000000000001",
        ["seller_id"] = "2088000000000001",
        ["charset"] = "utf-8",
        ["notify_id"] = "2026080100222100000000000000000001",
        ["notify_time"] = "2026-11-02 09:00:05",
        ["gmt_payment"] = "2026-11-02 09:00:01",
        ["notify_type"] = "trade_status_sync",
        ["out_trade_no"] = "PAY-2026_Ab*|01",
        ["trade_no"] = "2026T",
        ["trade_status"] = "TRADE_SUCCESS",
        ["total_amount"] = "12.30",
        ["subject"] = "地铁 100% & a+b = \"费\"",
        ["fund_bill_list"] = "[{\"amount\":\"12.30\",\"fundChannel\":\"PCREDIT\"}]",
        ["version"] = "1.0",
        ["sign_type"] = "RSA2",
    };

    [Fact]
    public void Genuine_payment_is_read()
    {
        var paidAt = new DateTimeOffset(2026, 11, 2, 1, 0, 1, TimeSpan.Zero);
        Assert.Equal(
            new ChannelNotification.PaymentSucceeded(
                "2026080100222100000000000000000001",
                AlipayScript.Payment,
                new ChannelOutcome.Paid("2026T", new Money(1230), paidAt)),
            Read(Posted()));
    }

    [Theory]
    [InlineData("GBK")]
    [InlineData("gb2312")]
    [InlineData("GB18030")]
    public void Notification_in_gbk_is_read_by_its_charset_field(string charset)
    {
        _fields["charset"] = charset;
        Assert.IsType<ChannelNotification.PaymentSucceeded>(Read(Posted(Gbk)));
    }

    [Fact]
    public void Notification_in_gbk_that_was_decoded_as_utf8_on_the_way_is_refused()
    {
        _fields["charset"] = "GBK";
        var subject = _fields["subject"];
        AssertRejected("SIGNATURE_INVALID", Change(
            Posted(Gbk), Escape(Gbk.GetBytes(subject)), Escape(Encoding.UTF8.GetBytes(subject))));
    }

    [Theory]
    [InlineData("TRADE_SUCCESS", typeof(ChannelNotification.PaymentSucceeded))]
    [InlineData("TRADE_FINISHED", typeof(ChannelNotification.PaymentSucceeded))]
    [InlineData("TRADE_CLOSED", typeof(ChannelNotification.Ignored))]
    [InlineData("WAIT_BUYER_PAY", typeof(ChannelNotification.Ignored))]
    public void Only_success_is_a_payment(string status, Type expected)
    {
        _fields["trade_status"] = status;
        Assert.IsType(expected, Read(Posted()));
    }

    [Theory]
    [InlineData("refund_fee", "2.00")]
    [InlineData("gmt_refund", "2026-11-02 09:10:00.123")]
    public void Partial_refund_that_repeats_success_is_no_payment(string name, string value)
    {
        _fields[name] = value;
        Assert.IsType<ChannelNotification.Ignored>(Read(Posted()));
    }

    [Fact]
    public void Empty_fields_are_left_out_of_the_text()
    {
        _fields["body"] = "";
        Assert.IsType<ChannelNotification.PaymentSucceeded>(Read(Posted()));
    }

    [Fact]
    public void Second_form_of_the_text_is_taken_when_configured()
    {
        var posted = Posted(keepSignType: true);
        AssertRejected("SIGNATURE_INVALID", posted);
        Assert.IsType<ChannelNotification.PaymentSucceeded>(Read(
            posted, _script.Options with { NotificationText = AlipayNotificationText.V2 }));
    }

    [Theory]
    [InlineData("app_id", "2021000000000002")]
    [InlineData("seller_id", "2088000000000002")]
    public void Notification_for_somebody_else_is_refused(string name, string value)
    {
        _fields[name] = value;
        AssertRejected("MERCHANT_MISMATCH", Posted());
    }

    [Fact]
    public void Changed_amount_is_refused() => AssertRejected(
        "SIGNATURE_INVALID", Change(Posted(), "total_amount=12.30", "total_amount=0.01"));

    [Fact]
    public void Html_escaped_value_is_refused() => AssertRejected(
        "SIGNATURE_INVALID", Change(Posted(), "%22amount%22", "%26quot%3Bamount%26quot%3B"));

    [Fact]
    public void Field_that_comes_twice_is_refused() => AssertRejected(
        "FORM_MALFORMED", Change(Posted(), "version=1.0", "version=1.0&version=1.0"));

    [Theory]
    [InlineData("%zz")]
    [InlineData("%4")]
    [InlineData("%")]
    public void Broken_escape_is_refused(string escape) => AssertRejected(
        "FORM_MALFORMED", Change(Posted(), "version=1.0", "version=" + escape));

    [Fact]
    public void Truncated_form_is_refused()
    {
        var posted = Posted();
        AssertRejected("SIGNATURE_INVALID", posted with { Body = posted.Body[..^7] });
        AssertRejected("FORM_MALFORMED", posted with { Body = posted.Body[..0] });
    }

    [Fact]
    public void Unsigned_form_is_refused()
    {
        var body = Encoding.ASCII.GetString(Posted().Body.Span);
        var unsigned = body[..body.IndexOf("&sign=", StringComparison.Ordinal)];
        AssertRejected("SIGNATURE_MISSING", Posted() with { Body = Encoding.ASCII.GetBytes(unsigned) });
    }

    [Fact]
    public void Weaker_signature_type_is_refused()
    {
        _fields["sign_type"] = "RSA";
        AssertRejected("SIGN_TYPE_REFUSED", Posted());
    }

    [Fact]
    public void Unknown_charset_is_refused()
    {
        _fields["charset"] = "EBCDIC";
        AssertRejected("FORM_MALFORMED", Posted());
    }

    [Fact]
    public void Text_that_is_not_in_its_charset_is_refused()
    {
        // Signed as it stands, so genuine; but the number cannot be read.
        _fields["out_trade_no"] = "单号";
        AssertRejected("CHARSET_MISMATCH", Posted(Gbk));
    }

    [Theory]
    [InlineData("total_amount", "12.305")]
    [InlineData("gmt_payment", "yesterday")]
    [InlineData("trade_no", "")]
    public void Notification_without_its_particulars_is_refused(string name, string value)
    {
        _fields[name] = value;
        AssertRejected("BODY_MALFORMED", Posted());
    }

    [Fact]
    public void Answers_are_what_the_channel_looks_for()
    {
        var callbacks = _script.Adapter().Callbacks;
        Assert.Equal("success", callbacks.Answer(accepted: true).Body);
        Assert.Equal("failure", callbacks.Answer(accepted: false).Body);
    }

    private ChannelNotification Read(CallbackRequest request, AlipayOptions? options = null) =>
        _script.Adapter(options).Callbacks.Read(request);

    private void AssertRejected(string reason, CallbackRequest request) =>
        Assert.Equal(new ChannelNotification.Rejected(reason), Read(request));

    private static CallbackRequest Change(CallbackRequest request, string from, string to)
    {
        var body = Encoding.ASCII.GetString(request.Body.Span);
        Assert.Contains(from, body);
        return request with { Body = Encoding.ASCII.GetBytes(body.Replace(from, to)) };
    }

    /// <summary>The fields as Alipay posts them: signed over raw values, then percent-encoded byte by byte.</summary>
    private CallbackRequest Posted(Encoding? charset = null, bool keepSignType = false)
    {
        charset ??= Encoding.UTF8;
        var text = string.Join('&', _fields
            .Where(pair => pair.Value.Length > 0 && (keepSignType || pair.Key != "sign_type"))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}"));
        var form = string.Join('&', _fields
            .Append(new("sign", AlipayScript.Sign(charset.GetBytes(text))))
            .Select(pair => $"{pair.Key}={Escape(charset.GetBytes(pair.Value))}"));
        return new CallbackRequest(
            new Dictionary<string, string>(), "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(form));
    }

    private static string Escape(byte[] value) => string.Concat(value.Select(octet =>
        octet == ' ' ? "+" : char.IsAsciiLetterOrDigit((char)octet) || "-_.".Contains((char)octet)
            ? ((char)octet).ToString()
            : $"%{octet:X2}"));
}
