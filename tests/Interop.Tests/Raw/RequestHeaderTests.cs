using Ecert.Interop.Tests.RawHttp2;
using Grpc.Core;

namespace Ecert.Interop.Tests.Raw;

/// <summary>Request-Headers of the gRPC over HTTP/2 description, each wrong in its own way.</summary>
public sealed class RequestHeaderTests(RawServer server) : IClassFixture<RawServer>
{
    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/grpcx")]
    [InlineData("text/plain")]
    public async Task A_content_type_that_is_not_gRPC_is_HTTP_415(string? contentType)
    {
        var answer = await server.CallAsync(RawServer.Headers().With("content-type", contentType), RawServer.Request);
        Assert.Equal("415", answer.HttpStatus);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    public async Task Protobuf_content_types_are_served(string contentType)
    {
        var answer = await server.CallAsync(RawServer.Headers().With("content-type", contentType), RawServer.Request);
        RawServer.AssertStatus(StatusCode.OK, answer);
    }

    [Fact]
    public async Task Another_method_than_POST_is_HTTP_405()
    {
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(RawServer.Headers().With(":method", "GET"), endStream: true);
        var answer = await stream.AnswerAsync();
        Assert.True(answer.HttpStatus == "405", answer.ToString());
        await RawServer.AssertStillServesAsync(connection);
    }

    [Theory]
    [InlineData("/grpc.testing.TestService/NoSuchMethod")]
    [InlineData("/grpc.testing.NoSuchService/UnaryCall")]
    [InlineData("/grpc.testing.UnimplementedService/UnimplementedCall")]
    [InlineData("/grpc.testing.TestService/unarycall")]
    [InlineData("/grpc.testing.TestService/UnaryCall/")]
    [InlineData("/grpc.testing.TestService")]
    [InlineData("/UnaryCall")]
    [InlineData("/a/b/c")]
    [InlineData("//")]
    [InlineData("/")]
    public async Task A_path_that_names_no_method_is_unimplemented(string path)
    {
        RawServer.AssertStatus(
            StatusCode.Unimplemented, await server.CallAsync(RawServer.Headers(path), RawServer.Request));
    }

    [Fact]
    public async Task A_method_the_service_leaves_out_is_unimplemented()
    {
        var headers = RawServer.Headers("/grpc.testing.TestService/UnimplementedCall");
        RawServer.AssertStatus(StatusCode.Unimplemented, await server.CallAsync(headers, GrpcFrame.Of([])));
    }

    [Fact]
    public async Task A_call_without_te_is_served()
    {
        // The header tells a client of proxies that drop trailers; a server that has it missing loses nothing.
        var answer = await server.CallAsync(RawServer.Headers().With("te", null), RawServer.Request);
        RawServer.AssertStatus(StatusCode.OK, answer);
    }

    /// <summary>RFC 9113 §8.1.1, §8.2: a malformed request is a stream error of type PROTOCOL_ERROR (or the
    /// connection's). Kestrel sees to it; the tests hold that nothing of gRPC gets in its way.</summary>
    [Theory]
    [InlineData("Upper-Case", "x")]
    [InlineData("connection", "keep-alive")]
    [InlineData("te", "gzip")]
    [InlineData(":unknown", "x")]
    [InlineData(":path", "/twice")]
    public async Task A_header_that_HTTP2_forbids_is_a_protocol_error(string name, string value)
    {
        await using var connection = await server.ConnectAsync();
        var headers = name == "te" ? RawServer.Headers().With(name, value) : RawServer.Headers().Plus(name, value);
        var stream = await connection.OpenAsync(headers);
        var answer = await stream.AnswerAsync();
        Assert.True(answer.Reset == Http2Stream.ProtocolError, answer.ToString());

        await using var next = await server.ConnectAsync();
        await RawServer.AssertStillServesAsync(next);
    }

    [Theory]
    [InlineData(":path", "")]
    [InlineData(":path", null)]
    [InlineData(":scheme", null)]
    [InlineData(":method", null)]
    public async Task A_missing_or_empty_pseudo_header_is_a_protocol_error(string name, string? value)
    {
        await using var connection = await server.ConnectAsync();
        var headers = RawServer.Headers().With(name, value);
        var answer = await (await connection.OpenAsync(headers)).AnswerAsync();
        Assert.True(answer.Reset == Http2Stream.ProtocolError, answer.ToString());
    }

    [Fact]
    public async Task Pseudo_headers_after_ordinary_ones_are_a_protocol_error()
    {
        await using var connection = await server.ConnectAsync();
        var headers = RawServer.Headers().With(":path", null).Plus(":path", RawServer.Unary);
        var answer = await (await connection.OpenAsync(headers)).AnswerAsync();
        Assert.True(answer.Reset == Http2Stream.ProtocolError, answer.ToString());
    }
}
