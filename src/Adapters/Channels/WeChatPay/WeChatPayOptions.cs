using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>One merchant's access to WeChat Pay, API v3.</summary>
public sealed record WeChatPayOptions
{
    /// <summary>
    /// Where the API is: <c>https://api.mch.weixin.qq.com</c>, its backup, or a stand-in. A path prefix is part of the
    /// signed path.
    /// </summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The merchant's number (<c>mchid</c>).</summary>
    public required string MerchantId { get; init; }

    /// <summary>The app or mini-program the payers use (<c>appid</c>).</summary>
    public required string AppId { get; init; }

    /// <summary>The serial of the merchant API certificate, hex.</summary>
    public required string MerchantSerial { get; init; }

    /// <summary>The private key of that certificate, PEM.</summary>
    public required string MerchantPrivateKeyPem { get; init; }

    /// <summary>The APIv3 key: 32 ASCII characters, decrypts notifications and platform certificates.</summary>
    public required string ApiV3Key { get; init; }

    /// <summary>Where WeChat Pay posts payments; no query string.</summary>
    public required Uri PaymentNotifyUrl { get; init; }

    /// <summary>Where WeChat Pay posts refunds; no query string.</summary>
    public required Uri RefundNotifyUrl { get; init; }

    /// <summary>
    /// Keys known from the start: platform certificates and the WeChat Pay public key, all accepted at once, since
    /// WeChat Pay moves a merchant from the one to the other over days.
    /// </summary>
    public IReadOnlyList<WeChatPayKey> PlatformKeys { get; init; } = [];

    /// <summary>
    /// Whether platform certificates are downloaded from <c>/v3/certificates</c>. False for merchants that have only
    /// the public key: for them the address answers 404.
    /// </summary>
    public bool DownloadsCertificates { get; init; } = true;

    /// <summary>How old downloaded certificates may grow before they are downloaded again.</summary>
    public TimeSpan CertificateRefresh { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Timeouts, repeats and the circuit breaker.</summary>
    public ResilienceOptions Resilience { get; init; } = new();
}

/// <summary>A key WeChat Pay signs with.</summary>
/// <param name="Id">The certificate's serial in hex, or <c>PUB_KEY_ID_…</c>.</param>
/// <param name="Pem">The certificate or the public key, PEM.</param>
public sealed record WeChatPayKey(string Id, string Pem)
{
    /// <summary>The prefix of the ids of public keys; they never expire and are never downloaded.</summary>
    public const string PublicKeyPrefix = "PUB_KEY_ID_";
}
