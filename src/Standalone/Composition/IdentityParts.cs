using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ecert.CertsDev;
using Ecert.Gateway;
using Ecert.Identity;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;
using Ecert.Standalone.Seed;

namespace Ecert.Standalone.Composition;

/// <summary>What Identity is told: who its clients are, and the keys it signs and stores with.</summary>
internal static class IdentityParts
{
    public static IdentityOptions Options(
        Addresses addresses, DevelopmentChain chain, CounterpartAdapters ports, string dataFolder) => new()
    {
        Issuer = addresses.Identity,
        HttpsEndpoint = new IPEndPoint(IPAddress.Loopback, addresses.Identity.Port),
        BrowserEndpoint = new IPEndPoint(IPAddress.Loopback, addresses.IdentityPages.Port),
        ServerCertificate = chain.Tls.Servers["identity"].Certificate,
        TlsAuthorities = [chain.Tls.Authority],
        TlsRevocationLists = [chain.Tls.RevocationList],
        GatewaySubjectUri = Cast.GatewayUrn,
        TokenSigningKeys = [new StoredKey(NewTokenKey())],
        GatewayAudience = GatewayParts.Audience,
        Clients = [.. Cast.OAuthClients.Select(id => Client(id, chain.OAuthClients[id]))],
        Institutions = [.. Institutions.All.Select(
            institution => new InstitutionOptions(new InstitutionId(institution.Registration.Id), institution.Scopes))],
        Provinces = [.. chain.Trust.Provinces.Select(province => new ProvinceIssuerOptions(
            province.Key, new StoredKey(province.Value.DocumentSigner.PrivateKeyPem),
            [province.Value.DocumentSigner.Certificate.RawData, province.Value.Authority.Certificate.RawData,
                chain.Trust.Root.Certificate.RawData]))],
        TrustList = new TrustListOptions(
            new StoredKey(chain.Trust.TrustListSigner.PrivateKeyPem), chain.Trust.TrustListSigner.Certificate.RawData),
        DataKeys = new DataKeyOptions([new DataKey(1, RandomSource.System.Bytes(32))], RandomSource.System.Bytes(32)),
        ConnectionString = $"Data Source={Path.Combine(dataFolder, "identity.db")}",
        RealNameAuthority = ports.RealName,
        InsuredPersonBase = ports.PersonBase,
    };

    private static ClientOptions Client(string id, string privateJwk) => new()
    {
        ClientId = id,
        ClientName = Merchants.AppNames[id],
        AllowedGrantTypes = ["authorization_code", "refresh_token"],
        RedirectUris = [Merchants.RedirectUri(id)],
        AllowedScopes = Merchants.CitizenScopes,
        JsonWebKeySet = PublicKeySet(privateJwk),
    };

    private static string PublicKeySet(string privateJwk)
    {
        var key = JsonNode.Parse(privateJwk)!.AsObject();
        key.Remove("d");
        return new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString();
    }

    private static string NewTokenKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
