using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecert.Sandbox.Alipay;

/// <summary>Alipay's own key: signs answers and notifications (RSA2: RSA with SHA-256, PKCS#1 v1.5).</summary>
internal sealed class AlipaySignature
{
    private readonly Lock _lock = new();
    private readonly RSA _privateKey = RSA.Create();

    public AlipaySignature(AlipayOptions options)
    {
        _privateKey.ImportFromPem(options.PrivateKeyPem);
        using var certificate = X509Certificate2.CreateFromPem(options.CertificatePem);
        CertificateNumber = Alipay.CertificateNumber.Of(certificate);
        RootNumber = Alipay.CertificateNumber.OfRoots(options.RootCertificatePem);
    }

    /// <summary><c>alipay_cert_sn</c>.</summary>
    public string CertificateNumber { get; }

    /// <summary><c>alipay_root_cert_sn</c>.</summary>
    public string RootNumber { get; }

    /// <summary>The signature in Base64; spoilt, it is over one byte more and does not verify.</summary>
    public string Sign(byte[] content, bool spoilt)
    {
        lock (_lock)
            return Convert.ToBase64String(_privateKey.SignData(
                spoilt ? [.. content, 0] : content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }
}

/// <summary>A registered app with its key read.</summary>
internal sealed class AppKey
{
    private readonly byte[] _publicKey;

    public AppKey(AlipayApp app)
    {
        App = app;
        if (app.CertificatePem is { } pem)
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            CertificateNumber = Alipay.CertificateNumber.Of(certificate);
            _publicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
            return;
        }
        using var key = RSA.Create();
        key.ImportFromPem(app.PublicKeyPem
            ?? throw new ArgumentException("An app needs a certificate or a public key."));
        _publicKey = key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>The app.</summary>
    public AlipayApp App { get; }

    /// <summary><c>app_cert_sn</c>; null in key mode.</summary>
    public string? CertificateNumber { get; }

    /// <summary>Verifies an RSA2 signature; a text that is not Base64 does not verify.</summary>
    public bool Verifies(byte[] content, string signature)
    {
        var bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out var length))
            return false;
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(_publicKey, out _);
        return rsa.VerifyData(content, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
