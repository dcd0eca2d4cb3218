using System.Security.Cryptography;
using Ecert.Adapters.Configuration;
using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Gateway.Fares;

namespace Ecert.Gateway.Configuration;

/// <summary>
/// The keys of ride codes, section <c>Gateway:RideKeys</c>: the issuer's certificate (117 bytes as hexadecimal text),
/// its SM2 key (PKCS#8 PEM), and the certification authority's compressed keys by index. Without the section no ride
/// key is issued.
/// </summary>
internal static class RideKeyConfiguration
{
    public static RideKeyOptions? Read(Settings settings)
    {
        var certificate = Certificate(settings);
        var issuerKey = IssuerKey(settings);
        var authorities = settings.Sections("AuthorityKeys")
            .Select(authority => (Index: authority.Number("Index"), Key: AuthorityKey(authority)))
            .Where(authority => authority.Key is not null)
            .ToDictionary(authority => (byte)authority.Index, authority => authority.Key!);
        if (certificate is null || issuerKey is null || authorities.Count == 0)
            return null;
        return new RideKeyOptions { Issuer = new RideKeyIssuer(certificate, issuerKey), AuthorityKeys = authorities };
    }

    private static RideIssuerCertificate? Certificate(Settings settings)
    {
        var bytes = settings.Key("IssuerCertificate", RideIssuerCertificate.Size);
        if (RideIssuerCertificate.TryRead(bytes, out var certificate))
            return certificate;
        if (bytes.Length == RideIssuerCertificate.Size)
            settings.Fault("IssuerCertificate", "holds no ride issuer's certificate");
        return null;
    }

    private static SigningKey? IssuerKey(Settings settings)
    {
        if (settings.FileText("IssuerKey") is not { Length: > 0 } pem)
            return null;
        try
        {
            return SignatureSuite.Sm2.ImportPem(pem);
        }
        catch (CryptographicException)
        {
            settings.Fault("IssuerKey", "holds no SM2 private key as PKCS#8 PEM");
            return null;
        }
    }

    private static PublicKey? AuthorityKey(Settings settings)
    {
        var bytes = settings.Key("Key", PublicKey.CompressedSize);
        if (PublicKey.TryFromCompressed(SignatureSuite.Sm2, bytes, out var key))
            return key;
        if (bytes.Length == PublicKey.CompressedSize)
            settings.Fault("Key", "holds no compressed SM2 point");
        return null;
    }
}
