using System.Formats.Cbor;
using Ecert.Certificates.Cose;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.Cose;

/// <summary>Our CBOR against the printed examples of RFC 8949 and against System.Formats.Cbor.</summary>
public sealed class StrictReaderTests
{
    private readonly SeededRandomSource _random = new(8949);

    [Theory] // RFC 8949, appendix A.
    [InlineData(0, "00")]
    [InlineData(10, "0a")]
    [InlineData(23, "17")]
    [InlineData(24, "1818")]
    [InlineData(100, "1864")]
    [InlineData(1000, "1903e8")]
    [InlineData(1000000, "1a000f4240")]
    [InlineData(1000000000000, "1b000000e8d4a51000")]
    [InlineData(-1, "20")]
    [InlineData(-10, "29")]
    [InlineData(-100, "3863")]
    [InlineData(-1000, "3903e7")]
    public void The_printed_integers_hold_both_ways(long value, string encoded)
    {
        var writer = new DeterministicWriter();
        writer.WriteInt64(value);
        Assert.Equal(encoded, Convert.ToHexString(writer.Encode()), ignoreCase: true);
        var reader = new StrictReader(Convert.FromHexString(encoded), "document");
        Assert.Equal(value, reader.Integer("value", long.MinValue, long.MaxValue));
        reader.End();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1817")] // 23 in two bytes
    [InlineData("190017")]
    [InlineData("1a00000100")]
    [InlineData("1b00000000ffffffff")]
    [InlineData("1bffffffffffffffff")] // beyond 63 bits
    [InlineData("1c")]
    [InlineData("1f")]
    [InlineData("40")]
    [InlineData("f5")]
    [InlineData("0000")]
    public void What_is_no_integer_in_shortest_form_is_malformed(string encoded)
    {
        var reader = new StrictReader(Convert.FromHexString(encoded), "document");
        Assert.Throws<MalformedException>(() =>
        {
            reader.Integer("value", long.MinValue, long.MaxValue);
            reader.End();
        });
    }

    [Theory]
    [InlineData("a200000100", true)]
    [InlineData("a201000000", false)] // unsorted
    [InlineData("a200000000", false)] // twice
    [InlineData("a2616100626161" + "00", true)]
    [InlineData("a262616100616100", false)] // the longer text first
    [InlineData("a2010020f5", true)]
    [InlineData("a2200001f5", false)]
    [InlineData("8201", false)] // an item short
    [InlineData("9bffffffffffffffff", false)] // a count nobody can hold
    [InlineData("9f01ff", false)] // indefinite
    [InlineData("5f4100ff", false)]
    [InlineData("61ff", false)] // no UTF-8
    [InlineData("c001", false)] // a tag
    [InlineData("f90000", false)] // a float
    [InlineData("f7", true)]
    [InlineData("f0", false)]
    [InlineData("f815", false)]
    [InlineData("818181818181" + "00", true)]
    [InlineData("8181818181818181818181" + "00", false)] // too deep
    public void What_is_passed_over_is_held_to_the_same_form(string value, bool stands) =>
        Assert.Equal(stands, Accepts(Convert.FromHexString(value)));

    [Fact]
    public void Whatever_we_accept_the_platforms_strict_reader_accepts()
    {
        byte[] seed = Convert.FromHexString("a401820102026568656c6c6f03a2010202" + "4301020320a1613083f4f5f6");
        Assert.True(Accepts(seed));
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var mutant = seed.ToArray();
            for (var edits = 1 + _random.Bytes(1)[0] % 3; edits > 0; edits--)
                mutant[_random.Bytes(1)[0] % mutant.Length] = _random.Bytes(1)[0];
            if (!Accepts(mutant))
                continue;
            accepted++;
            var reader = new CborReader(mutant, CborConformanceMode.Ctap2Canonical);
            reader.SkipValue();
            Assert.Equal(0, reader.BytesRemaining);
        }
        Assert.True(accepted > 100, $"{accepted} accepted");
    }

    /// <summary>Reads {0: value} and passes over the value.</summary>
    private static bool Accepts(byte[] value)
    {
        var reader = new StrictReader((byte[])[0xA1, 0x00, .. value], "document");
        try
        {
            reader.Map("map");
            reader.Skip(reader.Label());
            reader.EndMap("map");
            reader.End();
            return true;
        }
        catch (MalformedException)
        {
            return false;
        }
    }
}
