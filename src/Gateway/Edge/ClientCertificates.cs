using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecert.Gateway.Edge;

/// <summary>Which client certificates the TLS handshake lets in.</summary>
internal static class ClientCertificates
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>
    /// True when the certificate chains to one of our authorities, is in its time, and is meant for client
    /// authentication. The machine's own trust store has no say.
    /// </summary>
    public static bool ChainTo(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        // A registered party is shut out by its registration, at once; no list needs to be fetched in the handshake.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
