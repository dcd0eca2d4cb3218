using System.Diagnostics;
using Grpc.Core;
using Grpc.Tests.Fixture;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Builder;

namespace Grpc.Tests.Server;

/// <summary>Deadlines end calls on both sides, whatever the handler does, and exactly once.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Deadline_reaches_the_handler_and_its_token()
    {
        var cancelled = new TaskCompletionSource();
        DateTime seen = default;
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            async (request, context) =>
            {
                seen = context.Deadline;
                context.CancellationToken.Register(cancelled.SetResult);
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return request;
            }));
        var deadline = DateTime.UtcNow.AddMilliseconds(200);
        var refusal = await CallAsync(server, deadline);
        Assert.Equal(StatusCode.DeadlineExceeded, refusal.StatusCode);
        await cancelled.Task.WaitAsync(Patience);
        Assert.InRange((seen - deadline).TotalMilliseconds, -200, 200);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Server_answers_at_the_deadline_while_the_handler_still_runs()
    {
        var release = new TaskCompletionSource();
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            async (request, context) =>
            {
                await release.Task;
                return request;
            }));
        // The header alone: no deadline of the client's own stands behind it.
        using var raw = new RawCall(server, "/test.Dynamic/Unary", "200m");
        var answer = await raw.SendAsync([0, 0, 0, 0, 0]).WaitAsync(Patience);
        Assert.Equal("4", answer.Status);
        release.SetResult();
    }

    [Fact]
    public async Task Client_that_never_sends_its_request_is_bounded_by_the_deadline()
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((request, _) => Task.FromResult(request)));
        using var raw = new RawCall(server, "/test.Dynamic/Unary", "200m");
        var answer = await raw.SendAsync([0, 0], thenWait: true).WaitAsync(Patience);
        Assert.Equal("4", answer.Status);
    }

    [Fact]
    public async Task Stream_reader_and_writer_stop_at_the_deadline()
    {
        var ends = new List<Exception>();
        var done = new TaskCompletionSource();
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddDuplex(
            async (requests, responses, context) =>
            {
                await responses.WriteAsync("first");
                ends.Add(await Record.ExceptionAsync(() => requests.MoveNext()));
                ends.Add(await Record.ExceptionAsync(() => responses.WriteAsync("late")));
                done.SetResult();
            }));
        using var call = server.Invoker().AsyncDuplexStreamingCall(
            TestMethods.Duplex(), null, new CallOptions(deadline: DateTime.UtcNow.AddMilliseconds(300)));
        Assert.True(await call.ResponseStream.MoveNext());
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.DeadlineExceeded, refusal.StatusCode);
        await done.Task.WaitAsync(Patience);
        Assert.IsAssignableFrom<OperationCanceledException>(ends[0]);
        Assert.True(ends[1] is RpcException or OperationCanceledException);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Client_that_does_not_read_cannot_hold_a_call_past_its_deadline()
    {
        var done = new TaskCompletionSource<Exception>();
        var method = new Method<byte[], byte[]>(
            MethodType.ServerStreaming, "test.Dynamic", "Flood", TestMethods.Bytes, TestMethods.Bytes);
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddMethod(
            method,
            new ServerStreamingServerMethod<byte[], byte[]>(async (_, responses, _) =>
            {
                var message = new byte[100_000];
                done.SetResult(await Record.ExceptionAsync(async () =>
                {
                    while (true)
                        await responses.WriteAsync(message);
                }));
            })));
        using var raw = new RawCall(server, "/test.Dynamic/Flood", "300m");
        var answer = raw.SendAsync([0, 0, 0, 0, 0], insteadOfReading: done.Task);
        var end = await done.Task.WaitAsync(Patience);
        Assert.True(end is RpcException or OperationCanceledException, end.ToString());
        await answer;
    }

    [Theory]
    [InlineData("0S")]
    [InlineData("1n")]
    public async Task Deadline_in_the_past_is_exceeded(string timeout)
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            async (request, context) =>
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return request;
            }));
        using var raw = new RawCall(server, "/test.Dynamic/Unary", timeout);
        Assert.Equal("4", (await raw.SendAsync([0, 0, 0, 0, 0]).WaitAsync(Patience)).Status);
        Assert.Equal(
            StatusCode.DeadlineExceeded, (await CallAsync(server, DateTime.UtcNow.AddSeconds(-1))).StatusCode);
    }

    [Fact]
    public async Task Malformed_timeout_is_refused()
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((request, _) => Task.FromResult(request)));
        using var raw = new RawCall(server, "/test.Dynamic/Unary", "soon");
        Assert.Equal("13", (await raw.SendAsync([0, 0, 0, 0, 0])).Status);
    }

    [Fact]
    public async Task Race_of_deadline_and_answer_ends_every_call_once_and_well()
    {
        await using var server = await GrpcServer.StartAsync(app => app.MapGrpcService<EchoService>());
        var client = new Echo.EchoClient(server.Channel());
        var random = new Random(7);
        var spans = Enumerable.Range(0, 1500).Select(_ => random.Next(1, 6)).ToArray();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(spans, async (milliseconds, _) =>
        {
            try
            {
                using var call = client.Repeat(
                    new EchoRequest { Text = "x", Times = 50 },
                    deadline: DateTime.UtcNow.AddMilliseconds(milliseconds));
                await foreach (var reply in call.ResponseStream.ReadAllAsync())
                    Assert.StartsWith("x", reply.Text);
            }
            catch (RpcException exception)
            {
                Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
            }
        });
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
        Assert.Equal("after", (await client.UnaryAsync(new EchoRequest { Text = "after" })).Text);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Far_deadline_does_no_harm()
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((request, _) => Task.FromResult(request)));
        using var raw = new RawCall(server, "/test.Dynamic/Unary", "99999999H");
        Assert.Equal("0", (await raw.SendAsync([0, 0, 0, 0, 0])).Status);
        Assert.Equal("a", await server.Invoker().AsyncUnaryCall(
            TestMethods.Unary(), null, new CallOptions(deadline: DateTime.MaxValue), "a"));
    }

    private static Task<RpcException> CallAsync(GrpcServer server, DateTime deadline) =>
        Assert.ThrowsAsync<RpcException>(async () => await server.Invoker().AsyncUnaryCall(
            TestMethods.Unary(), null, new CallOptions(deadline: deadline), ""));
}
