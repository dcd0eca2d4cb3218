using System.Security.Cryptography.X509Certificates;

namespace Ecert.CertsDev;

/// <summary>A certificate with its private key.</summary>
/// <param name="Certificate">The certificate; <see cref="X509Certificate2.HasPrivateKey"/> is true.</param>
public sealed record KeyedCertificate(X509Certificate2 Certificate)
{
    /// <summary>The certificate as PEM.</summary>
    public string CertificatePem => Certificate.ExportCertificatePem();

    /// <summary>The private key as PKCS#8 PEM, unencrypted.</summary>
    public string PrivateKeyPem => Certificate.GetRSAPrivateKey() is { } rsa
        ? rsa.ExportPkcs8PrivateKeyPem()
        : Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    /// <summary>The serial number in upper-case hexadecimal, as WeChat Pay's headers carry it.</summary>
    public string SerialNumber => Certificate.SerialNumber;
}
