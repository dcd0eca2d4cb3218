using Ecert.Kernel.Citizens;

namespace Ecert.Kernel.Tests.Citizens;

public sealed class IdentityDocumentTests
{
    // The two numbers GB 11643-1999 itself gives as examples.
    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("440524188001010014")]
    public void Resident_numbers_of_the_standard_are_read(string number)
    {
        Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, number, out var document));
        Assert.Equal(number, document.Number);
    }

    [Theory]
    [InlineData(" 11010519491231002x ", "11010519491231002X")]
    [InlineData("110105491231002", "11010519491231002X")]
    public void Resident_numbers_are_brought_to_one_form(string written, string canonical)
    {
        Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, written, out var document));
        Assert.Equal(canonical, document.Number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("110105194912310021")]
    [InlineData("11010519491331002X")]
    [InlineData("1101051949123100")]
    [InlineData("11010519491231OO2X")]
    [InlineData("１１０１０５１９４９１２３１００２X")]
    public void Resident_numbers_that_cannot_be_are_refused(string? number) =>
        Assert.False(IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, number, out _));

    [Theory]
    [InlineData(IdentityDocumentKind.Passport, "E12345678", true)]
    [InlineData(IdentityDocumentKind.Passport, "E123 45678", false)]
    [InlineData(IdentityDocumentKind.Passport, "E123", false)]
    [InlineData(IdentityDocumentKind.ForeignPermanentResidentId, "USA110080010101", true)]
    [InlineData(IdentityDocumentKind.ForeignPermanentResidentId, "11010519491231002X", false)]
    [InlineData((IdentityDocumentKind)9, "E12345678", false)]
    public void Other_documents_are_read_by_their_shape(IdentityDocumentKind kind, string number, bool read) =>
        Assert.Equal(read, IdentityDocument.TryParse(kind, number, out _));

    [Fact]
    public void Text_form_does_not_show_the_number()
    {
        Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, "11010519491231002X", out var document));
        Assert.Equal("ResidentId …2X", document.ToString());
    }
}
