using FsCheck;
using FsCheck.Fluent;

namespace Ecert.Kernel.Tests;

public sealed class MoneyTests
{
    [Fact]
    public void Every_fen_from_nothing_to_a_hundred_yuan_reads_as_it_is_written()
    {
        for (var fen = 0; fen <= 10_000; fen++)
        {
            var text = $"{fen / 100}.{fen % 100:00}";
            Assert.Equal(text, new Money(fen).ToYuan());
            Assert.Equal(fen, Money.ParseYuan(text).Fen);
            Assert.Equal(-fen, Money.ParseYuan("-" + text).Fen);
        }
    }

    [Theory]
    [InlineData("12", 1200)]
    [InlineData("12.5", 1250)]
    [InlineData("012.50", 1250)]
    [InlineData("-0.05", -5)]
    [InlineData("92233720368547758.07", long.MaxValue)]
    [InlineData("-92233720368547758.07", -long.MaxValue)]
    public void Yuan_as_outside_systems_write_them_are_read(string text, long fen) =>
        Assert.Equal(fen, Money.ParseYuan(text).Fen);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("12.")]
    [InlineData(".5")]
    [InlineData("12.505")]
    [InlineData("12.500")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,000")]
    [InlineData("1.-5")]
    [InlineData("1.+5")]
    [InlineData("1. 5")]
    [InlineData("1e2")]
    [InlineData("１２")]
    [InlineData("1.2.3")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("92233720368547758.08")]
    [InlineData("99999999999999999999")]
    public void What_is_not_exactly_an_amount_is_refused(string text)
    {
        Assert.False(Money.TryParseYuan(text, out var money));
        Assert.Equal(Money.Zero, money);
        Assert.Throws<FormatException>(() => Money.ParseYuan(text));
    }

    [Fact]
    public void Any_amount_reads_as_it_is_written() => Prop.ForAll(
        ArbMap.Default.ArbFor<long>(),
        fen => fen == long.MinValue || Money.ParseYuan(new Money(fen).ToYuan()).Fen == fen).QuickCheckThrowOnFailure();

    [Fact]
    public void The_smallest_amount_of_all_is_written_without_overflow() =>
        Assert.Equal("-92233720368547758.08", new Money(long.MinValue).ToYuan());

    // The first row is the only rounding the national samples show: 4.52 yuan × 5 % = 0.226, booked as 0.23.
    [Theory]
    [InlineData(452, 500, 23)]
    [InlineData(1, 5000, 1)]
    [InlineData(1, 4999, 0)]
    [InlineData(3, 5000, 2)]
    [InlineData(5, 5000, 3)]
    [InlineData(-1, 5000, -1)]
    [InlineData(-1, 4999, 0)]
    [InlineData(-3, 5000, -2)]
    [InlineData(100, 8950, 90)]
    [InlineData(10_000, 10_000, 10_000)]
    [InlineData(10_000, 0, 0)]
    [InlineData(long.MaxValue, 10_000, long.MaxValue)]
    public void A_share_is_rounded_half_away_from_zero(long fen, int tenThousandths, long expected) =>
        Assert.Equal(expected, new Money(fen).Times(new Ratio(tenThousandths)).Fen);

    [Fact]
    public void A_share_and_the_rest_never_lose_more_than_a_fen() => Prop.ForAll(
        Gen.Choose(0, 1_000_000_000).ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(),
        (fen, share) =>
        {
            var ratio = new Ratio(share);
            var sum = new Money(fen).Times(ratio) + new Money(fen).Times(ratio.Complement);
            return Math.Abs(sum.Fen - fen) <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Arithmetic_is_checked()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => -new Money(long.MinValue));
        Assert.Throws<OverflowException>(() => Money.Sum([new Money(long.MaxValue), new Money(1)]));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue).Times(new Ratio(20_000)));
    }

    [Fact]
    public void Amounts_compare_and_add_up()
    {
        var (small, large) = (new Money(-1), new Money(2));

        Assert.True(small < large && large > small && small <= large && large >= small && small.CompareTo(large) < 0);
        Assert.Equal(small, Money.Min(small, large));
        Assert.Equal(large, Money.Max(small, large));
        Assert.Equal(new Money(1), Money.Sum([small, large]));
        Assert.Equal(Money.Zero, Money.Sum([]));
        Assert.True(small.IsNegative && large.IsPositive && !Money.Zero.IsNegative && !Money.Zero.IsPositive);
    }
}
