using Ecert.Kernel;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Ports;

/// <summary>The basic insured-person base: who is insured where (national interface, infno 1101).</summary>
public interface IInsuredPersonBase
{
    /// <summary>The enrolments of one person.</summary>
    /// <param name="name">The name on the document.</param>
    /// <param name="document">The document.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<PersonOutcome> FindAsync(string name, IdentityDocument document, CancellationToken ct);
}

/// <summary>What the base said.</summary>
public abstract record PersonOutcome
{
    private PersonOutcome() { }

    /// <summary>The person is known.</summary>
    /// <param name="PersonNumber"><c>psn_no</c>, at most 30 characters.</param>
    /// <param name="Enrolments">One row per scheme and place; possibly several, possibly paused.</param>
    public sealed record Found(string PersonNumber, IReadOnlyList<Enrolment> Enrolments) : PersonOutcome;

    /// <summary>No such person, or the name does not fit.</summary>
    public sealed record NotFound : PersonOutcome;

    /// <summary>The base could not be asked.</summary>
    public sealed record Unknown(string Why) : PersonOutcome;
}

/// <summary>One row of <c>insuinfo</c>.</summary>
/// <param name="InsuredPlace"><c>insuplc_admdvs</c>.</param>
/// <param name="Scheme"><c>insutype</c>: 310 employee, 390 resident, …</param>
/// <param name="PersonType"><c>psn_type</c>: 1101 employee, 1201 retired, 1501 adult resident, …</param>
/// <param name="IsActive"><c>psn_insu_stas</c> is 1 (insured), not paused or ended.</param>
/// <param name="Balance"><c>balc</c>: the personal account's balance by the base's books.</param>
public sealed record Enrolment(
    DivisionCode InsuredPlace, string Scheme, string PersonType, bool IsActive, Money Balance);
