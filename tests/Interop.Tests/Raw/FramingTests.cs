using System.Text;
using Ecert.Interop.Tests.RawHttp2;
using Grpc.Core;

namespace Ecert.Interop.Tests.Raw;

/// <summary>Length-prefixed messages that are none (gRPC over HTTP/2, "Length-Prefixed-Message").</summary>
public sealed class FramingTests(RawServer server) : IClassFixture<RawServer>
{
    private static readonly byte[] Content = RawServer.Request[GrpcFrame.HeaderLength..];

    [Theory]
    [InlineData(2)]
    [InlineData(128)]
    [InlineData(255)]
    public async Task A_flag_byte_other_than_0_or_1_is_internal(byte flag)
    {
        RawServer.AssertStatus(
            StatusCode.Internal, await server.CallAsync(RawServer.Headers(), GrpcFrame.Of(Content, flag)));
    }

    [Fact]
    public async Task A_bad_flag_on_a_later_message_of_a_stream_is_internal()
    {
        byte[] body = [.. GrpcFrame.Of([]), .. GrpcFrame.Of([], flag: 7)];
        RawServer.AssertStatus(StatusCode.Internal, await server.CallAsync(RawServer.Headers(RawServer.Duplex), body));
    }

    [Theory]
    [InlineData(RawServer.Unary)]
    [InlineData(RawServer.ServerStream)]
    [InlineData(RawServer.ClientStream)]
    [InlineData(RawServer.Duplex)]
    public async Task A_stream_that_ends_inside_a_message_is_internal(string path)
    {
        var body = GrpcFrame.WithLength(100, new byte[40]);
        RawServer.AssertStatus(StatusCode.Internal, await server.CallAsync(RawServer.Headers(path), body));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_stream_that_ends_inside_the_five_byte_prefix_is_internal(int length)
    {
        RawServer.AssertStatus(
            StatusCode.Internal, await server.CallAsync(RawServer.Headers(), RawServer.Request[..length]));
    }

    [Theory]
    [InlineData(RawServer.Unary)]
    [InlineData(RawServer.ServerStream)]
    public async Task No_message_where_exactly_one_is_due_is_unimplemented(string path)
    {
        RawServer.AssertStatus(StatusCode.Unimplemented, await server.CallAsync(RawServer.Headers(path)));
    }

    [Fact]
    public async Task Headers_that_end_the_stream_of_a_unary_call_are_unimplemented()
    {
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(RawServer.Headers(), endStream: true);
        RawServer.AssertStatus(StatusCode.Unimplemented, await stream.AnswerAsync());
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task Two_messages_where_exactly_one_is_due_are_unimplemented()
    {
        byte[] body = [.. RawServer.Request, .. RawServer.Request];
        RawServer.AssertStatus(StatusCode.Unimplemented, await server.CallAsync(RawServer.Headers(), body));
    }

    [Fact]
    public async Task A_second_message_that_comes_later_is_unimplemented_too()
    {
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(RawServer.Headers());
        await stream.SendAsync(RawServer.Request);
        await Task.Delay(100);
        await stream.SendAsync(RawServer.Request, endStream: true);
        RawServer.AssertStatus(StatusCode.Unimplemented, await stream.AnswerAsync());
    }

    [Fact]
    public async Task Garbage_after_a_unary_message_is_internal()
    {
        byte[] body = [.. RawServer.Request, 9, 9, 9];
        RawServer.AssertStatus(StatusCode.Internal, await server.CallAsync(RawServer.Headers(), body));
    }

    [Fact]
    public async Task Content_that_is_not_protobuf_is_internal()
    {
        var answer = await server.CallAsync(RawServer.Headers(), GrpcFrame.Of([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff]));
        RawServer.AssertStatus(StatusCode.Internal, answer);
    }

    [Fact]
    public async Task Content_that_is_not_protobuf_in_a_stream_is_internal()
    {
        var body = GrpcFrame.Of([0x0a, 0x7f]);
        RawServer.AssertStatus(
            StatusCode.Internal, await server.CallAsync(RawServer.Headers(RawServer.ClientStream), body));
    }

    /// <summary>Google.Protobuf takes such a string and puts U+FFFD for what it cannot read. The call has to live with
    /// that, and nothing but UTF-8 may come back.</summary>
    [Fact]
    public async Task A_string_field_that_is_not_UTF8_is_read_with_replacement_characters()
    {
        // Field 7 (response_status): code 2, and in the message a lone continuation byte.
        var answer = await server.CallAsync(RawServer.Headers(), GrpcFrame.Of([0x3a, 5, 0x08, 2, 0x12, 1, 0x80]));
        RawServer.AssertStatus(StatusCode.Unknown, answer);
        Assert.Equal("%EF%BF%BD", answer.GrpcMessage);
    }

    [Fact]
    public async Task A_message_that_arrives_byte_by_byte_among_empty_frames_is_one_message()
    {
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(RawServer.Headers());
        foreach (var single in RawServer.Request)
        {
            await stream.SendAsync(new[] { single });
            await stream.SendAsync(default);
        }

        await stream.SendAsync(default, endStream: true);
        RawServer.AssertStatus(StatusCode.OK, await stream.AnswerAsync());
    }

    [Fact]
    public async Task Many_messages_in_one_DATA_frame_are_all_read()
    {
        var body = Enumerable.Repeat(GrpcFrame.Of([0x0a, 3, 0x12, 1, 0]), 500).SelectMany(frame => frame).ToArray();
        var answer = await server.CallAsync(RawServer.Headers(RawServer.ClientStream), body);
        RawServer.AssertStatus(StatusCode.OK, answer);
        Assert.Equal([0x08, 0xf4, 0x03], RawServer.OnlyMessage(answer)); // 500 as a varint in field 1
    }

    [Fact]
    public async Task What_a_handler_throws_is_unknown_and_keeps_its_text_inside()
    {
        var answer = await server.CallAsync(RawServer.Headers(RawServer.Fail), GrpcFrame.Of([]));
        RawServer.AssertStatus(StatusCode.Unknown, answer);
        Assert.DoesNotContain(Server.ProbeTestService.Secret, Uri.UnescapeDataString(answer.GrpcMessage ?? ""));
    }

    [Fact]
    public async Task A_status_message_is_percent_encoded_UTF8()
    {
        const string Message = "\t\n50% \u263a \U0001F608~";
        byte[] text = Encoding.UTF8.GetBytes(Message);
        byte[] status = [0x08, 2, 0x12, (byte)text.Length, .. text];
        var answer = await server.CallAsync(
            RawServer.Headers(), GrpcFrame.Of([0x3a, (byte)status.Length, .. status]));
        RawServer.AssertStatus(StatusCode.Unknown, answer);
        Assert.Equal("%09%0A50%25 %E2%98%BA %F0%9F%98%88~", answer.GrpcMessage);
    }
}
