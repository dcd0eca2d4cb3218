using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Kernel;

namespace Ecert.Gateway.Fares;

/// <summary>What ride codes are issued and verified with. Never made up at start: keys come from outside.</summary>
public sealed record RideKeyOptions
{
    /// <summary>Authorises riders: the issuer's certificate and its key, wherever that is kept.</summary>
    public required RideKeyIssuer Issuer { get; init; }

    /// <summary>The transit CA's SM2 keys by the index that codes name them by.</summary>
    public required IReadOnlyDictionary<byte, PublicKey> AuthorityKeys { get; init; }

    /// <summary>The platform that hands out the codes, 8 digits.</summary>
    public string PlatformId { get; init; } = "00000001";

    /// <summary>How far from its making a code may be shown; whole seconds.</summary>
    public TimeSpan CodeValidity { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most one ride may cost.</summary>
    public Money RideCeiling { get; init; } = new(2_000);

    /// <summary>How long a ride key makes good codes; never longer than the issuer's certificate holds.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(30);
}
