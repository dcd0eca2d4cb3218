using Ecert.Interop.Testing;
using Ecert.Interop.Tests.RawHttp2;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Interop.Tests.Raw;

/// <summary>What gRPC's compression document asks, on the wire.</summary>
public sealed class CompressionTests(RawServer server) : IClassFixture<RawServer>
{
    private static readonly byte[] Content = RawServer.Request[GrpcFrame.HeaderLength..];

    private static HeaderList GzipHeaders(string path = RawServer.Unary) =>
        RawServer.Headers(path).With("grpc-encoding", "gzip");

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    public async Task A_compressed_flag_without_an_encoding_is_internal(string? encoding)
    {
        var headers = RawServer.Headers().With("grpc-encoding", encoding);
        RawServer.AssertStatus(
            StatusCode.Internal, await server.CallAsync(headers, GrpcFrame.Of(GrpcFrame.Gzip(Content), flag: 1)));
    }

    [Theory]
    [InlineData((byte)0)]
    [InlineData((byte)1)]
    public async Task An_unknown_encoding_is_unimplemented_and_the_known_ones_are_named(byte flag)
    {
        var headers = RawServer.Headers().With("grpc-encoding", "lzma");
        var answer = await server.CallAsync(headers, GrpcFrame.Of(Content, flag));
        RawServer.AssertStatus(StatusCode.Unimplemented, answer);
        var known = (answer.Headers["grpc-accept-encoding"] ?? "").Split(',').Select(name => name.Trim()).ToArray();
        Assert.Contains("gzip", known);
        Assert.DoesNotContain("lzma", known);
    }

    [Fact]
    public async Task Accepted_encodings_are_named_without_blanks()
    {
        // grpc-js splits at the comma and compares without trimming.
        var answer = await server.CallAsync(RawServer.Headers(), RawServer.Request);
        if (answer.Headers["grpc-accept-encoding"] is { } accepted)
            Assert.DoesNotContain(' ', accepted);
    }

    [Fact]
    public async Task A_gzip_request_is_read()
    {
        var answer = await server.CallAsync(GzipHeaders(), GrpcFrame.Of(GrpcFrame.Gzip(Content), flag: 1));
        RawServer.AssertStatus(StatusCode.OK, answer);
    }

    [Fact]
    public async Task A_plain_message_under_an_announced_encoding_is_read()
    {
        RawServer.AssertStatus(StatusCode.OK, await server.CallAsync(GzipHeaders(), RawServer.Request));
    }

    [Fact]
    public async Task Compressed_and_plain_messages_may_alternate_in_a_stream()
    {
        byte[] message = [0x0a, 3, 0x12, 1, 0];
        byte[] body = [.. GrpcFrame.Of(GrpcFrame.Gzip(message), flag: 1), .. GrpcFrame.Of(message)];
        var answer = await server.CallAsync(GzipHeaders(RawServer.ClientStream), body);
        RawServer.AssertStatus(StatusCode.OK, answer);
        Assert.Equal([0x08, 0x02], RawServer.OnlyMessage(answer));
    }

    [Fact]
    public async Task Bytes_that_are_not_gzip_are_internal()
    {
        var answer = await server.CallAsync(GzipHeaders(), GrpcFrame.Of([1, 2, 3, 4, 5, 6, 7, 8], flag: 1));
        RawServer.AssertStatus(StatusCode.Internal, answer);
    }

