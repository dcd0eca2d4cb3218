using System.Diagnostics.CodeAnalysis;

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
    /// Reads a number as people write it: surrounding blanks and lower case are forgiven, nothing else. Resident
    /// numbers are checked by GB 11643 (birth date, check character) and brought from 15 to 18 places; permanent
    /// residents' numbers are the 18 places of the 2023 card (first digit 9, same check) or three letters and twelve
    /// digits; passports are 5 to 17 letters and digits.
    /// </summary>
    /// <param name="kind">The kind of document.</param>
    /// <param name="text">The number as written.</param>
    /// <param name="document">The document in canonical form.</param>
    public static bool TryParse(
        IdentityDocumentKind kind, string? text, [NotNullWhen(true)] out IdentityDocument? document)
    {
        var written = text?.Trim().ToUpperInvariant() ?? "";
        var number = kind switch
        {
            IdentityDocumentKind.ResidentId => ResidentNumber.Canonical(written),
            IdentityDocumentKind.ForeignPermanentResidentId => PermanentResidentNumber(written),
            IdentityDocumentKind.Passport => IsPassportNumber(written) ? written : null,
            _ => null,
        };
        document = number is null ? null : new IdentityDocument(kind, number);
        return document is not null;
    }

    private static string? PermanentResidentNumber(string written)
    {
        if (written.StartsWith('9') && written.Length == 18)
            return ResidentNumber.Canonical(written);
        var isOldForm = written.Length == 15
            && written.AsSpan(0, 3).IndexOfAnyExceptInRange('A', 'Z') < 0
            && written.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0;
        return isOldForm ? written : null;
    }

    private static bool IsPassportNumber(string written) =>
        written.Length is >= 5 and <= 17 && written.All(char.IsAsciiLetterOrDigit);

    /// <summary>The kind and the last two characters: fit for a log.</summary>
    public override string ToString() => $"{Kind} …{Number[^2..]}";
}
