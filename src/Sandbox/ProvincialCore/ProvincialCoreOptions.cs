namespace Ecert.Sandbox.ProvincialCore;

/// <summary>A province's core system on the national institution interface.</summary>
/// <param name="Division">The six-digit division of the core; also the path segment.</param>
/// <param name="AccessId">Who may call: <c>x-tif-paasid</c>.</param>
/// <param name="Token">The secret of the header signature.</param>
/// <param name="Persons">The insured persons it knows.</param>
public sealed record ProvincialCoreOptions(
    string Division, string AccessId, string Token, IReadOnlyList<InsuredPerson> Persons);

/// <summary>A person of the insured-person base.</summary>
/// <param name="PersonNumber"><c>psn_no</c>, at most 30 characters.</param>
/// <param name="CertificateKind"><c>psn_cert_type</c>: 01 resident ID, …</param>
/// <param name="CertificateNumber"><c>certno</c>.</param>
/// <param name="Name"><c>psn_name</c>.</param>
/// <param name="Gender"><c>gend</c>: 1 male, 2 female.</param>
/// <param name="BirthDate"><c>brdy</c>.</param>
/// <param name="Enrolments"><c>insuinfo</c>, one row per scheme and place.</param>
public sealed record InsuredPerson(
    string PersonNumber, string CertificateKind, string CertificateNumber, string Name, string Gender,
    DateOnly BirthDate, IReadOnlyList<InsuredPersonEnrolment> Enrolments);

/// <summary>One row of <c>insuinfo</c>.</summary>
/// <param name="Scheme"><c>insutype</c>: 310 employee, 390 resident, …</param>
/// <param name="PersonType"><c>psn_type</c>: 1101 employee, 1201 retired, 1501 adult resident, …</param>
/// <param name="State"><c>psn_insu_stas</c>: 1 insured, 2 paused, 4 ended.</param>
/// <param name="Place"><c>insuplc_admdvs</c>.</param>
/// <param name="BalanceFen">The personal account's balance in fen (<c>balc</c> on the wire is yuan).</param>
/// <param name="Since"><c>psn_insu_date</c>.</param>
/// <param name="Employer"><c>emp_name</c>; null for residents.</param>
public sealed record InsuredPersonEnrolment(
    string Scheme, string PersonType, string State, string Place, long BalanceFen, DateOnly Since, string? Employer);
