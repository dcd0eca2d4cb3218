using Ecert.CertsDev;
using Ecert.Gateway;
using Ecert.Gateway.Fares;
using Ecert.Insurance;
using Ecert.Kernel;
using Ecert.Standalone.Seed;

namespace Ecert.Standalone.Composition;

/// <summary>What the gateway is told.</summary>
internal static class GatewayParts
{
    public const string Audience = "https://gateway.ecert.example";

    public static GatewayOptions Options(
        Addresses addresses, DevelopmentChain chain, string dataFolder, RideKeyOptions rideKeys) => new()
    {
        GrpcUrl = $"https://127.0.0.1:{addresses.Gateway.Port}",
        CallbackUrl = addresses.GatewayCallbacks.ToString(),
        PublicAddress = addresses.Gateway.ToString(),
        ServerCertificate = chain.Tls.Servers["gateway"].Certificate,
        ClientAuthorities = [chain.Tls.Authority],
        Issuer = addresses.Identity.ToString().TrimEnd('/'),
        Audience = Audience,
        TrustRoot = chain.Trust.Root.Certificate,
        ConnectionString = $"Data Source={Path.Combine(dataFolder, "gateway.db")}",
        LedgerPath = Path.Combine(dataFolder, "ledger.db"),
        PolicyFolder = PolicyPacks.BesideTheBinary,
        PersonalDataKey = RandomSource.System.Bytes(32),
        Provinces = Cast.Provinces,
        Institutions = [.. Institutions.All.Select(institution => institution.Registration)],
        Billers = [Bills.Biller],
        FareNetworks = [Metro.Network],
        RideKeys = rideKeys,
    };
}
