using Ecert.Kernel.Identifiers;

namespace Ecert.Kernel.Tests.Identifiers;

public sealed class DivisionCodeTests
{
    [Theory]
    [InlineData("440100", "440000")]
    [InlineData("131199", "130000")]
    [InlineData("310000", "310000")]
    public void A_division_lies_in_its_province(string code, string province) =>
        Assert.Equal(province, DivisionCode.Parse(code).Province.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("44010")]
    [InlineData("4401000")]
    [InlineData("044010")]
    [InlineData("44010a")]
    [InlineData("４４０１００")]
    public void What_is_not_six_digits_is_refused(string? text)
    {
        Assert.False(DivisionCode.TryParse(text, out var code));
        Assert.Equal(default, code);
    }

    [Fact]
    public void Parsing_what_is_no_code_throws() =>
        Assert.Throws<FormatException>(() => DivisionCode.Parse("Beijing"));
}
