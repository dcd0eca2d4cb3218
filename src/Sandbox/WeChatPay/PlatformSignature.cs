using Ecert.Kernel;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>The headers that prove an answer or a callback comes from the platform.</summary>
internal sealed class PlatformSignature(TimeProvider clock, RandomSource random)
{
    /// <summary>How the platform's deliberate wrong signatures begin.</summary>
    private const string Probe = "WECHATPAY/SIGNTEST/";

    /// <summary>Signs a body, or spoils the signature the way the platform's probes do.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers(PlatformKey key, ReadOnlySpan<byte> body, bool spoilt)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var nonce = Convert.ToHexStringLower(random.Bytes(16));
        var signature = spoilt
            ? Probe + Convert.ToBase64String(random.Bytes(256))
            : key.Sign(timestamp, nonce, body);
        return
        [
            new("Wechatpay-Timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("Wechatpay-Nonce", nonce),
            new("Wechatpay-Serial", key.Serial),
            new("Wechatpay-Signature", signature),
            new("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048"),
        ];
    }
}
