using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecert.Sandbox.Tests.Support;

public sealed record WeChatAnswer(HttpStatusCode Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
    public string Code => (string)Json["code"]!;

    /// <summary>The digits after the last hyphen of Request-ID.</summary>
    public string Number => Headers["Request-ID"].Split('-')[^1];
}

/// <summary>A merchant that signs by hand, as the published rules say.</summary>
public sealed class WeChatClient(RunningSandbox sandbox)
{
    public string Scheme { get; set; } = "WECHATPAY2-SHA256-RSA2048";
    public string MerchantId { get; set; } = RunningSandbox.Parties.WeChatPay.MerchantId;
    public string Serial { get; set; } = RunningSandbox.Parties.WeChatPay.MerchantSerial;
    public string PrivateKeyPem { get; set; } = RunningSandbox.Parties.WeChatPay.Merchant.PrivateKeyPem;
    public TimeSpan Skew { get; set; }
    public string[] Items { get; set; } = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"];
    public string? PlatformSerial { get; set; }
    public byte[]? SentBody { get; set; }

    public Task<WeChatAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, "");

    public Task<WeChatAnswer> PostAsync(string path, JsonObject body) =>
        SendAsync(HttpMethod.Post, path, body.ToJsonString());

    public async Task<WeChatAnswer> SendAsync(HttpMethod method, string path, string body)
    {
        var target = "/wechatpay" + path;
        var timestamp = (sandbox.Clock.GetUtcNow() + Skew).ToUnixTimeSeconds().ToString();
        var nonce = Guid.NewGuid().ToString("N");
        using var rsa = RSA.Create();
        rsa.ImportFromPem(PrivateKeyPem);
        var message = $"{method.Method}\n{target}\n{timestamp}\n{nonce}\n{body}\n";
        var signature = Convert.ToBase64String(
            rsa.SignData(Encoding.UTF8.GetBytes(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var values = new Dictionary<string, string>
        {
            ["mchid"] = MerchantId, ["nonce_str"] = nonce, ["signature"] = signature, ["timestamp"] = timestamp,
            ["serial_no"] = Serial,
        };
        using var request = new HttpRequestMessage(method, sandbox.Base + target);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Scheme} {string.Join(',', Items.Select(item => $"{item}=\"{values[item]}\""))}");
        if (PlatformSerial is { } serial)
            request.Headers.TryAddWithoutValidation("Wechatpay-Serial", serial);
        if (method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(SentBody ?? Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }
        using var response = await sandbox.Http.SendAsync(request);
        return new WeChatAnswer(
            response.StatusCode, await response.Content.ReadAsByteArrayAsync(),
            response.Headers.ToDictionary(
                header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A JSAPI order as the reference shows it.</summary>
    public JsonObject Order(string number, long fen = 100, string description = "地铁乘车费") => new()
    {
        ["appid"] = RunningSandbox.Parties.WeChatPay.AppId,
        ["mchid"] = MerchantId,
        ["description"] = description,
        ["out_trade_no"] = number,
        ["notify_url"] = sandbox.Receiver.Url,
        ["amount"] = new JsonObject { ["total"] = fen, ["currency"] = "CNY" },
        ["payer"] = new JsonObject { ["openid"] = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" },
    };

    public Task<WeChatAnswer> PlaceAsync(string number, long fen = 100) =>
        PostAsync("/v3/pay/transactions/jsapi", Order(number, fen));

    /// <summary>Places an order and is the user who pays it.</summary>
    public async Task PayAsync(string number, long fen = 100)
    {
        Assert.Equal(HttpStatusCode.OK, (await PlaceAsync(number, fen)).Status);
        await sandbox.ControlAsync("/control/wechatpay/pay", new { out_trade_no = number });
    }

    public Task<WeChatAnswer> RefundAsync(string order, string number, long fen, long total, string? notifyUrl = null)
    {
        var body = new JsonObject
        {
            ["out_trade_no"] = order,
            ["out_refund_no"] = number,
            ["amount"] = new JsonObject { ["refund"] = fen, ["total"] = total, ["currency"] = "CNY" },
        };
        if (notifyUrl is not null)
            body["notify_url"] = notifyUrl;
        return PostAsync("/v3/refund/domestic/refunds", body);
    }

    public async Task<string> StateAsync(string number) => (string)(await GetAsync(
        $"/v3/pay/transactions/out-trade-no/{number}?mchid={MerchantId}")).Json["trade_state"]!;

    /// <summary>The text the platform signs over a body.</summary>
    public static byte[] SignedText(IReadOnlyDictionary<string, string> headers, byte[] body) =>
    [
        .. Encoding.UTF8.GetBytes($"{headers["Wechatpay-Timestamp"]}\n{headers["Wechatpay-Nonce"]}\n"), .. body,
        (byte)'\n',
    ];
}
