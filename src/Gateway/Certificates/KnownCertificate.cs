using System.Text.Json;
using Ecert.Gateway.Persons;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Certificates;

/// <summary>A certificate as its issuer knows it.</summary>
internal sealed record KnownCertificate(
    string Id, string Subject, CertificateState State, string IssuerDivision, string InsuredPlace, string Scheme,
    int AssuranceLevel, SignatureSuite IssuerSuite, SignatureSuite HolderSuite, DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt, DateTimeOffset UpdatedAt, string MaskedName)
{
    /// <summary>Reads the issuer's description.</summary>
    public static KnownCertificate Read(JsonElement json) => new(
        Text(json, "certificate_id"), Text(json, "subject"), ReadState(Text(json, "state")), Text(json, "division"),
        Text(json, "insured_place"), Text(json, "insutype"), json.GetProperty("assurance_level").GetInt32(),
        Suite(Text(json, "issuer_suite")), Suite(Text(json, "holder_suite")), Time(json, "issued_at"),
        Time(json, "expires_at"), Time(json, "updated_at"), Text(json, "masked_name"));

    /// <summary>A state by the issuer's word for it.</summary>
    public static CertificateState ReadState(string word) => word switch
    {
        "valid" => CertificateState.Active,
        "suspended" => CertificateState.Suspended,
        "revoked" => CertificateState.Revoked,
        "expired" => CertificateState.Expired,
        _ => throw new InvalidOperationException($"The issuer named a state {word}."),
    };

    /// <summary>As the contract carries it.</summary>
    public Certificate ToMessage() => new()
    {
        CertificateId = Id, State = State, IssuerDivision = IssuerDivision, InsuredPlace = InsuredPlace,
        Scheme = Schemes.ToMessage(Scheme), AssuranceLevel = AssuranceLevel, IssuerSuite = IssuerSuite,
        HolderSuite = HolderSuite, IssueTime = IssuedAt.ToTimestamp(), ExpireTime = ExpiresAt.ToTimestamp(),
        MaskedName = MaskedName, UpdateTime = UpdatedAt.ToTimestamp(),
    };

    private static SignatureSuite Suite(string name) => name switch
    {
        "ES256" => SignatureSuite.Es256,
        "SM2SM3" => SignatureSuite.Sm2Sm3,
        _ => throw new InvalidOperationException($"The issuer named a suite {name}."),
    };

    private static DateTimeOffset Time(JsonElement json, string member)
    {
        var seconds = json.GetProperty(member).GetInt64();
        return seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new InvalidOperationException($"The issuer's {member} is no time.");
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()
        ?? throw new InvalidOperationException($"The issuer left out {member}.");
}

/// <summary>One entry of the issuer's log of states.</summary>
/// <param name="Number">Grows with every change.</param>
/// <param name="CertificateId">The certificate.</param>
/// <param name="State">Its new state.</param>
/// <param name="IssuerDivision">The issuing province.</param>
/// <param name="StatusListUri">The status list that carries it.</param>
/// <param name="StatusListIndex">Its place there.</param>
/// <param name="At">When it happened.</param>
internal sealed record StatusChange(
    long Number, string CertificateId, CertificateState State, string IssuerDivision, string StatusListUri,
    long StatusListIndex, DateTimeOffset At)
{
    /// <summary>Reads the issuer's entry.</summary>
    public static StatusChange Read(JsonElement json) => new(
        json.GetProperty("sequence").GetInt64(), Text(json, "certificate_id"),
        KnownCertificate.ReadState(Text(json, "state")), Text(json, "division"), Text(json, "status_list_uri"),
        json.GetProperty("status_list_index").GetInt64(),
        Time(json.GetProperty("changed_at_milliseconds").GetInt64()));

    private static DateTimeOffset Time(long milliseconds) => milliseconds is >= 0 and < 253_402_300_800_000
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : throw new InvalidOperationException("The issuer's time of a change is no time.");

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()
        ?? throw new InvalidOperationException($"The issuer left out {member}.");
}
