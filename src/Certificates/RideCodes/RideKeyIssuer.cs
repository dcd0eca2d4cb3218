using System.Security.Cryptography;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.RideCodes;

/// <summary>Authorises riders' keys under an issuer's certificate. Safe between threads.</summary>
public sealed class RideKeyIssuer
{
    private readonly SigningKey _key;

    /// <param name="certificate">The issuer's certificate by the transit CA.</param>
    /// <param name="key">The key it certifies.</param>
    /// <exception cref="CryptographicException">The key is not the certified one.</exception>
    public RideKeyIssuer(RideIssuerCertificate certificate, SigningKey key)
    {
        if (!certificate.PublicKey.Equals(key.PublicKey))
            throw new CryptographicException("The issuer's certificate is of another key.");
        (Certificate, _key) = (certificate, key);
    }

    /// <summary>The issuer's certificate.</summary>
    public RideIssuerCertificate Certificate { get; }

    /// <summary>
    /// The ride authorisation (fields 1 to 15): version, length, certificate, rights and the issuer's signature. The
    /// phone appends the time and its own signature to every code (<see cref="RideCode.CompleteAsync"/>).
    /// </summary>
    /// <param name="rights">What is granted; the issuer is replaced by the certificate's.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ArgumentException">A value does not fit its field.</exception>
    public Task<byte[]> AuthoriseAsync(RideRights rights, CancellationToken ct) =>
        RideCode.AuthoriseAsync(Certificate, rights with { IssuerId = Certificate.IssuerId }, _key, ct);
}
