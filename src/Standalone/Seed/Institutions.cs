using Ecert.CertsDev;
using Ecert.Gateway;
using Ecert.Gateway.Edge;

namespace Ecert.Standalone.Seed;

/// <summary>An institution and what it may do.</summary>
internal sealed record SeededInstitution(RegisteredInstitution Registration, IReadOnlyList<string> Scopes);

/// <summary>The institutions of the two pilot provinces, and the national operator.</summary>
internal static class Institutions
{
    private static readonly string[] ProviderScopes = ["certificates", "eligibility", "reimbursement", "payments"];

    public static IReadOnlyList<SeededInstitution> All { get; } =
    [
        new(new(Cast.ShanghaiHospital, "上海示范医院 Shanghai Pilot Hospital", InstitutionKind.Hospital, "310100", 3),
            ProviderScopes),
        new(new(Cast.HebeiHospital, "石家庄示范医院 Shijiazhuang Pilot Hospital", InstitutionKind.Hospital, "130100", 2),
            ProviderScopes),
        new(new(Cast.ShanghaiPharmacy, "上海示范药房 Shanghai Pilot Pharmacy", InstitutionKind.Pharmacy, "310100", 0),
            ProviderScopes),
        new(new(Cast.ShanghaiMetro, "上海示范地铁 Shanghai Pilot Metro", InstitutionKind.TransitOperator, "310100", 0),
            ["certificates", "fares"]),
        new(new(Cast.ShanghaiBiller, "上海示范电力 Shanghai Pilot Electricity", InstitutionKind.Biller, "310100", 0),
            ["certificates"]),
        new(new(Cast.NationalOperator, "国家运营中心 National Operator", InstitutionKind.Operator, "110000", 0),
            ["certificates", "reconciliation", "provinces"]),
    ];
}
