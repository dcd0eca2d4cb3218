using Ecert.Kernel.Citizens;

namespace Ecert.Identity.Storage;

/// <summary>A citizen as stored under seal. Personal data.</summary>
/// <param name="Name">The name on the document.</param>
/// <param name="DocumentKind">The kind of document.</param>
/// <param name="DocumentNumber">Its canonical number.</param>
/// <param name="PersonNumber">The number at the insured-person base (<c>psn_no</c>).</param>
/// <param name="InsuredPlace">The chosen insured place.</param>
/// <param name="Scheme">310 employee, 390 resident, …</param>
/// <param name="PersonType">1101 employee, 1201 retired, …</param>
/// <param name="AssuranceLevel">1 to 4, as the app stated it; the face check came on top.</param>
internal sealed record Person(
    string Name, IdentityDocumentKind DocumentKind, string DocumentNumber, string PersonNumber, string InsuredPlace,
    string Scheme, string PersonType, int AssuranceLevel)
{
    /// <summary>Under which purpose it is sealed, so that a box cannot be moved to another citizen's row.</summary>
    public static string Purpose(string subjectId) => $"person {subjectId}";

    /// <summary>Names the type alone: a person must not reach a log.</summary>
    public override string ToString() => nameof(Person);
}
