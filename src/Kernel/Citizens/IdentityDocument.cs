using System.Diagnostics.CodeAnalysis;
using System.Text;

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

    /// <summary>
    /// The birth date the number states; null for passports and for permanent residents' numbers of the old form, whose
    /// year has two digits only. Personal data.
    /// </summary>
    public DateOnly? BirthDate => IsOfCitizenForm ? CitizenNumber.BirthDate(Number) : null;

    /// <summary>
    /// The sex the number states: an odd order number is male; null where <see cref="BirthDate"/> is.
    /// </summary>
    public Sex? Sex => IsOfCitizenForm ? CitizenNumber.Sex(Number) : null;

    /// <summary>All but the first and the last characters as asterisks: what a screen or an answer may show.</summary>
    public string MaskedNumber => string.Concat(Number[..1], new string('*', Number.Length - 2), Number[^1..]);

    private bool IsOfCitizenForm => Number.Length == CitizenNumber.Length && Kind != IdentityDocumentKind.Passport;

    /// <summary>
    /// Reads a number as people write it: surrounding blanks and lower case are forgiven, nothing else (full-width
    /// digits are refused). Resident numbers are checked by GB 11643 and brought from 15 to 18 places; permanent
    /// residents' numbers by <c>PermanentResidentNumber</c>'s rules; passports are 5 to 20 letters and digits with at
    /// least one digit, since every state numbers its own (ICAO 9303 sets nine places but no pattern).
    /// </summary>
    /// <param name="kind">The kind of document.</param>
    /// <param name="text">The number as written.</param>
    /// <param name="document">The document in canonical form.</param>
    /// <param name="violation">What is wrong with it; <see cref="DocumentViolation.None"/> on success.</param>
    public static bool TryParse(
        IdentityDocumentKind kind, string? text,
        [NotNullWhen(true)] out IdentityDocument? document, out DocumentViolation violation)
    {
        var written = text?.Trim().ToUpperInvariant() ?? "";
        var number = written;
        violation = kind switch
        {
            _ when written.Length == 0 => DocumentViolation.Missing,
            _ when !Ascii.IsValid(text) => DocumentViolation.WrongCharacters,
            IdentityDocumentKind.ResidentId => CitizenNumber.Check(written, out number),
            IdentityDocumentKind.ForeignPermanentResidentId => PermanentResidentNumber.Check(written),
            IdentityDocumentKind.Passport => CheckPassport(written),
            _ => DocumentViolation.UnknownKind,
        };
        document = violation == DocumentViolation.None ? new IdentityDocument(kind, number) : null;
        return document is not null;
    }

    /// <summary>Reads as the other form does, without saying what is wrong.</summary>
    public static bool TryParse(
        IdentityDocumentKind kind, string? text, [NotNullWhen(true)] out IdentityDocument? document) =>
        TryParse(kind, text, out document, out _);

    /// <summary>The kind and the last two characters: fit for a log.</summary>
    public override string ToString() => $"{Kind} …{Number[^2..]}";

    private static DocumentViolation CheckPassport(string written) => written switch
    {
        _ when written.Any(character => !char.IsAsciiLetterOrDigit(character)) => DocumentViolation.WrongCharacters,
        { Length: < 5 or > 20 } => DocumentViolation.WrongLength,
        _ when !written.Any(char.IsAsciiDigit) => DocumentViolation.WrongCharacters,
        _ => DocumentViolation.None,
    };
}
