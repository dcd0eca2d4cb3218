namespace Ecert.Kernel.Tests;

public sealed class RatioTests
{
    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(500, "5 %")]
    [InlineData(8500, "85 %")]
    [InlineData(8950, "89.5 %")]
    [InlineData(9901, "99.01 %")]
    [InlineData(10_000, "100 %")]
    public void A_share_is_written_as_people_write_it(int tenThousandths, string text) =>
        Assert.Equal(text, new Ratio(tenThousandths).ToString());

    [Fact]
    public void The_complement_is_what_is_left_of_the_whole()
    {
        Assert.Equal(new Ratio(1_500), new Ratio(8_500).Complement);
        Assert.Equal(Ratio.Zero, Ratio.One.Complement);
    }
}
