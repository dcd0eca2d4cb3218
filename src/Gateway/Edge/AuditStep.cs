namespace Ecert.Gateway.Edge;

/// <summary>Puts every call on record: who, what, how it ended; never what was in it.</summary>
internal sealed class AuditStep(AuditTrail trail) : EdgeStep
{
    public override string Purpose => "audit";

    public override ValueTask LeaveAsync(EdgeCall call, CallEnding ending) =>
        trail.AddAsync(call.Caller.Party, call.Method, call.OperationId, ending switch
        {
            CallEnding.Refused refused => refused.Reason,
            CallEnding.Broken broken => broken.Why,
            _ => "OK",
        });
}
