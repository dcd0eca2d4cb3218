using Ecert.Interop.Testing;
using Ecert.Interop.Tests.RawHttp2;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecert.Interop.Tests.OurClient;

/// <summary>Our client against answers that no proper server gives: each ends in one named status, and nothing hangs.
/// </summary>
public sealed class HostileServerTests(HostileServer server) : IClassFixture<HostileServer>
{
    private const int MessageLimit = 65536;

    /// <summary>gRPC's mapping of HTTP statuses, for answers with no status of gRPC's own.</summary>
    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    public Task An_HTTP_status_without_a_gRPC_status_is_mapped(int httpStatus, StatusCode expected) =>
        AssertEndsAsync(expected, new HostileAnswer(httpStatus, "text/html", "<html>"u8.ToArray(), GrpcStatus: null));

    [Theory]
    [InlineData("text/html")]
    [InlineData(null)]
    public Task An_OK_page_that_is_not_gRPC_is_unknown(string? contentType) =>
        AssertEndsAsync(StatusCode.Unknown, new HostileAnswer(200, contentType, [1, 2, 3], GrpcStatus: null));

    /// <summary>The HTTP/2 error codes of the gRPC over HTTP/2 description.</summary>
    [Theory]
    [InlineData(0x1, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    [InlineData(0xc, StatusCode.PermissionDenied)]
    public Task A_reset_is_mapped(int code, StatusCode expected) =>
        AssertEndsAsync(expected, new HostileAnswer { Reset = code });

    [Fact]
    public Task A_reset_after_a_whole_message_is_not_success() =>
        AssertEndsAsync(StatusCode.Internal, new HostileAnswer { Body = HostileServer.ProperBody, Reset = 0x2 });

    [Fact]
    public Task An_answer_that_ends_without_trailers_is_unknown() =>
        AssertEndsAsync(StatusCode.Unknown, new HostileAnswer(Body: HostileServer.ProperBody, GrpcStatus: null));

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("17")]
    [InlineData("99999999999999999999")]
    public Task A_status_that_is_none_is_unknown(string status) =>
        AssertEndsAsync(StatusCode.Unknown, new HostileAnswer(Body: HostileServer.ProperBody, GrpcStatus: status));

    [Theory]
    [InlineData("100%", "100%")]
    [InlineData("%zz%41", "%zzA")]
    [InlineData("%E2%98%BA", "\u263a")]
    public async Task A_badly_escaped_message_is_kept_as_well_as_it_can_be(string sent, string expected)
    {
        var answer = new HostileAnswer(GrpcStatus: "9") { GrpcMessage = sent };
        var thrown = await AssertEndsAsync(StatusCode.FailedPrecondition, answer);
        Assert.Equal(expected, thrown.Status.Detail);
    }

    [Fact]
    public Task OK_without_the_one_message_is_unimplemented() =>
        AssertEndsAsync(StatusCode.Unimplemented, new HostileAnswer());

    [Fact]
    public Task OK_with_two_messages_is_unimplemented() => AssertEndsAsync(
        StatusCode.Unimplemented,
        new HostileAnswer(Body: [.. HostileServer.ProperBody, .. HostileServer.ProperBody]));

    [Fact]
    public Task A_refusal_after_a_message_is_the_refusal() => AssertEndsAsync(
        StatusCode.PermissionDenied, new HostileAnswer(Body: HostileServer.ProperBody, GrpcStatus: "7"));

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public Task A_bad_flag_byte_is_internal(byte flag) =>
        AssertEndsAsync(StatusCode.Internal, new HostileAnswer(Body: GrpcFrame.Of([], flag)));

    [Fact]
    public Task A_message_cut_short_is_internal() => AssertEndsAsync(
        StatusCode.Internal, new HostileAnswer(Body: GrpcFrame.WithLength(100, new byte[40])));

    [Fact]
    public Task A_prefix_cut_short_is_internal() =>
        AssertEndsAsync(StatusCode.Internal, new HostileAnswer(Body: [0, 0, 0]));

    [Fact]
    public Task A_message_past_the_limit_is_resource_exhausted() => AssertEndsAsync(
        StatusCode.ResourceExhausted, new HostileAnswer(Body: GrpcFrame.Of(new byte[MessageLimit + 1])));

    [Fact]
    public Task A_message_that_unpacks_past_the_limit_is_resource_exhausted() => AssertEndsAsync(
        StatusCode.ResourceExhausted,
        new HostileAnswer(Body: GrpcFrame.Of(GrpcFrame.Gzip(new byte[30_000_000]), flag: 1)) { Encoding = "gzip" });

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    [InlineData("lzma")]
    public Task A_compressed_message_in_no_known_encoding_is_internal(string? encoding) => AssertEndsAsync(
        StatusCode.Internal,
        new HostileAnswer(Body: GrpcFrame.Of(GrpcFrame.Gzip([]), flag: 1)) { Encoding = encoding });

    [Fact]
    public Task A_damaged_gzip_message_is_internal() => AssertEndsAsync(
        StatusCode.Internal, new HostileAnswer(Body: GrpcFrame.Of([1, 2, 3, 4], flag: 1)) { Encoding = "gzip" });

    [Fact]
    public Task A_message_that_is_not_protobuf_is_internal() => AssertEndsAsync(
        StatusCode.Internal, new HostileAnswer(Body: GrpcFrame.Of([0x0a, 0x7f])));

    [Fact]
    public async Task A_port_where_nobody_listens_is_unavailable()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");
        var thrown = await Assert.ThrowsAsync<RpcException>(() => CallAsync(channel));
        Assert.Equal(StatusCode.Unavailable, thrown.StatusCode);
    }

    private async Task<RpcException> AssertEndsAsync(StatusCode expected, HostileAnswer answer)
    {
        server.Answer = answer;
        using var channel = OpenChannel();
        var unary = await Assert.ThrowsAsync<RpcException>(() => CallAsync(channel));
        Assert.True(unary.StatusCode == expected, $"{expected} was expected: {unary}");

        server.Answer = new HostileAnswer(Body: HostileServer.ProperBody);
        await CallAsync(channel); // The channel still works.
        return unary;
    }

    private GrpcChannel OpenChannel() => GrpcChannel.ForAddress(
        server.Address, new GrpcChannelOptions { MaxReceiveMessageSize = MessageLimit });

    private static Task CallAsync(GrpcChannel channel)
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20);
        return new TestService.TestServiceClient(channel)
            .UnaryCallAsync(new SimpleRequest(), deadline: deadline).ResponseAsync;
    }
}
