using System.Collections.Concurrent;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Tests.Fixture;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Server;

/// <summary>Interceptors on both sides, and how services are made.</summary>
public sealed class InterceptorTests
{
    [Fact]
    public async Task Interceptors_stand_around_calls_in_order_global_ones_outside()
    {
        var trace = new Trace();
        await using var server = await GrpcServer.StartAsync(
            app => app.MapGrpcService<EchoService>(),
            services =>
            {
                services.AddSingleton(trace);
                services.AddGrpc().AddServiceOptions<EchoService>(
                    options => options.Interceptors.Add<TracingInterceptor>("service"));
            },
            options =>
            {
                options.Interceptors.Add<TracingInterceptor>("first");
                options.Interceptors.Add<TracingInterceptor>("second");
            });
        var client = new Echo.EchoClient(server.Channel());
        await client.UnaryAsync(new EchoRequest());
        Assert.Equal(
            ["first>", "second>", "service>", "<service", "<second", "<first"],
            trace.Steps.Where(step => !step.StartsWith("disposed")));
        Assert.Equal(3, trace.Steps.Count(step => step.StartsWith("disposed")));

        trace.Steps.Clear();
        using var stream = client.Chat();
        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext());
        using var collect = client.Collect();
        await collect.RequestStream.CompleteAsync();
        await collect;
        Assert.False(await client.Repeat(new EchoRequest()).ResponseStream.MoveNext());
        Assert.Equal(18, trace.Steps.Count(step => !step.StartsWith("disposed")));
    }

    [Fact]
    public async Task Interceptor_can_refuse_a_call()
    {
        await using var server = await GrpcServer.StartAsync(
            app => app.MapGrpcService<EchoService>(),
            options: options => options.Interceptors.Add<RefusingInterceptor>());
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await new Echo.EchoClient(server.Channel()).UnaryAsync(new EchoRequest()));
        Assert.Equal(new Status(StatusCode.Unauthenticated, "who?"), refusal.Status);
        Assert.Equal("Bearer", refusal.Trailers.GetValue("www-authenticate"));
    }

    [Fact]
    public async Task Interceptor_and_service_share_the_scope_of_the_call()
    {
        await using var server = await GrpcServer.StartAsync(
            app => app.MapGrpcService<ScopedService>(),
            services => services.AddScoped<Scoped>().AddScoped<ScopeInterceptor>(),
            options => options.Interceptors.Add<ScopeInterceptor>());
        var client = new Echo.EchoClient(server.Channel());
        Assert.Equal("set by the interceptor", (await client.UnaryAsync(new EchoRequest())).Text);
        Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(
            async () => await client.Repeat(new EchoRequest()).ResponseStream.MoveNext())).StatusCode);
    }

    [Fact]
    public async Task Service_that_is_disposable_is_disposed_after_its_call()
    {
        var trace = new Trace();
        await using var server = await GrpcServer.StartAsync(
            app => app.MapGrpcService<DisposableService>(), services => services.AddSingleton(trace));
        await new Echo.EchoClient(server.Channel()).UnaryAsync(new EchoRequest());
        Assert.Equal(["served", "disposed"], trace.Steps);
    }

    [Fact]
    public async Task Client_interceptors_see_calls_in_order_and_can_add_metadata()
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary(
            (_, context) => Task.FromResult(context.RequestHeaders.GetValue("x-added") ?? "none")));
        var trace = new Trace();
        var invoker = server.Channel()
            .Intercept(new TracingInterceptor("outer", trace), new TracingInterceptor("inner", trace))
            .Intercept(headers =>
            {
                headers.Add("x-added", "yes");
                return headers;
            });
        Assert.Equal("yes", await invoker.AsyncUnaryCall(TestMethods.Unary(), null, default, ""));
        Assert.Equal("yes", invoker.BlockingUnaryCall(TestMethods.Unary(), null, default, ""));
        Assert.Equal(["outer", "inner", "outer", "inner"], trace.Steps);
    }

    [Fact]
    public async Task Definition_can_be_intercepted_as_a_whole()
    {
        var trace = new Trace();
        var definition = ServerServiceDefinition.CreateBuilder();
        definition.AddUnary((request, _) => Task.FromResult(request));
        var intercepted = definition.Build().Intercept(new TracingInterceptor("whole", trace));
        await using var server = await GrpcServer.StartAsync(app => app.MapGrpcService(intercepted));
        await server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, default, "");
        Assert.Equal(["whole>", "<whole"], trace.Steps);
    }

    public sealed class Trace
    {
        public ConcurrentQueue<string> Steps { get; } = new();
    }

    public sealed class TracingInterceptor(string name, Trace trace) : Interceptor, IDisposable
    {
        public void Dispose() => trace.Steps.Enqueue($"disposed {name}");

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            trace.Steps.Enqueue(name);
            return continuation(request, context);
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            trace.Steps.Enqueue(name);
            return continuation(request, context);
        }

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            Around(() => continuation(request, context));

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            ServerCallContext context,
            ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
            Around(() => continuation(requestStream, context));

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
            Around(async () =>
            {
                await continuation(request, responseStream, context);
                return true;
            });

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
            Around(async () =>
            {
                await continuation(requestStream, responseStream, context);
                return true;
            });

        private async Task<T> Around<T>(Func<Task<T>> inner)
        {
            trace.Steps.Enqueue($"{name}>");
            var result = await inner();
            trace.Steps.Enqueue($"<{name}");
            return result;
        }
    }

    public sealed class RefusingInterceptor : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(
                new Status(StatusCode.Unauthenticated, "who?"), new Metadata { { "www-authenticate", "Bearer" } });
    }

    public sealed class Scoped
    {
        public string Text { get; set; } = "";
    }

    public sealed class ScopeInterceptor(Scoped scoped) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            scoped.Text = "set by the interceptor";
            return continuation(request, context);
        }
    }

    public sealed class ScopedService(Scoped scoped) : Echo.EchoBase
    {
        public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) =>
            Task.FromResult(new EchoReply { Text = scoped.Text });
    }

    public sealed class DisposableService(Trace trace) : Echo.EchoBase, IAsyncDisposable
    {
        public override async Task<EchoReply> Unary(EchoRequest request, ServerCallContext context)
        {
            await Task.Yield();
            trace.Steps.Enqueue("served");
            return new EchoReply();
        }

        public ValueTask DisposeAsync()
        {
            trace.Steps.Enqueue("disposed");
            return ValueTask.CompletedTask;
        }
    }
}
