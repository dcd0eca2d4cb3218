using System.Formats.Asn1;
using System.Security.Cryptography;
using Ecert.Certificates.Suites;

namespace Ecert.Identity.Signer;

/// <summary>Opens private keys. Nothing outside this folder calls it.</summary>
internal static class PrivateKeys
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>A P-256 key from PKCS#8, plain or encrypted.</summary>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    /// <exception cref="CryptographicException">The text cannot be opened.</exception>
    public static ECDsa OpenP256(StoredKey stored)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(PlainPem(stored));
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256
                ? key
                : throw new ArgumentException("A token-signing key must be on the curve P-256.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>A key of a certificate suite: P-256 or SM2, told apart by the curve the key names.</summary>
    /// <exception cref="CryptographicException">The text cannot be opened.</exception>
    public static SigningKey Open(StoredKey stored)
    {
        var pem = PlainPem(stored);
        return (CurveOf(pem) == P256 ? SignatureSuite.Es256 : SignatureSuite.Sm2).ImportPem(pem);
    }

    // The platform decrypts keys of its own curves only: an SM2 key is stored plain, or behind a hardware module.
    private static string PlainPem(StoredKey stored)
    {
        if (stored.Passphrase is not { } passphrase)
            return stored.Pem;
        using var key = ECDsa.Create();
        key.ImportFromEncryptedPem(stored.Pem, passphrase);
        return key.ExportPkcs8PrivateKeyPem();
    }

    // PrivateKeyInfo (RFC 5958 §2): version, then the algorithm with its curve.
    private static string CurveOf(string pem)
    {
        try
        {
            var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
            var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            info.ReadInteger();
            var algorithm = info.ReadSequence();
            algorithm.ReadObjectIdentifier();
            return algorithm.ReadObjectIdentifier();
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or AsnContentException)
        {
            throw new CryptographicException("A signing key must be PKCS#8 in PEM on P-256 or SM2.", unreadable);
        }
    }
}
