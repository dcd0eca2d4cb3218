using Ecert.Adapters.Resilience;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Provinces.Fsi;

/// <summary>
/// One institution's access to a province's core over the national institution interface, and what differs between
/// provinces: the profile.
/// </summary>
public sealed record FsiOptions
{
    /// <summary>Where the core is; <c>/fsi/api/…</c> is appended.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The institution's national code, 12 characters.</summary>
    public required string InstitutionCode { get; init; }

    /// <summary>The institution's name.</summary>
    public required string InstitutionName { get; init; }

    /// <summary>The division of the place of treatment.</summary>
    public required DivisionCode Division { get; init; }

    /// <summary>The caller's id at the gateway of the interface (<c>x-tif-paasid</c>).</summary>
    public required string CallerId { get; init; }

    /// <summary>The secret that goes with it.</summary>
    public required string Token { get; init; }

    /// <summary>The clerk or terminal in whose name messages go.</summary>
    public required string Operator { get; init; }

    /// <summary>That clerk's name.</summary>
    public required string OperatorName { get; init; }

    /// <summary>1 clerk, 2 self-service terminal, 3 mobile.</summary>
    public string OperatorType { get; init; } = "3";

    /// <summary>The receiving system: <c>YBXT</c>; some deployments differ.</summary>
    public string ReceiverSystem { get; init; } = "YBXT";

    /// <summary>The version of the interface.</summary>
    public string InterfaceVersion { get; init; } = "V1.0";

    /// <summary>The hardware address given at sign-in.</summary>
    public string MacAddress { get; init; } = "00-00-00-00-00-00";

    /// <summary>The network address given at sign-in.</summary>
    public string IpAddress { get; init; } = "127.0.0.1";

    /// <summary>In what the header's timestamp counts.</summary>
    public FsiTimestampUnit TimestampUnit { get; init; } = FsiTimestampUnit.Seconds;

    /// <summary>How requests are signed.</summary>
    public FsiSignature Signature { get; init; } = FsiSignature.Tif;

    /// <summary>
    /// The first of the four-digit sequence numbers of messages. Replicas that speak for one institution share its
    /// numbers out: each has a range of its own.
    /// </summary>
    public int FirstSequence { get; init; } = 1;

    /// <summary>The last of them, at most 9999.</summary>
    public int LastSequence { get; init; } = 9999;

    /// <summary>
    /// What a refusal of 1101 says when there is no such person. The interface has one code for every business refusal,
    /// so only the text tells this one apart.
    /// </summary>
    public IReadOnlyList<string> UnknownPersonTexts { get; init; } =
        ["未查询到", "未查到", "查询不到", "未找到", "不存在", "查无", "无此人", "未参保", "不符", "不一致"];

    /// <summary>Timeouts, repeats and the circuit breaker.</summary>
    public ResilienceOptions Resilience { get; init; } = new();
}

/// <summary>What a header timestamp counts.</summary>
public enum FsiTimestampUnit
{
    /// <summary>Seconds since 1970.</summary>
    Seconds = 1,

    /// <summary>Milliseconds since 1970.</summary>
    Milliseconds = 2,
}

/// <summary>How a request is signed.</summary>
public enum FsiSignature
{
    /// <summary>The line is trusted; no signature.</summary>
    None = 1,

    /// <summary><c>x-tif-signature</c>: SHA-256 in hex of timestamp, token, nonce and timestamp again.</summary>
    Tif = 2,
}
