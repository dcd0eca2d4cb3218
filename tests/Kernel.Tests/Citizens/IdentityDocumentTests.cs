using Ecert.Kernel.Citizens;

namespace Ecert.Kernel.Tests.Citizens;

public sealed class IdentityDocumentTests
{
    // The two examples of GB 11643-1999 itself, and the one in the documentation of a public checker.
    [Theory]
    [InlineData("11010519491231002X", "1949-12-31", Sex.Female)]
    [InlineData("440524188001010014", "1880-01-01", Sex.Male)]
    [InlineData("360426199101010071", "1991-01-01", Sex.Male)]
    public void Resident_numbers_of_the_standard_are_read(string number, string born, Sex sex)
    {
        var document = Read(IdentityDocumentKind.ResidentId, number);

        Assert.Equal(number, document.Number);
        Assert.Equal(DateOnly.Parse(born), document.BirthDate);
        Assert.Equal(sex, document.Sex);
    }

    [Theory]
    [InlineData(" 11010519491231002x ", "11010519491231002X")]
    [InlineData("110105491231002", "11010519491231002X")]
    public void Resident_numbers_are_brought_to_one_form(string written, string canonical) =>
        Assert.Equal(canonical, Read(IdentityDocumentKind.ResidentId, written).Number);

    [Theory]
    [InlineData(null, DocumentViolation.Missing)]
    [InlineData("  ", DocumentViolation.Missing)]
    [InlineData("110105194912310021", DocumentViolation.WrongCheckCharacter)]
    [InlineData("110105194913310021", DocumentViolation.WrongBirthDate)]
    [InlineData("110105184912310020", DocumentViolation.WrongBirthDate)]
    [InlineData("1101051949123100", DocumentViolation.WrongLength)]
    [InlineData("11010519491231OO2X", DocumentViolation.WrongCharacters)]
    [InlineData("X1010519491231002X", DocumentViolation.WrongCharacters)]
    [InlineData("11010519491231002Y", DocumentViolation.WrongCharacters)]
    [InlineData("110105 491231002", DocumentViolation.WrongLength)]
    [InlineData("1101054912310O2", DocumentViolation.WrongCharacters)]
    [InlineData("１１０１０５１９４９１２３１００２X", DocumentViolation.WrongCharacters)]
    [InlineData("990105194912310023", DocumentViolation.WrongDivision)]
    public void Resident_numbers_that_cannot_be_are_refused_by_name(string? number, DocumentViolation expected)
    {
        Assert.False(
            IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, number, out var document, out var violation));
        Assert.Equal(expected, violation);
        Assert.Null(document);
    }

    // Specimens of a public checker for both forms of the card.
    [Theory]
    [InlineData("KAZ110090123105", null, null)]
    [InlineData("911398199012310021", "1990-12-31", Sex.Female)]
    public void Permanent_residents_numbers_of_both_forms_are_read(string number, string? born, Sex? sex)
    {
        var document = Read(IdentityDocumentKind.ForeignPermanentResidentId, number);

        Assert.Equal(born, document.BirthDate?.ToString("yyyy-MM-dd"));
        Assert.Equal(sex, document.Sex);
    }

    [Theory]
    [InlineData("KAZ110090123107", DocumentViolation.WrongCheckCharacter)]
    [InlineData("KAZ110090133108", DocumentViolation.WrongBirthDate)]
    [InlineData("K1Z110090123105", DocumentViolation.WrongCharacters)]
    [InlineData("KAZ11009012310A", DocumentViolation.WrongCharacters)]
    [InlineData("911398199012310022", DocumentViolation.WrongCheckCharacter)]
    [InlineData("11010519491231002X", DocumentViolation.WrongDivision)]
    [InlineData("KAZ11009012310", DocumentViolation.WrongLength)]
    public void Permanent_residents_numbers_that_cannot_be_are_refused_by_name(
        string number, DocumentViolation expected)
    {
        Assert.False(IdentityDocument.TryParse(
            IdentityDocumentKind.ForeignPermanentResidentId, number, out _, out var violation));
        Assert.Equal(expected, violation);
    }

    [Fact]
    public void A_permanent_resident_is_no_citizen() =>
        Assert.False(IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, "911398199012310021", out _));

    [Theory]
    [InlineData("E12345678")]
    [InlineData("g12345678")]
    [InlineData("EA1234567")]
    [InlineData("C01X00T47")]
    [InlineData("12345")]
    [InlineData("12345678901234567890")]
    public void Passports_of_many_states_are_read(string number)
    {
        var document = Read(IdentityDocumentKind.Passport, number);

        Assert.Equal(number.ToUpperInvariant(), document.Number);
        Assert.Null(document.BirthDate);
    }

    [Theory]
    [InlineData("E123", DocumentViolation.WrongLength)]
    [InlineData("123456789012345678901", DocumentViolation.WrongLength)]
    [InlineData("E123 45678", DocumentViolation.WrongCharacters)]
    [InlineData("PASSPORT", DocumentViolation.WrongCharacters)]
    [InlineData("Ｅ12345678", DocumentViolation.WrongCharacters)]
    public void Passports_that_cannot_be_are_refused_by_name(string number, DocumentViolation expected)
    {
        Assert.False(IdentityDocument.TryParse(IdentityDocumentKind.Passport, number, out _, out var violation));
        Assert.Equal(expected, violation);
    }

    [Fact]
    public void An_unknown_kind_is_refused()
    {
        Assert.False(IdentityDocument.TryParse((IdentityDocumentKind)9, "E12345678", out _, out var violation));
        Assert.Equal(DocumentViolation.UnknownKind, violation);
    }

    [Fact]
    public void A_passport_of_eighteen_digits_is_not_taken_for_a_citizens_number() =>
        Assert.Null(Read(IdentityDocumentKind.Passport, "440524188001010014").BirthDate);

    [Fact]
    public void Text_form_does_not_show_the_number()
    {
        var document = Read(IdentityDocumentKind.ResidentId, "11010519491231002X");

        Assert.Equal("ResidentId …2X", document.ToString());
        Assert.Equal("1****************X", document.MaskedNumber);
    }

    [Fact]
    public void Every_violation_has_a_sentence_that_echoes_nothing()
    {
        foreach (var violation in Enum.GetValues<DocumentViolation>())
            Assert.EndsWith(".", violation.Describe());
    }

    private static IdentityDocument Read(IdentityDocumentKind kind, string number)
    {
        Assert.True(IdentityDocument.TryParse(kind, number, out var document, out var violation), violation.ToString());
        return document;
    }
}
