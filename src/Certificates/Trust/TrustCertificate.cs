using Ecert.Certificates.Suites;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Trust;

/// <summary>
/// What this library reads of an X.509 certificate. Read with our own strict reader (<see
/// cref="TrustCertificateReader"/>), because the platform knows no SM2 and decides other things by operating system.
/// </summary>
internal sealed record TrustCertificate
{
    internal required KeyId KeyId { get; init; }
    internal required ReadOnlyMemory<byte> ToBeSigned { get; init; }
    internal required ReadOnlyMemory<byte> SerialNumber { get; init; }
    internal required string SignatureAlgorithm { get; init; }
    internal required byte[] Signature { get; init; }
    internal required DistinguishedName Issuer { get; init; }
    internal required DistinguishedName Subject { get; init; }
    internal required DateTimeOffset NotBefore { get; init; }
    internal required DateTimeOffset NotAfter { get; init; }
    internal required PublicKey PublicKey { get; init; }
    internal required TrustExtensions Extensions { get; init; }

    internal bool HoldsAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;

    /// <summary>Is this certificate signed by that one's key, and does it name it?</summary>
    internal bool IssuedBy(TrustCertificate authority) =>
        Issuer.Encoded.Span.SequenceEqual(authority.Subject.Encoded.Span)
        && SignatureAlgorithm == authority.PublicKey.Suite.SignatureObjectIdentifier
        && authority.PublicKey.Verify(ToBeSigned.Span, Signature);
}

/// <summary>The extensions that matter here; a critical one that is not among them ends the reading.</summary>
internal sealed record TrustExtensions
{
    internal bool IsAuthority { get; init; }
    internal int? PathLength { get; init; }
    internal bool MaySignCertificates { get; init; }
    internal bool MaySignDocuments { get; init; }
    internal IReadOnlyList<string> ExtendedKeyUsages { get; init; } = [];

    /// <summary>The directory names permitted below, where name constraints are set.</summary>
    internal IReadOnlyList<DistinguishedName>? PermittedNames { get; init; }
}

/// <summary>A directory name: the DER as a whole, and of each relative name.</summary>
internal sealed record DistinguishedName(
    ReadOnlyMemory<byte> Encoded, IReadOnlyList<ReadOnlyMemory<byte>> Parts, DivisionCode? Division)
{
    /// <summary>Does this name begin with all of that one's parts?</summary>
    internal bool Within(DistinguishedName permitted) =>
        permitted.Parts.Count <= Parts.Count
        && permitted.Parts.Zip(Parts).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));
}
