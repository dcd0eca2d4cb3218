using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.RealName;

/// <summary>Our access to the real-name authority (<c>docs/protocols/real-name-authority.md</c>).</summary>
public sealed record RealNameOptions
{
    /// <summary>Where the authority is; <c>/realname/…</c> is appended.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Our id there, at least 16 bytes.</summary>
    public required string AppId { get; init; }

    /// <summary>The secret that goes with it.</summary>
    public required string AppSecret { get; init; }

    /// <summary>Our SM2 private key: PKCS#8 PEM, or Base64 of the bare number.</summary>
    public required string AppPrivateKey { get; init; }

    /// <summary>
    /// The authority's SM2 public key, not to be mistaken for ours: PEM, or Base64 of the bare point.
    /// </summary>
    public required string PlatformPublicKey { get; init; }

    /// <summary>Timeouts, repeats and the circuit breaker.</summary>
    public ResilienceOptions Resilience { get; init; } = new();
}
