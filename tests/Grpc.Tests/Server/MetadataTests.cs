using Grpc.Core;
using Grpc.Tests.Fixture;

namespace Grpc.Tests.Server;

/// <summary>Metadata in both directions: repeated, binary, empty.</summary>
public sealed class MetadataTests
{
    [Fact]
    public async Task Request_metadata_arrives_and_comes_back_as_headers_and_trailers()
    {
        await using var server =
            await GrpcServer.WithMethodAsync(methods => methods.AddUnary(async (request, context) =>
            {
                var echoed = new Metadata();
                foreach (var entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("x-")))
                {
                    echoed.Add(entry);
                    context.ResponseTrailers.Add(entry);
                }
                await context.WriteResponseHeadersAsync(echoed);
                return request;
            }));
        var sent = new Metadata
        {
            { "X-Text", "plain" },
            { "x-raw-bin", [1, 2, 3] },
            { "x-raw-bin", [] },
            { "x-raw-bin", [255] },
            { "x-empty", "" },
        };
        using var call = server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, new CallOptions(sent), "");
        await call.ResponseAsync;
        foreach (var received in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            Assert.Equal("plain", received.GetValue("x-text"));
            Assert.Equal("", received.GetValue("x-empty"));
            Assert.Equal([[1, 2, 3], [], [255]], received.GetAll("x-raw-bin").Select(entry => entry.ValueBytes));
        }
    }

    [Fact]
    public async Task Protocol_headers_are_no_metadata_and_cannot_be_forged()
    {
        var seen = new List<string>();
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary((request, context) =>
            {
                seen.AddRange(context.RequestHeaders.Select(entry => entry.Key));
                context.ResponseTrailers.Add("grpc-status", "13");
                context.ResponseTrailers.Add("grpc-message", "forged");
                return Task.FromResult(request);
            }));
        var headers = new Metadata { { "grpc-timeout", "1n" }, { "te", "gzip" }, { "content-type", "text/html" } };
        using var call = server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, new CallOptions(headers), "a");
        Assert.Equal("a", await call);
        Assert.Equal(["user-agent"], seen);
        Assert.Equal(Status.DefaultSuccess, call.GetStatus());
    }

    [Fact]
    public async Task Headers_are_sent_before_the_first_message()
    {
        var release = new TaskCompletionSource();
        await using var server =
            await GrpcServer.WithMethodAsync(methods => methods.AddDuplex(async (_, responses, context) =>
            {
                await context.WriteResponseHeadersAsync(new Metadata { { "early", "yes" } });
                await release.Task;
                await responses.WriteAsync("late");
            }));
        using var call = server.Invoker().AsyncDuplexStreamingCall(TestMethods.Duplex(), null, default);
        var headers = await call.ResponseHeadersAsync.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("yes", headers.GetValue("early"));
        release.SetResult();
        Assert.True(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Second_response_headers_are_refused()
    {
        await using var server =
            await GrpcServer.WithMethodAsync(methods => methods.AddUnary(async (request, context) =>
            {
                await context.WriteResponseHeadersAsync([]);
                await Assert.ThrowsAsync<InvalidOperationException>(() => context.WriteResponseHeadersAsync([]));
                return request;
            }));
        Assert.Equal("a", await server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, default, "a"));
    }

    [Fact]
    public async Task Context_tells_about_the_call()
    {
        ServerCallContext? seen = null;
        var peer = "";
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary((request, context) =>
            {
                seen = context;
                peer = context.Peer;
                Assert.Equal(DateTime.MaxValue, context.Deadline);
                Assert.False(context.AuthContext.IsPeerAuthenticated);
                Assert.Same(context.GetHttpContext(), context.GetHttpContext());
                Assert.Equal("named.example", context.Host);
                return Task.FromResult(request);
            }));
        await server.Invoker().AsyncUnaryCall(TestMethods.Unary(), "named.example", default, "");
        Assert.Equal("/test.Dynamic/Unary", seen!.Method);
        Assert.Matches(@"^ipv4:127\.0\.0\.1:\d+$", peer);
    }
}
