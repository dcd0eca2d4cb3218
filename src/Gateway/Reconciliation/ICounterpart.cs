using Ecert.V1;

namespace Ecert.Gateway.Reconciliation;

/// <summary>Somebody whose books of a day are compared with ours.</summary>
internal interface ICounterpart
{
    /// <summary>What kind of counterpart.</summary>
    CounterpartKind Kind { get; }

    /// <summary>Which one, by the contract's code.</summary>
    string Code { get; }

    /// <summary>Our lines of the day: business records, each borne out by the ledger or marked as not.</summary>
    Task<IReadOnlyList<BookLine>> OursAsync(DateOnly day, CancellationToken ct);

    /// <summary>Their lines of the day.</summary>
    /// <exception cref="Adapters.Ports.StatementNotReadyException">They have not produced them yet.</exception>
    Task<IReadOnlyList<BookLine>> TheirsAsync(DateOnly day, CancellationToken ct);
}
