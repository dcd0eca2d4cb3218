using Ecert.Certificates.Suites;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates;

/// <summary>What an e-certificate says. Times are whole seconds; a fraction is cut off when it is issued.</summary>
/// <param name="Issuer">The province that issues (<c>iss</c>, claim 1): a division code ending in 0000.</param>
/// <param name="Id">
/// The certificate's id (<c>cti</c>, claim 7): 1 to 26 visible ASCII characters.
/// </param>
/// <param name="Subject">
/// The pseudonym of the citizen (<c>sub</c>, claim 2), never the ID number: 1 to 26 visible ASCII characters.
/// </param>
/// <param name="IssuedAt">When it was issued (<c>iat</c>, claim 6).</param>
/// <param name="NotBefore">
/// From when it holds (<c>nbf</c>, claim 5; left out when it is <paramref name="IssuedAt"/>).
/// </param>
/// <param name="ExpiresAt">Until when it holds, that second no more (<c>exp</c>, claim 4).</param>
/// <param name="InsuredPlace">The insured place (<c>insuplc_admdvs</c>): a division of the issuing province.</param>
/// <param name="Scheme">
/// The insurance scheme (<c>insutype</c>): three digits such as 310 employee, 390 resident.
/// </param>
/// <param name="Assurance">How surely the holder was identified at activation.</param>
/// <param name="HolderKey">The key that signs presentations (<c>cnf</c>, claim 8, RFC 8747).</param>
/// <param name="Status">Where to learn whether it was revoked.</param>
public sealed record CertificateClaims(
    DivisionCode Issuer,
    CertificateId Id,
    SubjectId Subject,
    DateTimeOffset IssuedAt,
    DateTimeOffset NotBefore,
    DateTimeOffset ExpiresAt,
    DivisionCode InsuredPlace,
    string Scheme,
    AssuranceLevel Assurance,
    PublicKey HolderKey,
    StatusReference Status);

/// <summary>How surely the holder was identified.</summary>
public enum AssuranceLevel
{
    /// <summary>Name and ID number were compared with the authority's (实名认证).</summary>
    NameChecked = 1,

    /// <summary>The face was compared as well (实人认证).</summary>
    FaceChecked = 2,

    /// <summary>An official saw the person and the document.</summary>
    InPerson = 3,
}

/// <summary>
/// The place of one certificate in its issuer's status lists. The address of a list is not in the certificate but
/// follows from the trust list (<see cref="Trust.TrustedSigner.StatusListAddress"/>): a code cannot send a verifier to
/// an address of its own choice, and the QR picture stays small.
/// </summary>
/// <param name="List">The number of the list at its issuer, 0 to 65,535.</param>
/// <param name="Index">
/// The place in the list, from 0; unpredictable, so that neighbours in the list have nothing in common.
/// </param>
public readonly record struct StatusReference(int List, int Index);
