using Ecert.Kernel.Citizens;

namespace Ecert.Kernel.Tests.Citizens;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("张三", "*三")]
    [InlineData("欧阳娜娜", "***娜")]
    [InlineData(" 李四 ", "*四")]
    [InlineData("王", "*")]
    [InlineData("", "")]
    [InlineData("𠮷𠮷", "*𠮷")]
    [InlineData("Ana", "**a")]
    public void A_name_shows_its_last_character_alone(string name, string masked) =>
        Assert.Equal(masked, PersonName.Mask(name));
}
