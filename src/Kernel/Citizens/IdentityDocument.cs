namespace Ecert.Kernel.Citizens;

/// <summary>The kinds of document a person may identify with.</summary>
public enum IdentityDocumentKind
{
    /// <summary>Resident identity card (居民身份证), GB 11643.</summary>
    ResidentId = 1,

    /// <summary>Foreign permanent resident's identity card (外国人永久居留身份证).</summary>
    ForeignPermanentResidentId = 2,

    /// <summary>Passport.</summary>
    Passport = 3,
}

/// <summary>
/// A checked document number: what leaves <c>TryParse</c> is in canonical form (upper case, 18 digits for a resident
/// ID). Personal data: <see cref="ToString"/> is masked, so that a log or an error cannot carry it by accident.
/// </summary>
public sealed record IdentityDocument
{
    internal IdentityDocument(IdentityDocumentKind kind, string number) => (Kind, Number) = (kind, number);

    /// <summary>Which kind of document.</summary>
    public IdentityDocumentKind Kind { get; }

    /// <summary>The canonical number. Personal data.</summary>
    public string Number { get; }

    /// <summary>The kind and the last two characters: fit for a log.</summary>
    public override string ToString() => $"{Kind} …{Number[^2..]}";
}
