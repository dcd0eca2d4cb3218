using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>One app's access to the Alipay Open Platform, v2 gateway.</summary>
public sealed record AlipayOptions
{
    /// <summary>The gateway with its path: <c>https://openapi.alipay.com/gateway.do</c>, or a stand-in's.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>The app's id.</summary>
    public required string AppId { get; init; }

    /// <summary>
    /// The app's private key, PEM: RSA for <see cref="AlipaySignType.Rsa2"/>, SM2 for <see cref="AlipaySignType.Sm2"/>.
    /// </summary>
    public required string AppPrivateKeyPem { get; init; }

    /// <summary>Whom we believe: Alipay's bare public key, or certificates.</summary>
    public required AlipayTrust Trust { get; init; }

    /// <summary>How requests are signed and answers verified.</summary>
    public AlipaySignType SignType { get; init; } = AlipaySignType.Rsa2;

    /// <summary>Where Alipay posts notifications.</summary>
    public required Uri NotifyUrl { get; init; }

    /// <summary>The seller's user id (2088…), compared with notifications; null when it is not known.</summary>
    public string? SellerId { get; init; }

    /// <summary>Which text a notification's signature is over.</summary>
    public AlipayNotificationText NotificationText { get; init; } = AlipayNotificationText.V1;

    /// <summary>Timeouts, repeats and the circuit breaker.</summary>
    public ResilienceOptions Resilience { get; init; } = new();
}

/// <summary>The signature algorithms of the gateway.</summary>
public enum AlipaySignType
{
    /// <summary><c>RSA2</c>: RSA with SHA-256.</summary>
    Rsa2 = 1,

    /// <summary><c>SM2</c>: SM2 with SM3, user id 1234567812345678, DER.</summary>
    Sm2 = 2,
}

/// <summary>The two texts in use for the signature of a notification.</summary>
public enum AlipayNotificationText
{
    /// <summary>Without <c>sign</c> and <c>sign_type</c>.</summary>
    V1 = 1,

    /// <summary>Without <c>sign</c> only.</summary>
    V2 = 2,
}

/// <summary>How Alipay's signatures are believed.</summary>
public abstract record AlipayTrust
{
    private AlipayTrust() { }

    /// <summary>Public-key mode.</summary>
    /// <param name="AlipayPublicKey">Alipay's public key: PEM, or the bare Base64 the console shows.</param>
    public sealed record PublicKey(string AlipayPublicKey) : AlipayTrust;

    /// <summary>
    /// Certificate mode: both sides name their certificates, and Alipay's may be renewed at any time.
    /// </summary>
    /// <param name="AppCertificatePem">The app's certificate; its serial goes with every request.</param>
    /// <param name="AlipayCertificatesPem">Alipay's certificate with its chain.</param>
    /// <param name="RootCertificatesPem">The root bundle: what a renewed certificate must lead to.</param>
    public sealed record Certificates(
        string AppCertificatePem, string AlipayCertificatesPem, string RootCertificatesPem) : AlipayTrust;
}
