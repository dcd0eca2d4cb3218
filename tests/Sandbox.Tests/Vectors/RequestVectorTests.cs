using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Fixtures;
using Ecert.Sandbox.Alipay;
using Ecert.Sandbox.WeChatPay;
using Ecert.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace Ecert.Sandbox.Tests.Vectors;

/// <summary>
/// Requests signed elsewhere with throw-away keys and verified with openssl: only what is public of them is kept here.
/// </summary>
public sealed class RequestVectorTests
{
    private static readonly JsonNode Vectors = JsonNode.Parse(
        typeof(RequestVectorTests).Assembly.GetManifestResourceStream("requests.json")!)!;

    private static readonly RequestSignature Merchants = new(
        [new WeChatMerchant("1230000109", [], Certificate("mch"), new string('0', 32))],
        new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1554208460)));

    private static readonly AppKey App = new(new AlipayApp("2021000000000001", "2088", Certificate("aapp"), null));

    [Theory]
    [InlineData("wx.request.post")]
    [InlineData("wx.request.get")]
    public void A_WeChat_Pay_request_verifies_and_no_longer_once_a_byte_is_changed(string name)
    {
        var (message, signature) = Vector(name);
        var lines = message.Split('\n');

        Assert.Equal("1230000109", Merchants.Verify(Request(lines, lines[4], signature)).MerchantId);
        Assert.Throws<WeChatPayRefusedException>(() => Merchants.Verify(Request(lines, lines[4] + " ", signature)));
    }

    [Fact]
    public void An_Alipay_request_verifies_over_the_content_rebuilt_from_query_and_form()
    {
        var (message, signature) = Vector("ali.v2.request");
        var pairs = message.Split('&').Select(pair => pair.Split('=', 2)).ToArray();
        var query = string.Join('&', pairs.Where(pair => pair[0] != "biz_content")
            .Reverse().Append(["sign", signature]).Select(Encode));
        var form = Encode(pairs.Single(pair => pair[0] == "biz_content"));

        var parameters = GatewayParameters.Read($"/gateway.do?{query}", Encoding.ASCII.GetBytes(form))!;

        Assert.Equal(message, Encoding.UTF8.GetString(parameters.SignedContent));
        Assert.True(App.Verifies(parameters.SignedContent, signature));
        Assert.False(App.Verifies([.. parameters.SignedContent, 0], signature));
        Assert.False(App.Verifies(parameters.SignedContent, "not base64"));
    }

    [Fact]
    public void A_certificate_number_is_the_one_Alipays_own_client_computes() =>
        Assert.Equal("d38ce85c17873f982a16b34f513a3074", App.CertificateNumber);

    private static RawRequest Request(string[] lines, string body, string signature)
    {
        var headers = new HeaderDictionary
        {
            ["Authorization"] = $"WECHATPAY2-SHA256-RSA2048 mchid=\"1230000109\",nonce_str=\"{lines[3]}\","
                + $"signature=\"{signature}\",timestamp=\"{lines[2]}\","
                + "serial_no=\"77044e9c6551cce7ca646eed71751aa168ecb37f\"",
        };
        return new RawRequest(lines[0], lines[1], headers, Encoding.UTF8.GetBytes(body));
    }

    private static string Encode(string[] pair) => $"{pair[0]}={WebUtility.UrlEncode(pair[1])}";

    private static string Certificate(string name) => (string)Vectors["certificates"]![name]!;

    private static (string Message, string Signature) Vector(string name)
    {
        var vector = Vectors["vectors"]!.AsArray().Single(one => (string)one!["name"]! == name)!;
        return ((string)vector["message"]!, (string)vector["signature"]!);
    }
}
