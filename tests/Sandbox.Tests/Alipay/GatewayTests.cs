using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Alipay;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.Alipay;

public sealed class GatewayTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;
    private AlipayClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new AlipayClient(_sandbox);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task An_answer_is_signed_over_its_exact_characters_with_the_node_first()
    {
        var answer = await _client.CallAsync("alipay.trade.precreate", AlipayClient.Trade("TRADE0001"));

        Assert.StartsWith("""{"alipay_trade_precreate_response":{"code":"10000","msg":"Success",""", answer.Text,
            StringComparison.Ordinal);
        Assert.Contains("https:\\/\\/qr.alipay.com\\/", answer.SignedText, StringComparison.Ordinal);
        Assert.Equal(["alipay_trade_precreate_response", "alipay_cert_sn", "sign"],
            answer.Json.Select(member => member.Key));
        Assert.Equal(
            CertificateNumbers.Of(RunningSandbox.Parties.Alipay.Platform.CertificatePem),
                (string)answer.Json["alipay_cert_sn"]!);
        Assert.True(await answer.VerifiesAsync());
    }

    [Fact]
    public async Task Parameters_may_all_be_in_the_form()
    {
        _client.EverythingInTheForm = true;

        Assert.Equal("10000", (await _client.CreateAsync("TRADE0001")).Code);
    }

    [Fact]
    public async Task Empty_parameters_are_left_out_of_the_signature()
    {
        _client.System["return_url"] = "";

        Assert.Equal("10000", (await _client.CreateAsync("TRADE0001")).Code);
    }

    [Fact]
    public async Task A_changed_amount_is_refused_inside_the_node_and_signed()
    {
        _client.ChangeBusinessAfterSigning = text => text.Replace("12.50", "0.01", StringComparison.Ordinal);

        var answer = await _client.CreateAsync("TRADE0001");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(("40002", "isv.invalid-signature"), (answer.Code, answer.SubCode));
        Assert.True(await answer.VerifiesAsync());
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        using var stranger = RSA.Create(2048);
        _client.PrivateKeyPem = stranger.ExportPkcs8PrivateKeyPem();

        Assert.Equal("isv.invalid-signature", (await _client.CreateAsync("TRADE0001")).SubCode);
    }

    [Theory]
    [InlineData("app_cert_sn", "", "isv.missing-app-cert-sn")]
    [InlineData("app_cert_sn", "00", "isv.invalid-app-cert-sn")]
    [InlineData("alipay_root_cert_sn", "", "isv.missing-alipay-root-cert-sn")]
    [InlineData("alipay_root_cert_sn", "00", "isv.invalid-alipay-root-cert-sn")]
    [InlineData("sign_type", "RSA", "isv.invalid-signature-type")]
    [InlineData("timestamp", "2026-11-02", "isv.invalid-timestamp")]
    [InlineData("timestamp", "", "isv.missing-timestamp")]
    [InlineData("version", "", "isv.missing-version")]
    public async Task A_system_parameter_at_fault_is_named(string name, string value, string subCode)
    {
        _client.System[name] = value;

        Assert.Equal(subCode, (await _client.CreateAsync("TRADE0001")).SubCode);
    }

    [Fact]
    public async Task An_unknown_app_or_method_is_an_unsigned_error_response()
    {
        var method = await _client.CallAsync("alipay.trade.unheard", []);
        _client.System["app_id"] = "2021000000000009";
        var app = await _client.CreateAsync("TRADE0001");

        Assert.Equal(["error_response"], method.Json.Select(member => member.Key));
        Assert.Equal("isv.invalid-method", method.SubCode);
        Assert.Equal(["error_response"], app.Json.Select(member => member.Key));
        Assert.Equal("isv.invalid-app-id", app.SubCode);
    }

    [Fact]
    public async Task Key_mode_asks_for_no_certificate_numbers_and_sends_none()
    {
        await using var keyMode = await RunningSandbox.StartAsync(options => options with
        {
            Alipay = options.Alipay! with
            {
                Apps = [options.Alipay.Apps[0] with
                {
                    CertificatePem = null, PublicKeyPem = RunningSandbox.Parties.Alipay.App.PublicKeyPem,
                }],
            },
        });
        var client = new AlipayClient(keyMode);
        client.System.Remove("app_cert_sn");
        client.System.Remove("alipay_root_cert_sn");

        var answer = await client.CreateAsync("TRADE0001");

        Assert.Equal("10000", answer.Code);
        Assert.False(answer.Json.ContainsKey("alipay_cert_sn"));
        Assert.True(await answer.VerifiesAsync());
    }

    [Fact]
    public async Task Alipays_certificate_can_be_downloaded_by_its_number()
    {
        var pem = RunningSandbox.Parties.Alipay.Platform.CertificatePem;

        var answer = await _client.CallAsync(
            "alipay.open.app.alipaycert.download", new JsonObject { ["alipay_cert_sn"] = CertificateNumbers.Of(pem) });

        Assert.Equal(pem, Encoding.ASCII.GetString(
            Convert.FromBase64String((string)answer.Node["alipay_cert_content"]!)));
    }

    [Fact]
    public void A_parameter_with_two_values_or_broken_encoding_is_refused()
    {
        Assert.Null(GatewayParameters.Read("/x?charset=utf-8&a=1", "a=2"u8.ToArray()));
        Assert.Null(GatewayParameters.Read("/x?charset=utf-8", "a=%G1"u8.ToArray()));
        Assert.Null(GatewayParameters.Read("/x?charset=utf-8", "a=%1"u8.ToArray()));
        Assert.Null(GatewayParameters.Read("/x?charset=klingon", []));
        Assert.Equal("1", GatewayParameters.Read("/x?charset=utf-8&a=1", "a=1"u8.ToArray())!["a"]);
    }

    [Fact]
    public void The_signed_content_is_sorted_decoded_and_without_sign_and_empties()
    {
        var parameters = GatewayParameters.Read(
            "/x?sign_type=RSA2&charset=utf-8&sign=abc&empty=",
                "biz_content=%7B%22a%22%3A+%22%E5%9C%B0%2B%22%7D"u8.ToArray());

        Assert.Equal(
            """biz_content={"a": "地+"}&charset=utf-8&sign_type=RSA2""",
                Encoding.UTF8.GetString(parameters!.SignedContent));
    }

    [Fact]
    public void Text_without_a_charset_on_the_url_is_read_as_GBK()
    {
        var parameters = GatewayParameters.Read("/x", "charset=utf-8&subject=%B5%D8%CC%FA"u8.ToArray());

        Assert.Equal("地铁", parameters!["subject"]);
    }
}
