using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ecert.CertsDev;

namespace Ecert.Standalone.Composition;

/// <summary>HTTP over the development chain: servers are trusted by its TLS authority and nothing else.</summary>
internal static class ChainClients
{
    /// <summary>A handler that shows a client certificate, or none.</summary>
    public static SocketsHttpHandler HandlerAs(this DevelopmentChain chain, KeyedCertificate? client)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false };
        handler.AllowAutoRedirect = false;
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { chain.Tls.Authority },
            },
            ClientCertificates = client is null ? null : [client.Certificate],
        };
        return handler;
    }

    /// <summary>A client that shows a client certificate.</summary>
    public static HttpClient HttpClientAs(this DevelopmentChain chain, KeyedCertificate? client) =>
        new(chain.HandlerAs(client)) { Timeout = TimeSpan.FromSeconds(15) };
}
