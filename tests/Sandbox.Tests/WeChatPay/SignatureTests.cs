using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.WeChatPay;

public sealed class SignatureTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;
    private WeChatClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new WeChatClient(_sandbox);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task An_answer_verifies_with_openssl_under_the_platform_key()
    {
        var answer = await _client.PlaceAsync("ORDER0001");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(RunningSandbox.Parties.WeChatPay.PlatformSerial, answer.Headers["Wechatpay-Serial"]);
        Assert.Equal("WECHATPAY2-SHA256-RSA2048", answer.Headers["Wechatpay-Signature-Type"]);
        Assert.Equal("0", answer.Number);
        Assert.True(await OpenSsl.VerifiesSha256Async(
            RunningSandbox.Parties.WeChatPay.Platform.PublicKeyPem,
                WeChatClient.SignedText(answer.Headers, answer.Body),
            answer.Headers["Wechatpay-Signature"]));
    }

    [Fact]
    public async Task An_answer_without_content_is_signed_over_an_empty_body()
    {
        await _client.PlaceAsync("ORDER0002");

        var answer = await _client.PostAsync(
            "/v3/pay/transactions/out-trade-no/ORDER0002/close", new JsonObject { ["mchid"] = _client.MerchantId });

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Empty(answer.Body);
        Assert.True(await OpenSsl.VerifiesSha256Async(
            RunningSandbox.Parties.WeChatPay.Platform.PublicKeyPem, WeChatClient.SignedText(answer.Headers, []),
            answer.Headers["Wechatpay-Signature"]));
    }

    [Fact]
    public async Task The_request_picks_the_key_of_the_answer()
    {
        _client.PlatformSerial = RunningSandbox.Parties.WeChatPay.PublicKeyId;

        var answer = await _client.PlaceAsync("ORDER0003");

        Assert.Equal(RunningSandbox.Parties.WeChatPay.PublicKeyId, answer.Headers["Wechatpay-Serial"]);
    }

    [Theory]
    [InlineData(299)]
    [InlineData(-299)]
    public async Task A_clock_less_than_300_seconds_off_is_accepted(int seconds)
    {
        _client.Skew = TimeSpan.FromSeconds(seconds);

        Assert.Equal(HttpStatusCode.OK, (await _client.PlaceAsync("ORDER0004")).Status);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    public async Task A_clock_more_than_300_seconds_off_is_refused(int seconds)
    {
        _client.Skew = TimeSpan.FromSeconds(seconds);

        AssertSignError(await _client.PlaceAsync("ORDER0005"), "timestamp");
    }

    [Fact]
    public async Task The_items_may_come_in_any_order_and_the_serial_in_lower_case()
    {
        _client.Items = ["timestamp", "serial_no", "signature", "mchid", "nonce_str"];
        _client.Serial = _client.Serial.ToLowerInvariant();

        Assert.Equal(HttpStatusCode.OK, (await _client.PlaceAsync("ORDER0006")).Status);
    }

    [Fact]
    public async Task A_missing_item_is_refused()
    {
        _client.Items = ["timestamp", "serial_no", "signature", "mchid"];

        AssertSignError(await _client.PlaceAsync("ORDER0007"), "authorization");
    }

    [Fact]
    public async Task Another_scheme_is_refused()
    {
        _client.Scheme = "WECHATPAY2-SHA1-RSA2048";

        AssertSignError(await _client.PlaceAsync("ORDER0008"), "authorization");
    }

    [Fact]
    public async Task Another_key_is_refused_with_the_real_body()
    {
        using var stranger = RSA.Create(2048);
        _client.PrivateKeyPem = stranger.ExportPkcs8PrivateKeyPem();

        var answer = await _client.GetAsync("/v3/certificates?algorithm_type=RSA");

        AssertSignError(answer, "signature");
        Assert.Equal("错误的签名，验签失败", (string)answer.Json["message"]!);
        var detail = answer.Json["detail"]!;
        Assert.Equal("sign not match", (string)detail["detail"]!["issue"]!);
        Assert.Equal("authorization", (string)detail["location"]!);
        Assert.Equal("GET", (string)detail["sign_information"]!["method"]!);
        Assert.Equal("/wechatpay/v3/certificates?algorithm_type=RSA", (string)detail["sign_information"]!["url"]!);
        // The real sample counts 85 for a 35-character URL; ours is 10 longer.
        Assert.Equal(95, (int)detail["sign_information"]!["sign_message_length"]!);
    }

    [Fact]
    public async Task A_body_other_than_the_signed_one_is_refused()
    {
        _client.SentBody = Encoding.UTF8.GetBytes(_client.Order("ORDER0009", 1).ToJsonString());

        AssertSignError(await _client.PlaceAsync("ORDER0009", 900), "signature");
    }

    [Fact]
    public async Task An_unknown_merchant_or_certificate_is_refused()
    {
        AssertSignError(await new WeChatClient(_sandbox) { MerchantId = "1900000009" }.PlaceAsync("ORDER0010"),
            "mchid");
        AssertSignError(await new WeChatClient(_sandbox) { Serial = new string('A', 40) }.PlaceAsync("ORDER0010"),
            "serial_no");
    }

    [Fact]
    public async Task Errors_are_not_signed_unless_switched_on()
    {
        var plain = await _client.GetAsync($"/v3/pay/transactions/out-trade-no/NOBODY?mchid={_client.MerchantId}");
        await using var signing = await RunningSandbox.StartAsync(options => options with
        {
            WeChatPay = options.WeChatPay! with { SignErrors = true },
        });
        var signed = await new WeChatClient(signing).GetAsync(
            $"/v3/pay/transactions/out-trade-no/NOBODY?mchid={_client.MerchantId}");

        Assert.Equal("ORDER_NOT_EXIST", plain.Code);
        Assert.False(plain.Headers.ContainsKey("Wechatpay-Signature"));
        Assert.True(await OpenSsl.VerifiesSha256Async(
            RunningSandbox.Parties.WeChatPay.Platform.PublicKeyPem,
                WeChatClient.SignedText(signed.Headers, signed.Body),
            signed.Headers["Wechatpay-Signature"]));
    }

    [Fact]
    public async Task Certificates_come_sealed_under_the_APIv3_key()
    {
        var answer = await _client.GetAsync("/v3/certificates");

        var row = Assert.Single(answer.Json["data"]!.AsArray())!;
        Assert.Equal(RunningSandbox.Parties.WeChatPay.PlatformSerial, (string)row["serial_no"]!);
        Assert.Equal(
            RunningSandbox.Parties.WeChatPay.Platform.CertificatePem, Gcm.Open(row["encrypt_certificate"]!.AsObject()));
    }

    private static void AssertSignError(WeChatAnswer answer, string field)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("SIGN_ERROR", answer.Code);
        Assert.Equal(field, (string)answer.Json["detail"]!["field"]!);
        Assert.Equal("268443699", answer.Number);
    }
}
