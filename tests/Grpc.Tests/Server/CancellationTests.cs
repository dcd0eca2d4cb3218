using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Fixture;

namespace Grpc.Tests.Server;

/// <summary>Cancellation from either side, and what becomes of the other.</summary>
public sealed class CancellationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Caller_token_cancels_the_call_and_the_handler(bool dispose)
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            async (request, context) =>
            {
                context.CancellationToken.Register(cancelled.SetResult);
                started.SetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return request;
            }));
        using var source = new CancellationTokenSource();
        using var call = server.Invoker().AsyncUnaryCall(
            TestMethods.Unary(), null, new CallOptions(cancellationToken: source.Token), "");
        await started.Task.WaitAsync(Patience);
        if (dispose)
            call.Dispose();
        else
            await source.CancelAsync();
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, refusal.StatusCode);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await cancelled.Task.WaitAsync(Patience);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Client_that_goes_in_the_middle_of_its_stream_is_a_cancellation_to_the_handler()
    {
        var end = new TaskCompletionSource<Exception>();
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddClientStreaming(
            async (requests, context) =>
            {
                Assert.True(await requests.MoveNext());
                end.SetResult(await Record.ExceptionAsync(() => requests.MoveNext()));
                return "";
            }));
        using var call = server.Invoker().AsyncClientStreamingCall(TestMethods.ClientStreaming(), null, default);
        await call.RequestStream.WriteAsync("one");
        await Task.Delay(50);
        call.Dispose();
        Assert.IsAssignableFrom<OperationCanceledException>(await end.Task.WaitAsync(Patience));
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Writer_that_looks_at_no_token_stops_when_the_client_has_gone()
    {
        var end = new TaskCompletionSource<Exception>();
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddServerStreaming(
            async (_, responses, _) => end.SetResult(await Record.ExceptionAsync(async () =>
            {
                while (true)
                    await responses.WriteAsync("more");
            }))));
        using var call = server.Invoker().AsyncServerStreamingCall(TestMethods.ServerStreaming(), null, default, "");
        Assert.True(await call.ResponseStream.MoveNext());
        call.Dispose();
        Assert.IsAssignableFrom<OperationCanceledException>(await end.Task.WaitAsync(Patience));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Cancelled, refusal.StatusCode);
    }

    [Fact]
    public async Task Token_of_one_read_cancels_the_call()
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddServerStreaming(
            (_, _, context) => Task.Delay(Timeout.Infinite, context.CancellationToken)));
        using var call = server.Invoker().AsyncServerStreamingCall(TestMethods.ServerStreaming(), null, default, "");
        using var source = new CancellationTokenSource(100);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(source.Token));
        Assert.Equal(StatusCode.Cancelled, refusal.StatusCode);
    }

    [Fact]
    public async Task Cancelled_calls_can_throw_operation_cancelled_instead()
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            async (request, context) =>
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return request;
            }));
        using var source = new CancellationTokenSource(100);
        var invoker = server.Invoker(options => options.ThrowOperationCanceledOnCancellation = true);
        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(async () => await invoker.AsyncUnaryCall(
            TestMethods.Unary(), null, new CallOptions(cancellationToken: source.Token), ""));
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task Disposed_channel_ends_its_calls_and_takes_no_new_ones()
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            async (request, context) =>
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return request;
            }));
        var channel = GrpcChannel.ForAddress(server.Address);
        var invoker = channel.CreateCallInvoker();
        using var call = invoker.AsyncUnaryCall(TestMethods.Unary(), null, default, "");
        await Task.Delay(50);
        channel.Dispose();
        channel.Dispose();
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(StatusCode.Cancelled, refusal.StatusCode);
        Assert.Throws<ObjectDisposedException>(
            () => { _ = invoker.AsyncUnaryCall(TestMethods.Unary(), null, default, ""); });
    }

    [Fact]
    public async Task Server_that_ends_early_stops_the_writer_with_its_status()
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddClientStreaming(
            (_, _) => throw new RpcException(new Status(StatusCode.PermissionDenied, "no"))));
        using var call = server.Invoker().AsyncClientStreamingCall(TestMethods.ClientStreaming(), null, default);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(new Status(StatusCode.PermissionDenied, "no"), refusal.Status);
        refusal = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync("too late"));
        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
    }

    [Fact]
    public async Task Handler_may_answer_before_the_client_has_said_all()
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddClientStreaming((_, _) => Task.FromResult("enough")));
        using var call = server.Invoker().AsyncClientStreamingCall(TestMethods.ClientStreaming(), null, default);
        Assert.Equal("enough", await call.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync("more"));
    }

    [Fact]
    public async Task Server_that_shuts_down_under_a_call_is_unavailable()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            async (request, _) =>
            {
                started.SetResult();
                await release.Task;
                return request;
            }));
        using var channel = GrpcChannel.ForAddress(server.Address);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary(), null, default, "");
        await started.Task.WaitAsync(Patience);
        await server.StopAsync();
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        release.SetResult();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Deadline_and_cancellation_pass_on_to_calls_made_for_a_call()
    {
        var inner = new TaskCompletionSource<StatusCode>();
        GrpcServer? server = null;
        server = await GrpcServer.WithMethodAsync(methods =>
        {
            methods.AddUnary(async (request, context) =>
            {
                var options = new CallOptions(propagationToken: context.CreatePropagationToken());
                using var call = server!.Invoker().AsyncUnaryCall(TestMethods.Unary("Inner"), null, options, "");
                var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
                inner.SetResult(refusal.StatusCode);
                return request;
            });
            methods.AddMethod(TestMethods.Unary("Inner"), new UnaryServerMethod<string, string>(
                async (request, context) =>
                {
                    Assert.NotEqual(DateTime.MaxValue, context.Deadline);
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                    return request;
                }));
        });
        await using (server)
        {
            var options = new CallOptions(deadline: DateTime.UtcNow.AddMilliseconds(300));
            await Assert.ThrowsAsync<RpcException>(
                async () => await server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, options, ""));
            var code = await inner.Task.WaitAsync(Patience);
            Assert.True(code is StatusCode.DeadlineExceeded or StatusCode.Cancelled);
        }
    }
}
