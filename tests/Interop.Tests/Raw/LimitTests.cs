using Ecert.Interop.Tests.RawHttp2;
using Grpc.Core;

namespace Ecert.Interop.Tests.Raw;

/// <summary>The limit on the size of a received message, to the byte.</summary>
public sealed class LimitTests(RawServer server) : IClassFixture<RawServer>
{
    [Fact]
    public async Task A_message_exactly_at_the_limit_is_read()
    {
        var body = GrpcFrame.Of(RawServer.RequestOfSize(RawServer.MessageLimit));
        RawServer.AssertStatus(StatusCode.OK, await server.CallAsync(RawServer.Headers(), body));
    }

    [Theory]
    [InlineData(RawServer.Unary)]
    [InlineData(RawServer.ClientStream)]
    public async Task A_message_one_byte_past_the_limit_is_resource_exhausted(string path)
    {
        var body = GrpcFrame.Of(RawServer.RequestOfSize(RawServer.MessageLimit + 1));
        RawServer.AssertStatus(StatusCode.ResourceExhausted, await server.CallAsync(RawServer.Headers(path), body));
    }

    [Theory]
    [InlineData(RawServer.Unary)]
    [InlineData(RawServer.Duplex)]
    public async Task A_length_past_the_limit_is_refused_before_its_content_arrives(string path)
    {
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(RawServer.Headers(path));
        await stream.SendAsync(GrpcFrame.WithLength(RawServer.MessageLimit + 1, [1, 2, 3]));
        RawServer.AssertStatus(StatusCode.ResourceExhausted, await stream.AnswerAsync());
        await RawServer.AssertStillServesAsync(connection);
    }

    /// <summary>No .NET server can hold such a message: the prefix is taken for damaged, not for too large.</summary>
    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x80000000)]
    public async Task A_length_that_no_message_can_have_is_internal(uint length)
    {
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(RawServer.Headers());
        await stream.SendAsync(GrpcFrame.WithLength(length, [1, 2, 3]), endStream: true);
        RawServer.AssertStatus(StatusCode.Internal, await stream.AnswerAsync());
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task Many_messages_that_are_each_below_the_limit_may_sum_up_to_more()
    {
        var frame = GrpcFrame.Of(new byte[] { 0x0a, 3, 0x12, 1, 0 });
        var body = Enumerable.Repeat(frame, 20_000).SelectMany(bytes => bytes).ToArray();
        Assert.True(body.Length > RawServer.MessageLimit);
        var answer = await server.CallAsync(RawServer.Headers(RawServer.ClientStream), body);
        RawServer.AssertStatus(StatusCode.OK, answer);
        Assert.Equal([0x08, 0xa0, 0x9c, 0x01], RawServer.OnlyMessage(answer)); // 20,000 as a varint in field 1
    }
}
