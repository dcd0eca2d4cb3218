using System.Net;
using Ecert.Adapters.Configuration;
using Ecert.Kernel.Identifiers;

namespace Ecert.Identity.Configuration;

/// <summary>
/// The server's options as an operator configures them, sections <c>Identity</c> and <c>Counterparts</c>;
/// <c>deploy/identity.json</c> shows them all.
/// </summary>
internal static class IdentityConfiguration
{
    public static IdentityOptions Read(Settings root, TimeProvider clock)
    {
        var settings = root.Section("Identity");
        var counterparts = root.Section("Counterparts");
        var http = new HttpClient();
        var signer = settings.Certificates("TrustListSigner");
        return new IdentityOptions
        {
            Issuer = settings.Address("Issuer"),
            HttpsEndpoint = Endpoint(settings, "HttpsEndpoint"),
            // A configuration with faults is never started, so that what is missing is never used.
            ServerCertificate = settings.CertificateWithKey("ServerCertificate")!,
            TlsAuthorities = [.. settings.Certificates("TlsAuthorities")],
            TlsRevocationLists =
                [.. settings.Sections("TlsRevocationLists").Select(list => list.FileText("File"))],
            TokenSigningKeys =
                [.. settings.Sections("TokenSigningKeys").Select(key => new StoredKey(key.FileText("Key")))],
            GatewayAudience = settings.Text("GatewayAudience"),
            Clients = [.. settings.Sections("Clients").Select(Client)],
            Institutions = [.. settings.Sections("Institutions").Select(institution => new InstitutionOptions(
                new InstitutionId(institution.Text("Id")), Words(institution, "AllowedScopes")))],
            Provinces = [.. settings.Sections("Provinces").Select(Province)],
            TrustList = new TrustListOptions(
                new StoredKey(settings.FileText("TrustListSignerKey")), signer.FirstOrDefault()?.RawData),
            DataKeys = new DataKeyOptions(
                [.. settings.Sections("DataKeys").Select(
                    key => new DataKey((byte)key.Number("Number"), key.Key("Key", 32)))],
                settings.Key("IndexKey", 32)),
            ConnectionString = settings.Text("ConnectionString"),
            RealNameAuthority = ConfiguredAdapters.RealName(counterparts.Section("RealName"), http, clock)!,
            InsuredPersonBase = ConfiguredAdapters.PersonBase(counterparts.Section("InsuredPersonBase"), http, clock)!,
        };
    }

    private static IPEndPoint Endpoint(Settings settings, string name)
    {
        if (IPEndPoint.TryParse(settings.Text(name), out var endpoint) && endpoint.Port > 0)
            return endpoint;
        settings.Fault(name, "is no address with a port, such as 0.0.0.0:7443");
        return new IPEndPoint(IPAddress.Loopback, 0);
    }

    private static ClientOptions Client(Settings settings) => new()
    {
        ClientId = settings.Text("ClientId"),
        ClientName = settings.Text("ClientName"),
        AllowedGrantTypes = Words(settings, "AllowedGrantTypes"),
        RedirectUris = Words(settings, "RedirectUris"),
        AllowedScopes = Words(settings, "AllowedScopes"),
        JsonWebKeySet = settings.FileText("JsonWebKeySet"),
    };

    private static ProvinceIssuerOptions Province(Settings settings) => new(
        settings.Division("Division"), new StoredKey(settings.FileText("SignerKey")),
        [.. settings.Certificates("Chain").Select(certificate => (ReadOnlyMemory<byte>)certificate.RawData)]);

    /// <summary>Words parted by blanks.</summary>
    private static string[] Words(Settings settings, string name) =>
        settings.Text(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
