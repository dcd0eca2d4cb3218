using System.Text;
using Ecert.Certificates.Presentations;

namespace Ecert.Certificates.Tests.Presentations;

public sealed class Base45Tests
{
    [Theory] // RFC 9285 §4.3 and §4.4
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    [InlineData("", "")]
    public void The_printed_examples_hold_both_ways(string plain, string encoded)
    {
        Assert.Equal(encoded, Base45.Encode(Encoding.ASCII.GetBytes(plain)));
        Assert.True(Base45.TryDecode(encoded, out var bytes));
        Assert.Equal(plain, Encoding.ASCII.GetString(bytes));
    }

    [Theory] // RFC 9285 §6: FGW is 65,535, GGW one more; a lone character is no group.
    [InlineData("FGW", true)]
    [InlineData("GGW", false)]
    [InlineData(":::", false)]
    [InlineData("U5", true)]
    [InlineData("V5", false)]
    [InlineData("A", false)]
    [InlineData("BB8A", false)]
    [InlineData("bb8", false)]
    [InlineData("BB\u00e9", false)]
    public void What_no_bytes_encode_to_is_refused(string text, bool expected) =>
        Assert.Equal(expected, Base45.TryDecode(text, out _));

    [Fact]
    public void Every_pair_of_bytes_survives_and_has_one_form()
    {
        var seen = new HashSet<string>();
        for (var value = 0; value <= ushort.MaxValue; value++)
        {
            byte[] bytes = [(byte)(value >> 8), (byte)value];
            var text = Base45.Encode(bytes);
            Assert.True(seen.Add(text));
            Assert.True(Base45.TryDecode(text, out var back));
            Assert.Equal(bytes, back);
        }
    }
}
