namespace Ecert.Kernel.Refusals;

/// <summary>
/// A named "no". Carried over gRPC as a status with <c>google.rpc.ErrorInfo</c> (reason, domain "ecert") and, where
/// input is at fault, <c>google.rpc.BadRequest</c> with every violation at once.
/// </summary>
/// <param name="Reason">The catalogue entry.</param>
/// <param name="Message">One English sentence for the caller's developer; never personal data or secrets.</param>
/// <param name="Violations">The fields at fault, in request order; empty where input is not at fault.</param>
public sealed record Refusal(RefusalReason Reason, string Message, IReadOnlyList<FieldViolation> Violations)
{
    /// <summary>A refusal that no field is to blame for.</summary>
    public Refusal(RefusalReason reason, string message) : this(reason, message, []) { }

    /// <summary>The exception that carries this refusal to the edge.</summary>
    public RefusedException ToException() => new(this);
}

/// <summary>One field of a request that is at fault.</summary>
/// <param name="Field">The path in proto names: <c>fees[2].amount_fen</c>.</param>
/// <param name="Description">What is wrong and what would be right; never echoes personal data or secrets.</param>
public sealed record FieldViolation(string Field, string Description);

/// <summary>Carries a <see cref="Refusal"/> to the one place at the edge that turns it into a status.</summary>
/// <param name="refusal">The refusal.</param>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    /// <summary>What was refused and why.</summary>
    public Refusal Refusal { get; } = refusal;
}
