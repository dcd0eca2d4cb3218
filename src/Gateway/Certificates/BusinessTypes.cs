using System.Globalization;
using Ecert.Gateway.Edge;
using Ecert.V1;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// Which kind of place may use a certificate for which business: 01xxx is for hospitals, 02xxx for pharmacies, 03xxx
/// for apps of others than these.
/// </summary>
internal static class BusinessTypes
{
    /// <summary>The national five digits.</summary>
    public static string ToCode(BusinessType type) => ((int)type).ToString("00000", CultureInfo.InvariantCulture);

    /// <summary>Notes a type that is unknown, or not for the institution's kind.</summary>
    public static RequestChecks RequireBusinessType(
        this RequestChecks checks, BusinessType type, InstitutionKind kind, string field)
    {
        checks.RequireKnown(type, field);
        if (!Enum.IsDefined(type) || type == BusinessType.Unspecified)
            return checks;
        var (isFor, place) = ((int)type / 1_000) switch
        {
            1 => (kind == InstitutionKind.Hospital, "hospitals"),
            2 => (kind == InstitutionKind.Pharmacy, "pharmacies"),
            _ => (kind is not (InstitutionKind.Hospital or InstitutionKind.Pharmacy), "apps"),
        };
        return checks.Require(isFor, field, $"{ToCode(type)} is for {place} alone");
    }
}
