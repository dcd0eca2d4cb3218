using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>Makes calls over a channel.</summary>
internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    /// <summary>Blocks the thread, as the API promises; the asynchronous form is the one to use.</summary>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        call.StartWith(request);
        return new AsyncUnaryCall<TResponse>(
            call.ReadOnlyResponseAsync(), Shared.Headers, Shared.Status, Shared.Trailers, Shared.Dispose, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        call.StartWith(request);
        return new AsyncServerStreamingCall<TResponse>(
            call.ResponseStream(), Shared.Headers, Shared.Status, Shared.Trailers, Shared.Dispose, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        var requests = call.StartStreaming();
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            requests,
            call.ReadOnlyResponseAsync(),
            Shared.Headers,
            Shared.Status,
            Shared.Trailers,
            Shared.Dispose,
            call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        var requests = call.StartStreaming();
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            requests,
            call.ResponseStream(),
            Shared.Headers,
            Shared.Status,
            Shared.Trailers,
            Shared.Dispose,
            call);
    }

    /// <summary>One set of delegates for all calls: the call itself is their state.</summary>
    private static class Shared
    {
        public static readonly Func<object, Task<Metadata>> Headers = call => ((GrpcCall)call).ResponseHeadersAsync;
        public static readonly Func<object, Status> Status = call => ((GrpcCall)call).FinalStatus;
        public static readonly Func<object, Metadata> Trailers = call => ((GrpcCall)call).FinalTrailers;
        public static readonly Action<object> Dispose = call => ((GrpcCall)call).Dispose();
    }
}
