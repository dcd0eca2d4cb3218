using Google.Protobuf;

namespace Ecert.Gateway.Edge;

/// <summary>
/// One thing every call passes. Steps run in the order of <see cref="EdgeSteps"/> on the way in and in reverse on the
/// way out; a step that throws <see cref="Kernel.Refusals.RefusedException"/> ends the call there.
/// </summary>
internal abstract class EdgeStep
{
    /// <summary>What the step sees to, in one line, for the list printed at start.</summary>
    public abstract string Purpose { get; }

    /// <summary>On the way in.</summary>
    public virtual ValueTask EnterAsync(EdgeCall call) => ValueTask.CompletedTask;

    /// <summary>On the way out, also after a refusal or failure of a later step or of the verb.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ending">How it ended.</param>
    public virtual ValueTask LeaveAsync(EdgeCall call, CallEnding ending) => ValueTask.CompletedTask;
}

/// <summary>How a call ended.</summary>
internal abstract record CallEnding
{
    private CallEnding() { }

    /// <summary>Answered; the message is null for streams and for a repeated first answer.</summary>
    public sealed record Answered(IMessage? Response) : CallEnding;

    /// <summary>Refused by name.</summary>
    public sealed record Refused(string Reason) : CallEnding;

    /// <summary>
    /// Ended by deadline, by the caller, or by a failure inside: whether it took effect is not known here.
    /// </summary>
    public sealed record Broken(string Why) : CallEnding;
}

/// <summary>The ordered list that every call passes, the same for all methods.</summary>
internal sealed class EdgeSteps(
    PartyStep party, TokenStep token, PermissionStep permission, QuotaStep quota, IdempotencyStep idempotency,
    AuditStep audit)
{
    /// <summary>
    /// First in, last out: audit is the first, so that whatever any other step refuses is on record too.
    /// </summary>
    public IReadOnlyList<EdgeStep> InOrder { get; } = [audit, party, token, permission, quota, idempotency];
}
