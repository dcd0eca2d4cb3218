namespace Ecert.Kernel.Refusals;

/// <summary>
/// A catalogue entry: one stable reason a caller can branch on. <c>docs/errors.md</c> is generated from
/// <see cref="RefusalCatalogue"/>.
/// </summary>
/// <param name="Code">
/// UPPER_SNAKE, the <c>reason</c> of <c>google.rpc.ErrorInfo</c>; never changed once published.
/// </param>
/// <param name="Status">The gRPC status class it travels with.</param>
/// <param name="Meaning">What happened.</param>
/// <param name="Remedy">What the caller does next.</param>
public sealed record RefusalReason(string Code, RefusalStatus Status, string Meaning, string Remedy)
{
    /// <summary>A refusal for this reason with its own sentence.</summary>
    public Refusal With(string message) => new(this, message);

    /// <summary>A refusal for this reason, saying just what the catalogue says.</summary>
    public Refusal AsRefusal() => new(this, Meaning);
}
