using System.Security.Cryptography;

namespace Ecert.Kernel.Tests;

public sealed class RandomSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 2, 3, 456, TimeSpan.Zero);

    [Fact]
    public void Equal_seeds_give_equal_bytes_however_they_are_asked_for()
    {
        var whole = new SeededRandomSource(7).Bytes(100);
        var source = new SeededRandomSource(7);
        byte[] pieces = [.. source.Bytes(1), .. source.Bytes(40), .. source.Bytes(0), .. source.Bytes(59)];

        Assert.Equal(whole, pieces);
        Assert.NotEqual(whole, new SeededRandomSource(8).Bytes(100));
    }

    [Fact]
    public void The_seeded_bytes_are_sha256_of_seed_and_counter()
    {
        var first = SHA256.HashData(Convert.FromHexString("00000000000000070000000000000000"));
        var second = SHA256.HashData(Convert.FromHexString("00000000000000070000000000000001"));

        Assert.Equal([.. first, .. second], new SeededRandomSource(7).Bytes(64));
    }

    [Fact]
    public void A_whole_run_can_be_replayed()
    {
        static string Run(ulong seed)
        {
            var source = new SeededRandomSource(seed);
            return string.Join(' ', source.NewId(Now), source.Digits(28), Convert.ToHexString(source.Bytes(5)));
        }

        Assert.Equal(Run(42), Run(42));
        Assert.NotEqual(Run(42), Run(43));
    }

    [Fact]
    public void Ids_made_later_sort_later()
    {
        var source = new SeededRandomSource(1);
        var ids = Enumerable.Range(0, 1_000).Select(step => source.NewId(Now.AddMilliseconds(step))).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", id));
    }

    // The time part of the example in the ULID specification: 1469918176385 is 01ARYZ6S41.
    [Fact]
    public void The_time_stands_in_front_as_in_a_ulid() => Assert.StartsWith(
        "01ARYZ6S41", new SeededRandomSource(1).NewId(DateTimeOffset.FromUnixTimeMilliseconds(1_469_918_176_385)));

    [Fact]
    public void Digits_are_digits_and_none_is_favoured()
    {
        var digits = new SeededRandomSource(3).Digits(100_000);

        // Expected 10,000 each, standard deviation 95: five of them is beyond chance.
        Assert.All(Enumerable.Range('0', 10), digit => Assert.InRange(digits.Count(c => c == digit), 9_525, 10_475));
        Assert.Equal(100_000, digits.Count(char.IsAsciiDigit));
    }

    [Fact]
    public void The_systems_source_does_not_repeat_itself() =>
        Assert.NotEqual(RandomSource.System.Bytes(32), RandomSource.System.Bytes(32));
}
