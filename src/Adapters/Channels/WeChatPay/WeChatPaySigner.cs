using System.Security.Cryptography;
using System.Text;
using Ecert.Kernel;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>
/// Signs requests (scheme <c>WECHATPAY2-SHA256-RSA2048</c>) and the call that opens the payer's cashier.
/// </summary>
internal sealed class WeChatPaySigner(WeChatPayOptions options, TimeProvider time, RandomSource random)
{
    private readonly RSA _key = RsaSha256.PrivateKey(options.MerchantPrivateKeyPem);

    /// <summary>The Authorization header's value for exactly these bytes on exactly this path and query.</summary>
    public string Authorization(HttpMethod method, string pathAndQuery, ReadOnlySpan<byte> body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var nonce = Convert.ToHexString(random.Bytes(16));
        var signature = RsaSha256.Sign(_key, RequestText(method, pathAndQuery, timestamp, nonce, body));
        return $"WECHATPAY2-SHA256-RSA2048 mchid=\"{options.MerchantId}\",nonce_str=\"{nonce}\","
            + $"signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{options.MerchantSerial}\"";
    }

    /// <summary>What <c>wx.requestPayment</c> needs, signed.</summary>
    public JsapiPayment Jsapi(string prepayId)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var nonce = Convert.ToHexString(random.Bytes(16));
        var package = $"prepay_id={prepayId}";
        var signature = RsaSha256.Sign(_key, JsapiText(options.AppId, timestamp, nonce, package));
        return new JsapiPayment(options.AppId, $"{timestamp}", nonce, package, "RSA", signature);
    }

    /// <summary>Five lines, each closed by LF; the fifth is the body as sent, empty when there is none.</summary>
    public static byte[] RequestText(
        HttpMethod method, string pathAndQuery, long timestamp, string nonce, ReadOnlySpan<byte> body) =>
        [.. Encoding.UTF8.GetBytes($"{method.Method}\n{pathAndQuery}\n{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];

    /// <summary>Four lines, each closed by LF; <c>signType</c> is not among them.</summary>
    public static byte[] JsapiText(string appId, long timestamp, string nonce, string package) =>
        Encoding.UTF8.GetBytes($"{appId}\n{timestamp}\n{nonce}\n{package}\n");
}
