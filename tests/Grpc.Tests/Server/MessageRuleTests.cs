using System.IO.Compression;
using System.Net;
using System.Text;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Tests.Fixture;

namespace Grpc.Tests.Server;

/// <summary>Sizes, encodings and broken requests: what the server refuses, and with which status.</summary>
public sealed class MessageRuleTests
{
    private const string Unary = "/test.Dynamic/Unary";

    [Theory]
    [InlineData("no message", "12", new byte[0])]
    [InlineData("two messages", "12", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("rest after the message", "12", new byte[] { 0, 0, 0, 0, 0, 0 })]
    [InlineData("half a header", "13", new byte[] { 0, 0, 0 })]
    [InlineData("half a message", "13", new byte[] { 0, 0, 0, 0, 5, 1, 2 })]
    [InlineData("unknown flag", "13", new byte[] { 2, 0, 0, 0, 0 })]
    [InlineData("compressed without encoding", "13", new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData("impossible length", "13", new byte[] { 0, 255, 255, 255, 255 })]
    [InlineData("length past the limit", "8", new byte[] { 0, 1, 0, 0, 0 })]
    public async Task Broken_request_is_refused(string what, string status, byte[] body)
    {
        await using var server = await EchoAsync();
        using var raw = new RawCall(server, Unary);
        var answer = await raw.SendAsync(body);
        Assert.True(HttpStatusCode.OK == answer.HttpStatus && status == answer.Status, $"{what}: {answer.Status}");
        Assert.Empty(server.Logs.Errors);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("text/plain")]
    public async Task Other_content_type_is_unsupported(string contentType)
    {
        await using var server = await EchoAsync();
        using var raw = new RawCall(server, Unary) { ContentType = contentType };
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await raw.SendAsync([0, 0, 0, 0, 0])).HttpStatus);
    }

    [Fact]
    public async Task Unknown_encoding_is_unimplemented_and_the_known_ones_are_named()
    {
        await using var server = await EchoAsync();
        using var raw = new RawCall(server, Unary).With("grpc-encoding", "snappy");
        var answer = await raw.SendAsync([1, 0, 0, 0, 0]);
        Assert.Equal("12", answer.Status);
        Assert.Equal("identity,gzip,deflate", answer.Headers["grpc-accept-encoding"]);
    }

    [Fact]
    public async Task Message_that_cannot_be_parsed_is_internal()
    {
        await using var server = await GrpcServer.StartAsync(
            app => Microsoft.AspNetCore.Builder.GrpcEndpointRouteBuilderExtensions.MapGrpcService<EchoService>(app));
        using var raw = new RawCall(server, "/grpc.tests.Echo/Unary");
        Assert.Equal("13", (await raw.SendAsync([0, 0, 0, 0, 1, 0x0A])).Status);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("identity,gzip", true)]
    [InlineData("identity", false)]
    [InlineData(null, false)]
    [InlineData("deflate", false)]
    [InlineData("gzip;q=0", false)]
    public async Task Response_is_compressed_only_for_a_client_that_accepts_it(string? accepted, bool compressed)
    {
        await using var server = await EchoAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var raw = new RawCall(server, Unary);
        if (accepted is not null)
            raw.With("grpc-accept-encoding", accepted);
        var answer = await raw.SendAsync([0, 0, 0, 0, 3, (byte)'a', (byte)'b', (byte)'c']);
        Assert.Equal("0", answer.Status);
        Assert.Equal(compressed, answer.Headers.ContainsKey("grpc-encoding"));
        Assert.Equal(compressed ? 1 : 0, answer.Bytes[0]);
        var payload = answer.Bytes[5..];
        Assert.Equal("abc", Encoding.UTF8.GetString(compressed ? Decompress(payload) : payload));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Compression_works_both_ways_between_our_own(string encoding)
    {
        await using var server = await EchoAsync(options => options.ResponseCompressionAlgorithm = encoding);
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };
        var text = new string('x', 100_000);
        using var call = server.Invoker().AsyncUnaryCall(
            TestMethods.Unary(), null, new CallOptions(headers), text);
        Assert.Equal(text, await call);
    }

    [Fact]
    public async Task Single_message_can_be_left_uncompressed()
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((request, context) =>
            {
                context.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
                return Task.FromResult(request);
            }),
            options => options.ResponseCompressionAlgorithm = "gzip");
        using var raw = new RawCall(server, Unary).With("grpc-accept-encoding", "gzip");
        Assert.Equal(0, (await raw.SendAsync([0, 0, 0, 0, 1, 65])).Bytes[0]);
    }

    [Fact]
    public async Task Bomb_is_stopped_at_the_limit()
    {
        await using var server = await EchoAsync(options => options.MaxReceiveMessageSize = 100_000);
        var headers = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await server.Invoker().AsyncUnaryCall(
            TestMethods.Unary(), null, new CallOptions(headers), new string('x', 100_001)));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Equal(100_000, (await server.Invoker().AsyncUnaryCall(
            TestMethods.Unary(), null, new CallOptions(headers), new string('x', 100_000))).Length);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Message_past_a_limit_is_resource_exhausted(bool clientSend, bool serverSend)
    {
        await using var server = await EchoAsync(options => options.MaxSendMessageSize = serverSend ? 10 : null);
        var invoker = server.Invoker(options =>
        {
            options.MaxSendMessageSize = clientSend ? 10 : null;
            options.MaxReceiveMessageSize = clientSend || serverSend ? null : 10;
        });
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await invoker.AsyncUnaryCall(TestMethods.Unary(), null, default, "elevenbytes"));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Equal("tenbytes..", await invoker.AsyncUnaryCall(TestMethods.Unary(), null, default, "tenbytes.."));
    }

    [Fact]
    public async Task Request_of_default_limit_plus_one_is_refused_and_thirty_megabytes_pass_without_one()
    {
        var text = new string('x', 4 * 1024 * 1024 + 1);
        await using (var limited = await EchoAsync())
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(
                async () => await limited.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, default, text));
            Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        }
        await using var open = await EchoAsync(options => options.MaxReceiveMessageSize = null);
        var large = new string('y', 32 * 1024 * 1024);
        var invoker = open.Invoker(options => options.MaxReceiveMessageSize = null);
        Assert.Equal(large, await invoker.AsyncUnaryCall(TestMethods.Unary(), null, default, large));
    }

    private static Task<GrpcServer> EchoAsync(Action<AspNetCore.Server.GrpcServiceOptions>? options = null) =>
        GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((request, _) => Task.FromResult(request)), options);

    private static byte[] Decompress(byte[] bytes)
    {
        using var plain = new MemoryStream();
        using var stream = new GzipCompressionProvider(CompressionLevel.Fastest)
            .CreateDecompressionStream(new MemoryStream(bytes));
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
