using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Kernel;

namespace Ecert.Sandbox.Development;

/// <summary>An RSA key with its certificate, both PEM.</summary>
/// <param name="PrivateKeyPem">PKCS#8.</param>
/// <param name="CertificatePem">The certificate.</param>
/// <param name="PublicKeyPem">SubjectPublicKeyInfo.</param>
public sealed record DevelopmentKey(string PrivateKeyPem, string CertificatePem, string PublicKeyPem);

/// <summary>Makes throw-away RSA keys and certificates.</summary>
internal static class DevelopmentKeys
{
    /// <summary>A self-signed root and keys certified by it.</summary>
    public static (string RootPem, DevelopmentKey[] Keys) Make(
        string rootName, string[] names, TimeProvider clock, RandomSource random)
    {
        using var rootKey = RSA.Create(2048);
        var from = clock.GetUtcNow().AddDays(-1);
        var until = from.AddYears(5);
        var request = Request(rootName, rootKey);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = request.CreateSelfSigned(from, until);
        return (root.ExportCertificatePem(), [.. names.Select(name => Certify(name, root, from, until, random))]);
    }

    private static DevelopmentKey Certify(
        string name, X509Certificate2 root, DateTimeOffset from, DateTimeOffset until, RandomSource random)
    {
        using var key = RSA.Create(2048);
        var serial = random.Bytes(20);
        // Positive and without a leading zero, so that the hex has 40 digits like the real ones.
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        using var certificate = Request(name, key).Create(root, from, until, serial);
        return new DevelopmentKey(
            key.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem(), key.ExportSubjectPublicKeyInfoPem());
    }

    private static CertificateRequest Request(string name, RSA key) =>
        new($"CN={name},O=Sandbox,C=CN", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
