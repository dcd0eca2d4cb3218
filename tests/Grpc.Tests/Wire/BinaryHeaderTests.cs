using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class BinaryHeaderTests
{
    [Theory]
    [InlineData("YQ")]
    [InlineData("YQ==")]
    [InlineData(" YQ== ")]
    public void Padded_and_unpadded_values_are_read(string text)
    {
        Assert.True(BinaryHeader.TryDecode(text, out var value));
        Assert.Equal("a"u8, value);
    }

    [Theory]
    [InlineData("Y")]
    [InlineData("Y*==")]
    [InlineData("YQYQY")]
    public void What_is_not_base64_is_refused(string text) => Assert.False(BinaryHeader.TryDecode(text, out _));

    [Fact]
    public void Joined_values_are_split_and_empty_ones_kept()
    {
        var metadata = new Metadata();
        BinaryHeader.AddTo(metadata, "x-bin", "YQ==,Yg, ,Yw");
        Assert.Equal(
            ["a", "b", "", "c"],
            metadata.Select(entry => System.Text.Encoding.ASCII.GetString(entry.ValueBytes)));
    }

    [Fact]
    public void Text_values_are_not_split()
    {
        var metadata = new Metadata();
        BinaryHeader.AddTo(metadata, "x", "a, b");
        Assert.Equal("a, b", Assert.Single(metadata).Value);
    }

    [Fact]
    public void Text_outside_printable_ascii_is_refused() => Assert.Equal(
        StatusCode.Internal,
        Assert.Throws<RpcException>(() => BinaryHeader.ValueOf(new Metadata.Entry("x", "a\nb"))).StatusCode);

    [Fact]
    public void Any_bytes_come_back_and_carry_no_padding() => Prop.ForAll((byte[] bytes) =>
    {
        var text = BinaryHeader.Encode(bytes);
        return !text.Contains('=') && BinaryHeader.TryDecode(text, out var read) && read.AsSpan().SequenceEqual(bytes);
    }).QuickCheckThrowOnFailure();
}
