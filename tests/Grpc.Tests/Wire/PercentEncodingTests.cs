using FsCheck;
using FsCheck.Fluent;
using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text, as is!~", "plain text, as is!~")]
    [InlineData("100%", "100%25")]
    [InlineData("a\r\nb\t", "a%0D%0Ab%09")]
    [InlineData("\u0000\u007f", "%00%7F")]
    [InlineData("参保", "%E5%8F%82%E4%BF%9D")]
    [InlineData("😀", "%F0%9F%98%80")]
    public void Message_is_escaped_and_read_back(string text, string escaped)
    {
        Assert.Equal(escaped, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(escaped));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz%41", "%zzA")]
    [InlineData("50%% off", "50%% off")]
    [InlineData("%e5%8f%82", "参")]
    public void Invalid_escapes_stay_as_they_stand(string escaped, string text) =>
        Assert.Equal(text, PercentEncoding.Decode(escaped));

    [Fact]
    public void Bytes_that_are_no_utf8_become_replacement_characters() =>
        Assert.Equal("\uFFFD", PercentEncoding.Decode("%FF"));

    [Fact]
    public void Any_ascii_text_comes_back() => Prop.ForAll((byte[] bytes) =>
    {
        var text = System.Text.Encoding.ASCII.GetString(bytes);
        return PercentEncoding.Decode(PercentEncoding.Encode(text)) == text;
    }).QuickCheckThrowOnFailure();
}
