using Ecert.Identity.Authorization.Par;

namespace Ecert.Identity.Activation;

/// <summary>The pages of an activation, in order.</summary>
internal enum ActivationStep
{
    /// <summary>Name and face are confirmed.</summary>
    Identity = 1,

    /// <summary>The insured place is chosen.</summary>
    Place = 2,

    /// <summary>The PIN is set.</summary>
    Pin = 3,

    /// <summary>What is shared is allowed.</summary>
    Consent = 4,
}

/// <summary>How far a citizen has come. Holds personal data.</summary>
internal sealed record ActivationState
{
    public required PushedRequest Request { get; init; }
    public ActivationStep Step { get; init; } = ActivationStep.Identity;

    /// <summary>How often the authority was asked about this citizen in this activation.</summary>
    public int IdentityAttempts { get; init; }

    /// <summary>The person's number at the base, once identity is confirmed.</summary>
    public string? PersonNumber { get; init; }

    /// <summary>The active enrolments the citizen may choose from.</summary>
    public IReadOnlyList<InsuredPlace> Places { get; init; } = [];
    public InsuredPlace? ChosenPlace { get; init; }
    public PinHash? Pin { get; init; }

    /// <summary>Names the type alone: a person must not reach a log.</summary>
    public override string ToString() => nameof(ActivationState);
}

/// <summary>One active enrolment.</summary>
/// <param name="Division">The insured place's division code.</param>
/// <param name="Scheme">310 employee, 390 resident, …</param>
/// <param name="PersonType">1101 employee, 1201 retired, …</param>
internal sealed record InsuredPlace(string Division, string Scheme, string PersonType)
{
    /// <summary>How forms name it.</summary>
    public string Key => $"{Division}-{Scheme}-{PersonType}";
}

/// <summary>A PIN as it is kept.</summary>
/// <param name="Hash">PBKDF2-HMAC-SHA-256 over the peppered PIN.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Rounds">The iteration count.</param>
internal sealed record PinHash(byte[] Hash, byte[] Salt, int Rounds)
{
    /// <summary>Names the type alone: a hash of six digits is worth guessing.</summary>
    public override string ToString() => nameof(PinHash);
}
