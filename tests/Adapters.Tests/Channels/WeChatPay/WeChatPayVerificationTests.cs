using Ecert.Adapters.Channels.WeChatPay;
using Ecert.Adapters.Ports;

namespace Ecert.Adapters.Tests.Channels.WeChatPay;

/// <summary>An answer that cannot be verified is never a success, and keys come and go while calls go on.</summary>
public sealed class WeChatPayVerificationTests
{
    private readonly WeChatPayScript _script = new();

    [Theory]
    [InlineData(0)]
    [InlineData(-299)]
    [InlineData(299)]
    public async Task Answer_inside_the_window_is_believed(long skew)
    {
        _script.Server.Answers(_ => _script.Signed(WeChatPayScript.Transaction("SUCCESS"), skew: skew));
        Assert.IsType<ChannelOutcome.Paid>(await QueryAsync());
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task Answer_outside_the_window_is_unknown(long skew)
    {
        _script.Server.Answers(_ => _script.Signed(WeChatPayScript.Transaction("SUCCESS"), skew: skew));
        await AssertNotBelievedAsync("TIMESTAMP_SKEWED");
    }

    [Fact]
    public async Task Answer_of_another_key_is_unknown()
    {
        _script.Server.Answers(_ =>
            _script.Signed(WeChatPayScript.Transaction("SUCCESS"), key: WeChatPayScript.OtherKey));
        await AssertNotBelievedAsync("SIGNATURE_INVALID");
    }

    [Theory]
    [InlineData("WECHATPAY/SIGNTEST/s1gn=")]
    [InlineData("WECHATPAY/SIGNTEST/jLS8BsYo")]
    [InlineData("%%%")]
    [InlineData("")]
    public async Task Signature_probe_is_unknown_and_no_crash(string signature)
    {
        _script.Server.Answers(_ => _script.Signed(WeChatPayScript.Transaction("SUCCESS"), signature: signature));
        await AssertNotBelievedAsync("SIGNATURE_INVALID");
    }

    [Fact]
    public async Task Body_changed_on_the_way_is_unknown()
    {
        var genuine = WeChatPayScript.Transaction("NOTPAY");
        _script.Server.Answers(_ =>
        {
            var forged = _script.Signed(genuine);
            forged.Content = new StringContent(genuine.Replace("NOTPAY", "SUCCESS"));
            return forged;
        });
        await AssertNotBelievedAsync("SIGNATURE_INVALID");
    }

    [Fact]
    public async Task Unsigned_success_is_unknown()
    {
        _script.Server.Answers(200, WeChatPayScript.Transaction("SUCCESS"));
        await AssertNotBelievedAsync("SIGNATURE_HEADERS_INCOMPLETE");
    }

    [Fact]
    public async Task Truncated_answer_is_unknown()
    {
        var whole = WeChatPayScript.Transaction("SUCCESS");
        _script.Server.Answers(_ =>
        {
            var cut = _script.Signed(whole);
            cut.Content = new StringContent(whole[..40]);
            return cut;
        });
        await AssertNotBelievedAsync("SIGNATURE_INVALID");
    }

    [Fact]
    public async Task Unknown_public_key_id_is_refused_without_a_download()
    {
        var certificate = _script.Certificate(WeChatPayScript.OtherKey);
        AnswersCertificates(certificate);
        _script.Server.Answers(_ => _script.Signed(WeChatPayScript.Transaction("SUCCESS"), id: "PUB_KEY_ID_99"));
        Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync(CertificatesOnly));
        Assert.Single(_script.Server.Requests, IsDownload);
    }

