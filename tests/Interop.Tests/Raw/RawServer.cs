using System.Globalization;
using Ecert.Interop.Testing;
using Ecert.Interop.Tests.RawHttp2;
using Ecert.Interop.Tests.Server;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Interop.Tests.Raw;

/// <summary>A server with a small message limit, and the calls a raw client makes to it.</summary>
public sealed class RawServer : IAsyncLifetime
{
    /// <summary>The largest message the server takes, decompressed, in bytes.</summary>
    public const int MessageLimit = 65536;

    public const string Empty = "/grpc.testing.TestService/EmptyCall";
    public const string Unary = "/grpc.testing.TestService/UnaryCall";
    public const string ClientStream = "/grpc.testing.TestService/StreamingInputCall";
    public const string ServerStream = "/grpc.testing.TestService/StreamingOutputCall";
    public const string Duplex = "/grpc.testing.TestService/FullDuplexCall";
    public const string ShowMetadata = "/ecert.interop.ProbeService/ShowMetadata";
    public const string IgnoreCancellation = "/ecert.interop.ProbeService/IgnoreCancellation";
    public const string AwaitCancellation = "/ecert.interop.ProbeService/AwaitCancellation";
    public const string Fail = "/ecert.interop.ProbeService/Fail";

    private InteropServer? _server;

    internal HandlerCount Handlers => _server!.Handlers;

    /// <summary>A small proper request of UnaryCall, framed.</summary>
    internal static byte[] Request { get; } = GrpcFrame.Of(new SimpleRequest { ResponseSize = 10 }.ToByteArray());

    public async Task InitializeAsync() => _server = await InteropServer.StartAsync(options =>
    {
        options.MaxReceiveMessageSize = MessageLimit;
        options.ResponseCompressionAlgorithm = "gzip";
    });

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    internal Task<Http2Connection> ConnectAsync() => Http2Connection.ConnectAsync(_server!.PlainPort);

    internal static HeaderList Headers(string path = Unary) => new()
    {
        { ":method", "POST" },
        { ":scheme", "http" },
        { ":path", path },
        { ":authority", "localhost" },
        { "te", "trailers" },
        { "content-type", "application/grpc" },
    };

    /// <summary>One call on a connection of its own, which must still serve a proper call afterwards.</summary>
    internal async Task<Http2Answer> CallAsync(HeaderList headers, params byte[] body)
    {
        await using var connection = await ConnectAsync();
        var stream = await connection.OpenAsync(headers);
        await stream.SendAsync(body, endStream: true);
        var answer = await stream.AnswerAsync();
        await AssertStillServesAsync(connection);
        return answer;
    }

    internal static async Task AssertStillServesAsync(Http2Connection connection)
    {
        var stream = await connection.OpenAsync(Headers());
        await stream.SendAsync(Request, endStream: true);
        var answer = await stream.AnswerAsync();
        AssertStatus(StatusCode.OK, answer);
        Assert.Equal(10, SimpleResponse.Parser.ParseFrom(OnlyMessage(answer)).Payload.Body.Length);
    }

    /// <summary>HTTP 200 and exactly one grpc-status, whether in trailers or Trailers-Only.</summary>
    internal static void AssertStatus(StatusCode expected, Http2Answer answer)
    {
        Assert.True(answer.HttpStatus == "200", $"HTTP 200 was expected: {answer}");
        var status = answer.GrpcStatus is { } code
            ? (StatusCode)int.Parse(code, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"There is no grpc-status: {answer}");
        Assert.True(status == expected, $"{expected} was expected, not {status}: {answer}");
        Assert.StartsWith("application/grpc", answer.Headers["content-type"], StringComparison.Ordinal);
    }

    /// <summary>The one message of an answer, unpacked if need be.</summary>
    internal static byte[] OnlyMessage(Http2Answer answer)
    {
        var (flag, content) = Assert.Single(GrpcFrame.Split(answer.Body));
        return flag == 1 ? GrpcFrame.Gunzip(content) : content;
    }

    /// <summary>A request of UnaryCall that takes exactly this many bytes.</summary>
    internal static byte[] RequestOfSize(int size)
    {
        var request = new SimpleRequest { Payload = new Payload { Body = ByteString.CopyFrom(new byte[size - 12]) } };
        request.Payload.Body = ByteString.CopyFrom(new byte[size - 12 + (size - request.CalculateSize())]);
        Assert.Equal(size, request.CalculateSize());
        return request.ToByteArray();
    }
}
