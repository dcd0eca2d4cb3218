using FsCheck;
using FsCheck.Fluent;
using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class TimeoutValueTests
{
    [Theory]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("2M", 1_200_000_000)]
    [InlineData("3S", 30_000_000)]
    [InlineData("4m", 40_000)]
    [InlineData("5u", 50)]
    [InlineData("600n", 6)]
    [InlineData("1n", 1)]
    [InlineData("0S", 0)]
    [InlineData("99999999H", 3_599_999_964_000_000_000)]
    public void Timeout_of_the_grammar_is_read(string text, long ticks)
    {
        Assert.True(TimeoutValue.TryParse(text, out var timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("10")]
    [InlineData("10s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1 S")]
    [InlineData("1.5S")]
    [InlineData("123456789S")]
    public void Anything_else_is_refused(string text) => Assert.False(TimeoutValue.TryParse(text, out _));

    [Fact]
    public void Formatted_timeout_reads_back_no_longer_and_almost_as_long() => Prop.ForAll((long ticks) =>
    {
        var timeout = new TimeSpan(Math.Abs(ticks % TimeSpan.TicksPerDay) + 1);
        var text = TimeoutValue.Format(timeout);
        return text.Length <= 9
            && TimeoutValue.TryParse(text, out var read)
            && read <= timeout
            && timeout - read <= timeout / 1000;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, "1n")]
    [InlineData(-5, "1n")]
    [InlineData(1, "100n")]
    [InlineData(50_000_000, "5000000u")]
    public void Timeout_is_written_in_the_finest_unit(long ticks, string text) =>
        Assert.Equal(text, TimeoutValue.Format(new TimeSpan(ticks)));
}
