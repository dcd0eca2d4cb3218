namespace Ecert.Kernel.Citizens;

/// <summary>What is wrong with a document number.</summary>
public enum DocumentViolation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is no number.</summary>
    Missing,

    /// <summary>The kind of document is not one this system knows.</summary>
    UnknownKind,

    /// <summary>Too short or too long for its kind.</summary>
    WrongLength,

    /// <summary>A character that cannot stand where it stands.</summary>
    WrongCharacters,

    /// <summary>The division the number begins with does not exist.</summary>
    WrongDivision,

    /// <summary>The birth date is no date, or before 1850.</summary>
    WrongBirthDate,

    /// <summary>The check character does not fit: most often a slip of the finger.</summary>
    WrongCheckCharacter,
}

/// <summary>The sentences that go with <see cref="DocumentViolation"/>.</summary>
public static class DocumentViolationText
{
    /// <summary>What is wrong and what would be right, in one sentence; never echoes the number.</summary>
    public static string Describe(this DocumentViolation violation) => violation switch
    {
        DocumentViolation.None => "Nothing is wrong.",
        DocumentViolation.Missing => "A document number is required.",
        DocumentViolation.UnknownKind =>
            "The kind of document must be a resident ID, a foreign permanent resident's ID or a passport.",
        DocumentViolation.WrongLength =>
            "A resident ID has 18 (or 15) places, a permanent resident's ID 18 or 15, a passport 5 to 20.",
        DocumentViolation.WrongCharacters =>
            "Only ASCII digits and letters are allowed, each where its kind of document has them.",
        DocumentViolation.WrongDivision => "The number begins with a division that does not exist for its kind.",
        DocumentViolation.WrongBirthDate => "The birth date inside the number is not a possible date.",
        DocumentViolation.WrongCheckCharacter => "The check character does not fit the number; look for a typing slip.",
        _ => throw new ArgumentOutOfRangeException(nameof(violation)),
    };
}
