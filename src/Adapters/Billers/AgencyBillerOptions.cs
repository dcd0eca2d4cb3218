using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Billers;

/// <summary>One biller behind the agency interface (<c>docs/protocols/agency-biller.md</c>).</summary>
public sealed record AgencyBillerOptions
{
    /// <summary>The biller's code in this system.</summary>
    public required string BillerId { get; init; }

    /// <summary>Where the interface is; <c>/agency</c> is appended.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Our id as an agency (<c>X-Agency-Id</c>).</summary>
    public required string AgencyId { get; init; }

    /// <summary>The key shared with the agency interface, UTF-8.</summary>
    public required string SharedKey { get; init; }

    /// <summary>The collecting institution (<c>InstId</c>).</summary>
    public required string InstitutionId { get; init; }

    /// <summary>The company whose bills these are (<c>CompanyId</c>).</summary>
    public required string CompanyId { get; init; }

    /// <summary>Timeouts, repeats and the circuit breaker.</summary>
    public ResilienceOptions Resilience { get; init; } = new();
}
