using Ecert.Certificates.Suites;
using Ecert.Kernel;

namespace Ecert.Certificates.RideCodes;

/// <summary>When a code is shown, and what the gate knows.</summary>
public sealed record RideContext
{
    /// <summary>Now.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What the ride costs; null where that is not known yet, as at the entry.</summary>
    public Money? Amount { get; init; }

    /// <summary>The transit CA's SM2 keys by their index.</summary>
    public required IReadOnlyDictionary<byte, PublicKey> AuthorityKeys { get; init; }

    /// <summary>Is this account number on the blacklist?</summary>
    public required Func<string, bool> IsBlacklisted { get; init; }

    /// <summary>
    /// Spends a code, by <see cref="RideCode.Id"/>: false when it was spent before. It has to be remembered until the
    /// time given, after which it is too old anyway.
    /// </summary>
    public required Func<string, DateTimeOffset, bool> Spend { get; init; }
}
