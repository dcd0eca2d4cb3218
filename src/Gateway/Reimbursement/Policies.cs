using Ecert.Insurance;
using Ecert.Kernel.Identifiers;
using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Reimbursement;

/// <summary>The policy packs in force, read and checked at start: a gateway with a bad pack does not start.</summary>
internal sealed class Policies(GatewayOptions options)
{
    private readonly PolicyPacks _packs = PolicyPacks.Load(options.PolicyFolder) switch
    {
        PacksLoading.Loaded loaded => loaded.Packs,
        PacksLoading.Failed failed => throw new InvalidOperationException(
            "The policy packs cannot be used: " + string.Join(" ", failed.Errors.Select(error => error.ToString()))),
        _ => throw new InvalidOperationException("Loading has no other outcome."),
    };

    /// <summary>The rules of a place on a day.</summary>
    /// <exception cref="RefusedException">There are none.</exception>
    public PolicyPack InForce(DivisionCode place, DateOnly day) =>
        _packs.Find(place, day) ?? throw RefusalCatalogue.PolicyPackMissing.AsRefusal().ToException();
}