    [Fact]
    public async Task A_gzip_message_with_a_damaged_middle_is_internal()
    {
        var packed = GrpcFrame.Gzip(RawServer.RequestOfSize(2000));
        for (var i = packed.Length / 2; i < packed.Length - 8; i++)
            packed[i] ^= 0xff;
        RawServer.AssertStatus(
            StatusCode.Internal, await server.CallAsync(GzipHeaders(), GrpcFrame.Of(packed, flag: 1)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(-8)]
    [InlineData(-1)]
    public async Task A_gzip_message_cut_short_is_internal(int bytesLeft)
    {
        var whole = GrpcFrame.Gzip(RawServer.RequestOfSize(2000));
        var packed = bytesLeft < 0 ? whole[..^-bytesLeft] : whole[..bytesLeft];
        RawServer.AssertStatus(
            StatusCode.Internal, await server.CallAsync(GzipHeaders(), GrpcFrame.Of(packed, flag: 1)));
    }

    [Theory]
    [InlineData(0, StatusCode.OK)]
    [InlineData(1, StatusCode.Internal)]
    [InlineData(4, StatusCode.Internal)]
    [InlineData(12, StatusCode.Internal)]
    public async Task A_deflate_message_is_read_if_nothing_is_cut_off_its_end(int cutOff, StatusCode expected)
    {
        var packed = GrpcFrame.Deflate(RawServer.RequestOfSize(2000));
        var headers = RawServer.Headers().With("grpc-encoding", "deflate");
        var answer = await server.CallAsync(headers, GrpcFrame.Of(packed[..^cutOff], flag: 1));
        RawServer.AssertStatus(expected, answer);
    }

    /// <summary>Not gzip, but what .NET's own compressor makes of an empty message: peers send it.</summary>
    [Fact]
    public async Task A_compressed_message_of_no_bytes_at_all_is_an_empty_message()
    {
        RawServer.AssertStatus(StatusCode.OK, await server.CallAsync(GzipHeaders(), GrpcFrame.Of([], flag: 1)));
    }

    [Fact]
    public async Task An_empty_answer_is_valid_whether_it_is_compressed_or_not()
    {
        var headers = RawServer.Headers(RawServer.Empty).With("grpc-accept-encoding", "gzip");
        var answer = await server.CallAsync(headers, GrpcFrame.Of([]));
        RawServer.AssertStatus(StatusCode.OK, answer);
        var (flag, content) = Assert.Single(GrpcFrame.Split(answer.Body));
        Assert.True(flag == 0 || content.Length >= 18, "flag 1 on something that is too short to be gzip");
        Assert.Empty(RawServer.OnlyMessage(answer));
    }

    [Theory]
    [InlineData(RawServer.Unary)]
    [InlineData(RawServer.ClientStream)]
    public async Task A_small_message_that_unpacks_past_the_limit_is_resource_exhausted(string path)
    {
        var bomb = GrpcFrame.Gzip(new byte[40_000_000]);
        Assert.True(bomb.Length < RawServer.MessageLimit);
        RawServer.AssertStatus(
            StatusCode.ResourceExhausted, await server.CallAsync(GzipHeaders(path), GrpcFrame.Of(bomb, flag: 1)));
    }

    [Fact]
    public async Task A_message_that_unpacks_exactly_to_the_limit_is_read()
    {
        var packed = GrpcFrame.Gzip(RawServer.RequestOfSize(RawServer.MessageLimit));
        RawServer.AssertStatus(StatusCode.OK, await server.CallAsync(GzipHeaders(), GrpcFrame.Of(packed, flag: 1)));
    }

    [Fact]
    public async Task A_message_that_unpacks_to_one_byte_more_is_resource_exhausted()
    {
        var packed = GrpcFrame.Gzip(RawServer.RequestOfSize(RawServer.MessageLimit + 1));
        RawServer.AssertStatus(
            StatusCode.ResourceExhausted, await server.CallAsync(GzipHeaders(), GrpcFrame.Of(packed, flag: 1)));
    }

    [Theory]
    [InlineData(null, true, 0)]
    [InlineData("identity", true, 0)]
    [InlineData("lzma", true, 0)]
    [InlineData("identity,gzip", true, 1)]
    [InlineData("deflate, gzip", true, 1)]
    [InlineData("identity,gzip", false, 0)]
    public async Task An_answer_is_compressed_only_if_the_client_accepts_it_and_the_handler_wants_it(
        string? accepted, bool wanted, byte flag)
    {
        var request = new SimpleRequest { ResponseSize = 5000, ResponseCompressed = new BoolValue { Value = wanted } };
        var headers = RawServer.Headers().With("grpc-accept-encoding", accepted);
        var answer = await server.CallAsync(headers, GrpcFrame.Of(request.ToByteArray()));
        RawServer.AssertStatus(StatusCode.OK, answer);
        AssertMessage(flag, 5000, answer, Assert.Single(GrpcFrame.Split(answer.Body)));
    }

    [Fact]
    public async Task Each_answer_of_a_stream_is_compressed_as_the_handler_wants()
    {
        var request = new StreamingOutputCallRequest
        {
            ResponseParameters =
            {
                new ResponseParameters { Size = 5000, Compressed = new BoolValue { Value = true } },
                new ResponseParameters { Size = 5000, Compressed = new BoolValue { Value = false } },
            },
        };
        var headers = RawServer.Headers(RawServer.ServerStream).With("grpc-accept-encoding", "gzip");
        var answer = await server.CallAsync(headers, GrpcFrame.Of(request.ToByteArray()));
        RawServer.AssertStatus(StatusCode.OK, answer);
        var messages = GrpcFrame.Split(answer.Body);
        Assert.Equal([1, 0], messages.Select(message => message.Flag));
        AssertMessage(1, 5000, answer, messages[0]);
        AssertMessage(0, 5000, answer, messages[1]);
    }

    /// <summary>StreamingOutputCallResponse and SimpleResponse carry their payload in the same field.</summary>
    private static void AssertMessage(
        byte flag, int payloadSize, Http2Answer answer, (byte Flag, byte[] Content) message)
    {
        Assert.Equal(flag, message.Flag);
        if (flag == 1)
            Assert.Equal("gzip", answer.Headers["grpc-encoding"]);
        var content = flag == 1 ? GrpcFrame.Gunzip(message.Content) : message.Content;
        Assert.Equal(payloadSize, SimpleResponse.Parser.ParseFrom(content).Payload.Body.Length);
    }
}
