using Ecert.Interop.Testing;
using Ecert.Interop.Tests.RawHttp2;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Interop.Tests.Raw;

/// <summary>A client that goes away: the handler is told, and nothing of the call stays behind.</summary>
public sealed class CancellationTests(RawServer server) : IClassFixture<RawServer>
{
    private static readonly byte[] HalfMessage = GrpcFrame.WithLength(100, new byte[40]);

    [Fact]
    public async Task A_reset_within_a_message_cancels_the_handlers_token()
    {
        var cancelledBefore = server.Handlers.Cancelled;
        await using var connection = await server.ConnectAsync();
        var stream = await OpenAndAwaitHandlerAsync(connection, RawServer.AwaitCancellation);
        await stream.SendAsync(HalfMessage);
        await stream.ResetAsync();
        await Eventually.TrueAsync(
            () => server.Handlers.Cancelled == cancelledBefore + 1, "the token was not cancelled");
        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "the handler is still running");
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task A_reset_within_a_message_ends_a_handler_that_reads()
    {
        await using var connection = await server.ConnectAsync();
        var stream = await OpenAndAwaitHandlerAsync(connection, RawServer.ClientStream);
        await stream.SendAsync(HalfMessage);
        await stream.ResetAsync();
        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "the handler is still running");
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task A_reset_before_a_unary_request_is_whole_never_starts_the_handler()
    {
        var startedBefore = server.Handlers.Started;
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(RawServer.Headers());
        await stream.SendAsync(HalfMessage);
        await stream.ResetAsync();
        await RawServer.AssertStillServesAsync(connection);
        Assert.Equal(startedBefore + 1, server.Handlers.Started); // the proper call just made
    }

    [Fact]
    public async Task A_connection_that_breaks_cancels_the_handlers_token()
    {
        var cancelledBefore = server.Handlers.Cancelled;
        var connection = await server.ConnectAsync();
        await OpenAndAwaitHandlerAsync(connection, RawServer.AwaitCancellation);
        await connection.DisposeAsync();
        await Eventually.TrueAsync(
            () => server.Handlers.Cancelled == cancelledBefore + 1, "the token was not cancelled");
        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "the handler is still running");
    }

    [Fact]
    public async Task A_handler_that_ignores_a_reset_finishes_without_harm()
    {
        await using var connection = await server.ConnectAsync();
        var startedBefore = server.Handlers.Started;
        var stream = await connection.OpenAsync(RawServer.Headers(RawServer.IgnoreCancellation));
        await stream.SendAsync(GrpcFrame.Of(new ProbeRequest { WorkMs = 300 }.ToByteArray()), endStream: true);
        await Eventually.TrueAsync(() => server.Handlers.Started > startedBefore, "the handler did not start");
        await stream.ResetAsync();
        await RawServer.AssertStillServesAsync(connection);
        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "the handler is still running");
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task A_reset_between_two_answers_ends_the_handler()
    {
        var request = new StreamingOutputCallRequest
        {
            ResponseParameters =
            {
                new ResponseParameters { Size = 10 },
                new ResponseParameters { Size = 10, IntervalUs = 60_000_000 },
            },
        };
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(RawServer.Headers(RawServer.ServerStream));
        await stream.SendAsync(GrpcFrame.Of(request.ToByteArray()), endStream: true);
        await stream.BodyAsync(GrpcFrame.HeaderLength + 10);
        await stream.ResetAsync();
        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "the handler is still running");
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task Every_call_that_was_reset_gives_its_stream_back()
    {
        await using var connection = await server.ConnectAsync();
        for (var i = 0; i < 200; i++)
        {
            var stream = await connection.OpenAsync(RawServer.Headers(RawServer.Duplex));
            await stream.SendAsync(GrpcFrame.Of([]));
            await stream.ResetAsync();
            if (i % 20 == 0)
                await RawServer.AssertStillServesAsync(connection);
        }

        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "a handler is still running");
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task A_refused_call_whose_client_keeps_sending_is_still_refused_once()
    {
        await using var connection = await server.ConnectAsync();
        var refusal = new StreamingOutputCallRequest { ResponseStatus = new EchoStatus { Code = 7, Message = "no" } };
        var stream = await connection.OpenAsync(RawServer.Headers(RawServer.Duplex));
        await stream.SendAsync(GrpcFrame.Of(refusal.ToByteArray()));
        var answer = await stream.AnswerAsync();
        RawServer.AssertStatus(StatusCode.PermissionDenied, answer);
        await RawServer.AssertStillServesAsync(connection);
    }

    private async Task<Http2Stream> OpenAndAwaitHandlerAsync(Http2Connection connection, string path)
    {
        var startedBefore = server.Handlers.Started;
        var stream = await connection.OpenAsync(RawServer.Headers(path));
        await Eventually.TrueAsync(() => server.Handlers.Started > startedBefore, "the handler did not start");
        return stream;
    }
}
