using System.Text.Json.Nodes;
using Ecert.Gateway.Edge;
using Ecert.Kernel.Identifiers;

namespace Ecert.Gateway.Tests.Support;

/// <summary>Who appears in the tests. The person is the specimen of GB 11643.</summary>
internal static class People
{
    public const string Subject = "01KC0000000000000000000001";
    public const string CertificateId = "01KC0000000000000000CERT01";
    public const string Name = "李明华";
    public const string Number = "11010519491231002X";
    public const string PersonNumber = "13010000000000000000000001";
    public const string InsuredPlace = "130100";

    public static readonly Caller.Institution Hospital = Institution("H13010200001", InstitutionKind.Hospital);
    public static readonly Caller.Institution OtherHospital = Institution("H13010200002", InstitutionKind.Hospital);
    public static readonly Caller.Institution Operator = Institution("N00000000001", InstitutionKind.Operator);
    public static readonly Caller.Citizen Citizen = new(new SubjectId(Subject), "app", Scopes("bills", "payments"));
    public static readonly Caller.Citizen Stranger = new(new SubjectId("01KC0000000000000000000002"), "app",
        Scopes("bills"));

    /// <summary>The person as the issuer describes one.</summary>
    public static JsonObject Description(string certificateId = CertificateId) => new()
    {
        ["subject"] = Subject, ["name"] = Name, ["document_kind"] = "resident_id", ["document_number"] = Number,
        ["person_number"] = PersonNumber, ["insured_place"] = InsuredPlace, ["insutype"] = "310", ["psn_type"] = "1101",
        ["certificate_id"] = certificateId, ["certificate_state"] = "valid",
    };

    public static HashSet<string> Scopes(params string[] scopes) => [.. scopes];

    private static Caller.Institution Institution(string id, InstitutionKind kind) => new(
        new InstitutionId(id), "第一医院", kind, DivisionCode.Parse("130102"), Scopes("reimbursement", "certificates"));
}
