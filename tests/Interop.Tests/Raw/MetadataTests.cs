using System.Text;
using Ecert.Interop.Testing;
using Ecert.Interop.Tests.RawHttp2;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Interop.Tests.Raw;

/// <summary>Custom-Metadata of the gRPC over HTTP/2 description, from the wire to the handler and back.</summary>
public sealed class MetadataTests(RawServer server) : IClassFixture<RawServer>
{
    private const string Binary = "sample-bin";
    private const string EchoTrailing = "x-grpc-test-echo-trailing-bin";

    [Fact]
    public async Task Repeated_binary_metadata_arrive_as_separate_values_in_order()
    {
        var headers = RawServer.Headers(RawServer.ShowMetadata).Plus(Binary, "AQI=").Plus(Binary, "AwQ=");
        Assert.Equal([[1, 2], [3, 4]], await SeenAsync(headers, Binary));
    }

    [Fact]
    public async Task Binary_values_joined_by_a_comma_are_separate_values()
    {
        var headers = RawServer.Headers(RawServer.ShowMetadata).Plus(Binary, "AQI=,AwQ=,BQ");
        Assert.Equal([[1, 2], [3, 4], [5]], await SeenAsync(headers, Binary));
    }

    [Fact]
    public async Task An_empty_binary_value_is_a_value_of_no_bytes()
    {
        var headers = RawServer.Headers(RawServer.ShowMetadata).Plus(Binary, "");
        Assert.Equal([[]], await SeenAsync(headers, Binary));
    }

    [Theory]
    [InlineData("q6ur", "ababab")]
    [InlineData("qw==", "ab")]
    [InlineData("qw", "ab")]
    [InlineData("q6s", "abab")]
    public async Task Padded_and_unpadded_base64_are_both_read(string encoded, string expected)
    {
        var headers = RawServer.Headers(RawServer.ShowMetadata).Plus(Binary, encoded);
        Assert.Equal([Convert.FromHexString(expected)], await SeenAsync(headers, Binary));
    }

    [Theory]
    [InlineData("!!!!")]
    [InlineData("A")]
    [InlineData("AB=C")]
    public async Task Binary_metadata_that_are_not_base64_are_internal(string encoded)
    {
        var headers = RawServer.Headers(RawServer.ShowMetadata).Plus(Binary, encoded);
        RawServer.AssertStatus(StatusCode.Internal, await server.CallAsync(headers, GrpcFrame.Of([])));
    }

    [Fact]
    public async Task Repeated_text_metadata_arrive_as_separate_values_in_order()
    {
        var headers = RawServer.Headers(RawServer.ShowMetadata).Plus("sample", "first").Plus("sample", "second, third");
        var seen = await SeenAsync(headers, "sample");
        Assert.Equal(["first", "second, third"], seen.Select(Encoding.ASCII.GetString));
    }

    [Fact]
    public async Task The_protocols_own_headers_are_not_shown_as_metadata()
    {
        var headers = RawServer.Headers(RawServer.ShowMetadata)
            .With("grpc-timeout", "10S").With("grpc-accept-encoding", "gzip").Plus("sample", "x");
        var answer = await server.CallAsync(headers, GrpcFrame.Of([]));
        RawServer.AssertStatus(StatusCode.OK, answer);
        var names = SeenMetadata.Parser.ParseFrom(RawServer.OnlyMessage(answer)).Entries.Select(entry => entry.Name);
        Assert.DoesNotContain(names, name => name.StartsWith(':') || name is "te" or "content-type"
            || name.StartsWith("grpc-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Binary_trailers_are_sent_unpadded()
    {
        var headers = RawServer.Headers().Plus(EchoTrailing, "qw==");
        var answer = await server.CallAsync(headers, RawServer.Request);
        RawServer.AssertStatus(StatusCode.OK, answer);
        Assert.Equal("qw", answer.Trailers![EchoTrailing]);
    }

    [Fact]
    public async Task An_empty_binary_trailer_is_not_lost()
    {
        var headers = RawServer.Headers().Plus(EchoTrailing, "");
        var answer = await server.CallAsync(headers, RawServer.Request);
        RawServer.AssertStatus(StatusCode.OK, answer);
        Assert.Equal("", answer.Trailers![EchoTrailing]);
    }

    [Fact]
    public async Task Trailing_metadata_of_a_refused_call_come_with_its_status()
    {
        var refusal = new SimpleRequest { ResponseStatus = new EchoStatus { Code = 9, Message = "no" } };
        var headers = RawServer.Headers().Plus(EchoTrailing, "q6ur");
        var answer = await server.CallAsync(headers, GrpcFrame.Of(refusal.ToByteArray()));
        RawServer.AssertStatus(StatusCode.FailedPrecondition, answer);
        Assert.Equal("q6ur", (answer.Trailers ?? answer.Headers)[EchoTrailing]);
    }

    /// <summary>Kestrel refuses these before gRPC sees them.</summary>
    [Fact]
    public async Task Metadata_that_sum_up_past_the_servers_limit_are_HTTP_431()
    {
        var part = new string('x', 12_000);
        var headers = RawServer.Headers().Plus("first", part).Plus("second", part).Plus("third", part);
        var answer = await server.CallAsync(headers, RawServer.Request);
        Assert.True(answer.HttpStatus == "431", answer.ToString());
    }

    [Fact]
    public async Task A_single_metadata_value_past_the_servers_field_limit_ends_its_connection_only()
    {
        await using (var connection = await server.ConnectAsync())
        {
            var stream = await connection.OpenAsync(RawServer.Headers().Plus("large", new string('x', 40_000)));
            var answer = await stream.AnswerAsync();
            Assert.True(answer.Reset == Http2Stream.CompressionError, answer.ToString());
        }

        await using var next = await server.ConnectAsync();
        await RawServer.AssertStillServesAsync(next);
    }

    private async Task<byte[][]> SeenAsync(HeaderList headers, string name)
    {
        var answer = await server.CallAsync(headers, GrpcFrame.Of([]));
        RawServer.AssertStatus(StatusCode.OK, answer);
        return [.. SeenMetadata.Parser.ParseFrom(RawServer.OnlyMessage(answer)).Entries
            .Where(entry => entry.Name == name).Select(entry => entry.Value.ToByteArray())];
    }
}
