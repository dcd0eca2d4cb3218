using System.Diagnostics;
using Ecert.Interop.Testing;
using Ecert.Interop.Tests.RawHttp2;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Interop.Tests.Raw;

/// <summary>grpc-timeout: what it may say, and that the server keeps it whatever handler and client do.</summary>
public sealed class DeadlineTests(RawServer server) : IClassFixture<RawServer>
{
    private static HeaderList TimedHeaders(string timeout, string path = RawServer.Unary) =>
        RawServer.Headers(path).With("grpc-timeout", timeout);

    /// <summary>A server stream whose first answer is due after half a minute.</summary>
    private static byte[] SlowRequest => GrpcFrame.Of(new StreamingOutputCallRequest
    {
        ResponseParameters = { new ResponseParameters { Size = 1, IntervalUs = 30_000_000 } },
    }.ToByteArray());

    [Theory]
    [InlineData("abc")]
    [InlineData("123456789S")]
    [InlineData("-5S")]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("S")]
    [InlineData("5s")]
    [InlineData("1.5S")]
    [InlineData("1 S")]
    [InlineData("+1S")]
    public async Task A_timeout_that_is_not_one_is_internal(string timeout)
    {
        RawServer.AssertStatus(
            StatusCode.Internal, await server.CallAsync(TimedHeaders(timeout), RawServer.Request));
    }

    [Theory]
    [InlineData("99999999H")]
    [InlineData("99999999M")]
    [InlineData("30S")]
    [InlineData("30000m")]
    [InlineData("30000000u")]
    public async Task Every_unit_and_the_longest_timeout_are_understood(string timeout)
    {
        RawServer.AssertStatus(StatusCode.OK, await server.CallAsync(TimedHeaders(timeout), RawServer.Request));
    }

    [Theory]
    [InlineData("0S")]
    [InlineData("0n")]
    [InlineData("1n")]
    [InlineData("99999999n")]
    public async Task A_timeout_that_is_over_before_the_handler_is_done_is_deadline_exceeded(string timeout)
    {
        var answer = await server.CallAsync(TimedHeaders(timeout, RawServer.ServerStream), SlowRequest);
        RawServer.AssertStatus(StatusCode.DeadlineExceeded, answer);
    }

    [Fact]
    public async Task A_sender_that_stops_within_a_message_is_ended_by_the_deadline()
    {
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(TimedHeaders("200m"));
        await stream.SendAsync(RawServer.Request.AsMemory(0, 6));
        RawServer.AssertStatus(StatusCode.DeadlineExceeded, await stream.AnswerAsync());
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task A_sender_that_never_starts_is_ended_by_the_deadline()
    {
        await using var connection = await server.ConnectAsync();
        var stream = await connection.OpenAsync(TimedHeaders("200m", RawServer.ClientStream));
        RawServer.AssertStatus(StatusCode.DeadlineExceeded, await stream.AnswerAsync());
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task A_deadline_ends_the_call_while_a_handler_that_ignores_it_works_on()
    {
        await using var connection = await server.ConnectAsync();
        var clock = Stopwatch.StartNew();
        var stream = await connection.OpenAsync(TimedHeaders("100m", RawServer.IgnoreCancellation));
        await stream.SendAsync(GrpcFrame.Of(new ProbeRequest { WorkMs = 4000 }.ToByteArray()), endStream: true);
        var answer = await stream.AnswerAsync();
        RawServer.AssertStatus(StatusCode.DeadlineExceeded, answer);
        Assert.True(clock.ElapsedMilliseconds < 3500, $"the answer came only after {clock.ElapsedMilliseconds} ms");
        Assert.Empty(answer.Body);
        await RawServer.AssertStillServesAsync(connection);
        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "the handler is still running");
        await RawServer.AssertStillServesAsync(connection);
    }

    [Fact]
    public async Task A_storm_of_short_deadlines_leaves_the_server_whole()
    {
        await using var connection = await server.ConnectAsync();
        var answers = new List<Task<Http2Answer>>();
        for (var i = 0; i < 500; i++)
        {
            var stream = await connection.OpenAsync(TimedHeaders("1m", RawServer.ServerStream));
            await stream.SendAsync(SlowRequest, endStream: true);
            answers.Add(stream.AnswerAsync());
        }

        foreach (var answer in await Task.WhenAll(answers))
            RawServer.AssertStatus(StatusCode.DeadlineExceeded, answer);
        await RawServer.AssertStillServesAsync(connection);
        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "a handler is still running");
    }

    [Fact]
    public async Task A_storm_of_deadlines_that_the_client_resets_at_the_same_moment_leaves_the_server_whole()
    {
        await using var connection = await server.ConnectAsync();
        for (var i = 0; i < 300; i++)
        {
            var stream = await connection.OpenAsync(TimedHeaders("2m", RawServer.ServerStream));
            await stream.SendAsync(SlowRequest, endStream: true);
            if (i % 2 == 0)
                await Task.Delay(1);
            await stream.ResetAsync();
        }

        await Eventually.TrueAsync(() => server.Handlers.Running == 0, "a handler is still running");
        await using var next = await server.ConnectAsync();
        await RawServer.AssertStillServesAsync(next);
    }
}
