using System.Security.Cryptography.X509Certificates;

namespace Ecert.CertsDev;

/// <summary>What servers and institutions show each other.</summary>
/// <param name="Authority">The CA of all of them; the trust anchor on both sides.</param>
/// <param name="RevocationList">Its list of revoked certificates, PEM.</param>
/// <param name="Servers">
/// Server certificates by name (gateway, identity, sandbox) for localhost, 127.0.0.1 and ::1.
/// </param>
/// <param name="Institutions">Client certificates by institution code.</param>
/// <param name="GatewayClient">The gateway's client certificate, with which it calls the identity server.</param>
/// <param name="Samples">
/// Certificates of the hospital in Hebei that must be turned away, by what is wrong with them: expired, not-yet-valid,
/// revoked, wrong-usage, look-alike.
/// </param>
public sealed record TlsKeys(
    X509Certificate2 Authority,
    string RevocationList,
    IReadOnlyDictionary<string, KeyedCertificate> Servers,
    IReadOnlyDictionary<string, KeyedCertificate> Institutions,
    KeyedCertificate GatewayClient,
    IReadOnlyDictionary<string, KeyedCertificate> Samples)
{
    private static readonly string[] SampleNames = ["expired", "not-yet-valid", "revoked", "wrong-usage", "look-alike"];

    internal static TlsKeys Read(DevelopmentChain chain) => new(
        X509CertificateLoader.LoadCertificate(chain.Certificate(Layout.TlsAuthority).Certificate.RawData),
        chain.Text(Layout.TlsRevocations),
        Cast.Servers.ToDictionary(name => name, name => chain.Certificate(Layout.Server(name))),
        Cast.Institutions.ToDictionary(code => code, code => chain.Certificate(Layout.Institution(code))),
        chain.Certificate(Layout.GatewayClient),
        SampleNames.ToDictionary(name => name, name => chain.Certificate(Layout.Sample(name))));
}
