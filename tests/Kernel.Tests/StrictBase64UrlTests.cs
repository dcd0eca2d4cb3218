using System.Buffers.Text;

namespace Ecert.Kernel.Tests;

public sealed class StrictBase64UrlTests
{
    [Fact]
    public void What_an_encoder_writes_is_read_back()
    {
        var random = new SeededRandomSource(7);
        for (var length = 0; length < 70; length++)
        {
            var bytes = random.Bytes(length);
            Assert.True(StrictBase64Url.TryDecode(Base64Url.EncodeToString(bytes), out var decoded));
            Assert.Equal(bytes, decoded);
        }
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AA=")] // IsValid says yes, the decoder throws
    [InlineData("AA==")]
    [InlineData("AAA=")]
    [InlineData("A A")]
    [InlineData("AAAA\n")]
    [InlineData("QR")]
    [InlineData("QQF")]
    [InlineData("AA+A")]
    [InlineData("AA/A")]
    [InlineData("Aİ")]
    public void Any_other_spelling_is_refused_and_nothing_throws(string text) =>
        Assert.False(StrictBase64Url.TryDecode(text, out _));
}
