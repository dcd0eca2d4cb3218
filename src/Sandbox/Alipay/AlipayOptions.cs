using Ecert.Kernel;

namespace Ecert.Sandbox.Alipay;

/// <summary>What the Alipay stand-in knows.</summary>
public sealed record AlipayOptions
{
    /// <summary>The apps that may call.</summary>
    public required IReadOnlyList<AlipayApp> Apps { get; init; }

    /// <summary>Alipay's own key, RSA, PKCS#8 PEM: signs answers and notifications.</summary>
    public required string PrivateKeyPem { get; init; }

    /// <summary>Alipay's certificate (PEM) of that key, for apps in certificate mode.</summary>
    public required string CertificatePem { get; init; }

    /// <summary>The root certificates (PEM, one or more) that <c>alipay_root_cert_sn</c> is computed over.</summary>
    public required string RootCertificatePem { get; init; }

    /// <summary>Bills of today and of any past day can be had at once, not from 09:00 of the next day.</summary>
    public bool BillsReadyAtOnce { get; init; }

    /// <summary>The merchant's fee on a payment, booked in the bills.</summary>
    public Ratio FeeRate { get; init; } = new(60);
}

/// <summary>A registered app. Give the certificate for certificate mode, or the bare public key for key mode.</summary>
/// <param name="AppId"><c>app_id</c>.</param>
/// <param name="SellerId">The merchant's user number, <c>2088…</c>.</param>
/// <param name="CertificatePem">The app certificate; null in key mode.</param>
/// <param name="PublicKeyPem">The app public key (SubjectPublicKeyInfo PEM); null in certificate mode.</param>
public sealed record AlipayApp(string AppId, string SellerId, string? CertificatePem, string? PublicKeyPem);
