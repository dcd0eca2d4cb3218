using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecert.Identity;

/// <summary>Decides which TLS client certificates are let in: those that chain to the configured authorities.</summary>
internal sealed class ClientCertificates(
    IdentityOptions options, TimeProvider clock, ILogger<ClientCertificates> log)
{
    private readonly RevocationList[] _revocations =
        [.. options.TlsRevocationLists.Select(list => RevocationList.Read(list, options.TlsAuthorities))];

    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    /// <summary>True when the certificate is good for a client and chains to an authority of the options.</summary>
    public bool IsAccepted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (var authority in options.TlsAuthorities)
        {
            var isRoot = authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData);
            (isRoot ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(authority);
        }
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().LocalDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // The lists come with the options: nothing is fetched in the middle of a handshake.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (!chain.Build(certificate))
        {
            log.ClientCertificateRefused(string.Join(", ", chain.ChainStatus.Select(status => status.Status)));
            return false;
        }
        if (!chain.ChainElements.Any(element => _revocations.Any(list => list.Names(element.Certificate))))
            return true;
        log.ClientCertificateRefused("Revoked");
        return false;
    }
}
