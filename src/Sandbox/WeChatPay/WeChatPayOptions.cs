using Ecert.Kernel;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>What the WeChat Pay stand-in knows.</summary>
public sealed record WeChatPayOptions
{
    /// <summary>The merchants that may call.</summary>
    public required IReadOnlyList<WeChatMerchant> Merchants { get; init; }

    /// <summary>
    /// The keys answers and callbacks are signed with. The first is the default; a request's <c>Wechatpay-Serial</c>
    /// picks another. Two with certificates at once are a rotation.
    /// </summary>
    public required IReadOnlyList<WeChatPlatformKey> PlatformKeys { get; init; }

    /// <summary>Bills of today and of any past day can be had at once, not from 10:00 of the next day.</summary>
    public bool BillsReadyAtOnce { get; init; }

    /// <summary>How long an accepted refund stays <c>PROCESSING</c>.</summary>
    public TimeSpan RefundTakes { get; init; } = TimeSpan.Zero;

    /// <summary>The merchant's fee on a payment, booked in the bills.</summary>
    public Ratio FeeRate { get; init; } = new(60);

    /// <summary>Sign 4xx and 5xx answers too. The real server does not.</summary>
    public bool SignErrors { get; init; }
}

/// <summary>A registered merchant.</summary>
/// <param name="MerchantId"><c>mchid</c>.</param>
/// <param name="AppIds">The <c>appid</c>s bound to it.</param>
/// <param name="CertificatePem">The merchant API certificate; its serial number names it in
/// <c>Authorization</c>.</param>
/// <param name="ApiV3Key">32 ASCII characters: the key of certificates and callbacks.</param>
public sealed record WeChatMerchant(
    string MerchantId, IReadOnlyList<string> AppIds, string CertificatePem, string ApiV3Key);

/// <summary>A key of the platform.</summary>
/// <param name="PrivateKeyPem">RSA, PKCS#8.</param>
/// <param name="CertificatePem">Its certificate; null in public-key mode.</param>
/// <param name="PublicKeyId"><c>PUB_KEY_ID_…</c> in public-key mode; null when there is a certificate.</param>
public sealed record WeChatPlatformKey(string PrivateKeyPem, string? CertificatePem, string? PublicKeyId);