    [Fact]
    public async Task First_call_downloads_certificates_and_believes_them_by_their_own_signature()
    {
        var certificate = _script.Certificate(WeChatPayScript.OtherKey);
        AnswersCertificates(certificate);
        AnswersTransaction(certificate.Serial.ToLowerInvariant());
        Assert.IsType<ChannelOutcome.Paid>(await QueryAsync(CertificatesOnly));
        Assert.EndsWith("/v3/certificates", _script.Server.Requests[0].Address.AbsolutePath);
        Assert.Contains("mchid=\"1900000001\"", _script.Server.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task Certificates_signed_by_a_key_they_do_not_bring_are_not_believed()
    {
        var certificate = _script.Certificate(WeChatPayScript.OtherKey);
        _script.Server.Answers(_ => _script.Signed(
            WeChatPayScript.Certificates(certificate), key: WeChatPayScript.MerchantKey, id: certificate.Serial));
        Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync(CertificatesOnly));
        Assert.Single(_script.Server.Requests);
    }

    [Fact]
    public async Task New_serial_brings_exactly_one_download()
    {
        var old = _script.Certificate(WeChatPayScript.PlatformKey);
        var renewed = _script.Certificate(WeChatPayScript.OtherKey);
        using var adapter = _script.Adapter(CertificatesOnly);
        _script.Server.Answers(_ => _script.Signed(WeChatPayScript.Certificates(old), id: old.Serial));
        _script.Server.Answers(_ => _script.Signed(WeChatPayScript.Transaction("SUCCESS"), id: old.Serial));
        await adapter.Payments.QueryAsync(WeChatPayScript.Payment, default);
        AnswersTransaction(renewed.Serial);
        AnswersCertificates(old, renewed);
        AnswersTransaction(renewed.Serial);

        for (var call = 0; call < 2; call++)
            Assert.IsType<ChannelOutcome.Paid>(await adapter.Payments.QueryAsync(WeChatPayScript.Payment, default));
        Assert.Equal(2, _script.Server.Requests.Count(IsDownload));
    }

    [Fact]
    public async Task Serial_sought_in_vain_is_not_sought_again()
    {
        var known = _script.Certificate(WeChatPayScript.OtherKey);
        using var adapter = _script.Adapter(CertificatesOnly);
        AnswersCertificates(known);
        AnswersTransaction("ABCDEF");
        AnswersCertificates(known);
        AnswersTransaction("ABCDEF");
        for (var call = 0; call < 2; call++)
            Assert.IsType<ChannelOutcome.Unknown>(await adapter.Payments.QueryAsync(WeChatPayScript.Payment, default));
        Assert.Equal(2, _script.Server.Requests.Count(IsDownload));
    }

    [Fact]
    public async Task Notification_under_an_unknown_serial_brings_a_download_at_the_next_call_once_a_minute()
    {
        var old = _script.Certificate(WeChatPayScript.OtherKey);
        var renewed = _script.Certificate(WeChatPayScript.PlatformKey);
        using var adapter = _script.Adapter(CertificatesOnly);
        AnswersCertificates(old);
        await adapter.RefreshKeysAsync(default);
        var posted = PostedUnder(renewed.Serial);
        Assert.Equal(new ChannelNotification.Rejected("KEY_UNKNOWN"), adapter.Callbacks.Read(posted));
        await adapter.RefreshKeysAsync(default);
        Assert.Single(_script.Server.Requests);

        _script.Time.Advance(TimeSpan.FromMinutes(1));
        _script.Server.Answers(_ => _script.Signed(
            WeChatPayScript.Certificates(old, renewed), key: WeChatPayScript.OtherKey, id: old.Serial));
        await adapter.RefreshKeysAsync(default);
        Assert.IsType<ChannelNotification.PaymentSucceeded>(adapter.Callbacks.Read(PostedUnder(renewed.Serial)));
    }

    [Fact]
    public async Task Certificates_grow_old_and_are_downloaded_again()
    {
        var certificate = _script.Certificate(WeChatPayScript.OtherKey);
        using var adapter = _script.Adapter(CertificatesOnly);
        AnswersCertificates(certificate);
        await adapter.RefreshKeysAsync(default);
        _script.Time.Advance(TimeSpan.FromHours(12));
        AnswersCertificates(certificate);
        await adapter.RefreshKeysAsync(default);
        Assert.Equal(2, _script.Server.Requests.Count);
    }

    [Fact]
    public async Task Certificates_and_public_key_are_accepted_at_once()
    {
        var certificate = _script.Certificate(WeChatPayScript.OtherKey);
        using var adapter = _script.Adapter(_script.Options with
        {
            PlatformKeys = [.. _script.Options.PlatformKeys, new WeChatPayKey(certificate.Serial, certificate.Pem)],
        });
        AnswersTransaction(certificate.Serial);
        _script.Answers(WeChatPayScript.Transaction("SUCCESS"));
        for (var call = 0; call < 2; call++)
            Assert.IsType<ChannelOutcome.Paid>(await adapter.Payments.QueryAsync(WeChatPayScript.Payment, default));
    }

    [Fact]
    public async Task Certificate_past_its_time_is_not_believed()
    {
        var certificate = _script.Certificate(WeChatPayScript.OtherKey);
        _script.Time.Advance(TimeSpan.FromDays(31));
        AnswersTransaction(certificate.Serial);
        Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync(_script.Options with
        {
            PlatformKeys = [new WeChatPayKey(certificate.Serial, certificate.Pem)],
        }));
    }

    private WeChatPayOptions CertificatesOnly =>
        _script.Options with { PlatformKeys = [], DownloadsCertificates = true };

    private CallbackRequest PostedUnder(string serial)
    {
        var posted = _script.Posted("TRANSACTION.SUCCESS", WeChatPayScript.Transaction("SUCCESS"));
        return posted with { Headers = _script.Headers(posted.Body.ToArray(), id: serial) };
    }

    private static bool IsDownload(RecordedRequest request) =>
        request.Address.AbsolutePath.EndsWith("/v3/certificates");

    private void AnswersCertificates(params (string Serial, string Pem)[] certificates) => _script.Server.Answers(_ =>
        _script.Signed(
            WeChatPayScript.Certificates(certificates), key: WeChatPayScript.OtherKey, id: certificates[^1].Serial));

    private void AnswersTransaction(string serial) => _script.Server.Answers(_ =>
        _script.Signed(WeChatPayScript.Transaction("SUCCESS"), key: WeChatPayScript.OtherKey, id: serial));

    private async Task<ChannelOutcome> QueryAsync(WeChatPayOptions? options = null)
    {
        using var adapter = _script.Adapter(options);
        return await adapter.Payments.QueryAsync(WeChatPayScript.Payment, default);
    }

    private async Task AssertNotBelievedAsync(string reason) =>
        Assert.Contains(reason, Assert.IsType<ChannelOutcome.Unknown>(await QueryAsync()).Why);
}
