using Ecert.Kernel.Citizens;

namespace Ecert.Identity;

/// <summary>The words for kinds of documents in statements and answers.</summary>
internal static class DocumentKinds
{
    /// <summary>The word of a kind.</summary>
    public static string Word(IdentityDocumentKind kind) => kind switch
    {
        IdentityDocumentKind.ResidentId => "resident_id",
        IdentityDocumentKind.ForeignPermanentResidentId => "foreign_permanent_resident_id",
        IdentityDocumentKind.Passport => "passport",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The kind of a word; no kind at all for any other word.</summary>
    public static IdentityDocumentKind Read(string? word) =>
        Enum.GetValues<IdentityDocumentKind>().FirstOrDefault(kind => Word(kind) == word);
}
