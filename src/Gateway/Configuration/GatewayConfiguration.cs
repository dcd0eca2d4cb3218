using Ecert.Adapters.Configuration;
using Ecert.Gateway.Edge;
using Ecert.Insurance;

namespace Ecert.Gateway.Configuration;

/// <summary>
/// The gateway's options as an operator configures them, section <c>Gateway</c>; <c>deploy/gateway.json</c> shows them
/// all.
/// </summary>
internal static class GatewayConfiguration
{
    public static GatewayOptions Read(Settings settings)
    {
        var roots = settings.Certificates("TrustRoot");
        var server = settings.CertificateWithKey("ServerCertificate");
        return new GatewayOptions
        {
            GrpcUrl = settings.Address("GrpcUrl").ToString(),
            CallbackUrl = settings.Address("CallbackUrl").ToString(),
            PublicAddress = settings.Address("PublicAddress").ToString(),
            Issuer = settings.Text("Issuer").TrimEnd('/'),
            Audience = settings.Text("Audience"),
            ConnectionString = settings.Text("ConnectionString"),
            LedgerPath = settings.Text("LedgerPath"),
            PolicyFolder = settings.Text("PolicyFolder", PolicyPacks.BesideTheBinary),
            PersonalDataKey = settings.Key("PersonalDataKey", 32),
            ClientAuthorities = settings.Certificates("ClientAuthorities"),
            // A configuration with faults is never started, so that what is missing is never used.
            ServerCertificate = server!,
            TrustRoot = roots.FirstOrDefault()!,
            Provinces = [.. settings.Sections("Provinces").Select(province => province.Text("Division"))],
            Institutions = [.. settings.Sections("Institutions").Select(Institution)],
            Billers = [.. settings.Sections("Billers").Select(Biller)],
            RideKeys = settings.Has("RideKeys") ? RideKeyConfiguration.Read(settings.Section("RideKeys")) : null,
            FareNetworks = [.. settings.Sections("FareNetworks").Select(Network)],
        };
    }

    private static RegisteredInstitution Institution(Settings settings) => new(
        settings.Text("Id"), settings.Text("Name"), settings.Choice<InstitutionKind>("Kind"), settings.Text("Division"),
        settings.Number("Level"));

    private static RegisteredBiller Biller(Settings settings) => new(
        settings.Text("Id"), settings.Text("NameZh"), settings.Text("NameEn"), settings.Text("Category"),
        settings.Text("Division"), settings.Text("AccountLabelZh"), settings.Text("AccountPattern"));

    private static FareNetwork Network(Settings settings) => new(
        settings.Text("OperatorId"),
        [.. settings.Sections("Stations").Select(
            station => new Station(station.Text("Id"), station.Text("Name"), station.Number("Metres")))],
        [.. settings.Sections("Bands").Select(
            band => new FareBand(band.Number("BelowMetres"), band.Number("FareFen")))]);
}
