using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Deny by default: the caller's kind and the token's scope must both be in <see cref="Permissions"/>.
/// </summary>
internal sealed class PermissionStep : EdgeStep
{
    public override string Purpose => "permission of kind and scope";

    public override ValueTask EnterAsync(EdgeCall call)
    {
        var permission = Permissions.Of(call.Method)
            ?? throw RefusalCatalogue.NotPermitted.AsRefusal().ToException();
        if (permission.Callers.HasFlag(Callers.Anyone))
            return ValueTask.CompletedTask;
        if (call.Caller is Caller.Anyone)
            throw (call.Institution is null ? RefusalCatalogue.PartyUnknown : RefusalCatalogue.TokenInvalid)
                .AsRefusal().ToException();
        if ((permission.Callers & KindOf(call.Caller)) == 0 || !call.Caller.Scopes.Contains(permission.Scope!))
            throw RefusalCatalogue.NotPermitted.AsRefusal().ToException();
        return ValueTask.CompletedTask;
    }

    private static Callers KindOf(Caller caller) => caller switch
    {
        Caller.Citizen => Callers.Citizen,
        Caller.Institution institution => institution.Kind switch
        {
            InstitutionKind.Hospital => Callers.Hospital,
            InstitutionKind.Pharmacy => Callers.Pharmacy,
            InstitutionKind.TransitOperator => Callers.TransitOperator,
            InstitutionKind.Biller => Callers.Biller,
            InstitutionKind.Operator => Callers.Operator,
            _ => Callers.None,
        },
        _ => Callers.None,
    };
}
