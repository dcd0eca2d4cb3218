using Ecert.Kernel.Citizens;

namespace Ecert.Identity.Authorization.Par;

/// <summary>What a payment app states about its user, under its signature. Personal data.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="DocumentKind">The kind of document.</param>
/// <param name="DocumentNumber">Its number, in canonical form.</param>
/// <param name="AssuranceLevel">
/// How sure the app is, 1 (self-stated) to 4 (seen in person), after ISO/IEC 29115.
/// </param>
/// <param name="AppUserId">The user's id in the app, such as an openid.</param>
/// <param name="FaceEvidence">
/// The reference of a face capture the app made before; null when the page is to ask for it.
/// </param>
internal sealed record UserStatement(
    string Name, IdentityDocumentKind DocumentKind, string DocumentNumber, int AssuranceLevel, string AppUserId,
    string? FaceEvidence)
{
    /// <summary>The document.</summary>
    /// <exception cref="InvalidOperationException">
    /// The stored number is not one; it was checked before storing.
    /// </exception>
    public IdentityDocument ToDocument() => IdentityDocument.TryParse(DocumentKind, DocumentNumber, out var document)
        ? document
        : throw new InvalidOperationException("A stored document number does not read as one.");

    /// <summary>Names the type alone: a person must not reach a log.</summary>
    public override string ToString() => nameof(UserStatement);
}
