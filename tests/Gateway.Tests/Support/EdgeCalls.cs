using Ecert.Gateway.Edge;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Ecert.Gateway.Tests.Support;

/// <summary>Calls as the transport hands them to the edge, without the transport.</summary>
internal static class EdgeCalls
{
    public static EdgeCall Call(
        string method, IMessage? request = null, Caller? caller = null, Metadata? headers = null,
            HttpContext? http = null)
    {
        var context = new CallContext(method, headers ?? []);
        context.UserState["__HttpContext"] = http ?? new DefaultHttpContext();
        return new EdgeCall(context, request) { Caller = caller ?? new Caller.Anyone() };
    }

    private sealed class CallContext(string method, Metadata headers) : ServerCallContext
    {
        protected override string MethodCore => method;
        protected override string HostCore => "gateway.example";
        protected override string PeerCore => "ipv4:127.0.0.1:1";
        protected override DateTime DeadlineCore => DateTime.MaxValue;
        protected override Metadata RequestHeadersCore => headers;
        protected override CancellationToken CancellationTokenCore => CancellationToken.None;
        protected override Metadata ResponseTrailersCore { get; } = [];
        protected override Status StatusCore { get; set; }
        protected override WriteOptions? WriteOptionsCore { get; set; }
        protected override AuthContext AuthContextCore { get; } = new("", []);

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
            throw new NotSupportedException("Nothing is propagated in these tests.");

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
    }
}
