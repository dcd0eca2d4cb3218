using Ecert.Kernel;

namespace Ecert.Insurance.Tests;

public sealed class NumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 10_000)]
    [InlineData("0.5", 5_000)]
    [InlineData("007.0001", 70_001)]
    [InlineData("999999999999.9999", 9_999_999_999_999_999)]
    public void Quantities_are_exact_to_four_decimals(string text, long tenThousandths)
    {
        Assert.True(Quantity.TryParse(text, out var quantity));
        Assert.Equal(tenThousandths, quantity.TenThousandths);
        Assert.Equal(quantity, Quantity.Parse(quantity.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.00001")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("１")]
    [InlineData("1.2.3")]
    [InlineData("1000000000000")]
    public void Other_quantities_are_refused(string text) => Assert.False(Quantity.TryParse(text, out _));

    [Theory]
    [InlineData("0.012345", 12_345)]
    [InlineData("9999999999.999999", 9_999_999_999_999_999)]
    public void Prices_are_exact_to_six_decimals(string text, long millionths) =>
        Assert.Equal(millionths, UnitPrice.Parse(text).Millionths);

    [Theory]
    [InlineData("10000000000")]
    [InlineData("0.0000001")]
    public void Other_prices_are_refused(string text) => Assert.False(UnitPrice.TryParse(text, out _));

    // 0.0049995 → 0.00; 0.005 → 0.01; 3 × 0.015 = 0.045 → 0.05; 2.5 × 1.01 = 2.525 → 2.53.
    [Theory]
    [InlineData("1", "0.004999", 0)]
    [InlineData("1", "0.005", 1)]
    [InlineData("3", "0.015", 5)]
    [InlineData("2.5", "1.01", 253)]
    [InlineData("0.0001", "49.999999", 0)]
    [InlineData("0.0001", "50", 1)]
    public void Amounts_round_half_up_to_the_fen(string quantity, string price, long fen) =>
        Assert.Equal(new Money(fen), Quantity.Parse(quantity).At(UnitPrice.Parse(price)));
}
