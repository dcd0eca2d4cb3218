namespace Grpc.Core;

/// <summary>Names a host in every call that names none.</summary>
internal sealed class HostCallInvoker(CallInvoker inner, string host) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? otherHost, CallOptions options, TRequest request) =>
        inner.BlockingUnaryCall(method, otherHost ?? host, options, request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? otherHost, CallOptions options, TRequest request) =>
        inner.AsyncUnaryCall(method, otherHost ?? host, options, request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? otherHost, CallOptions options, TRequest request) =>
        inner.AsyncServerStreamingCall(method, otherHost ?? host, options, request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? otherHost, CallOptions options) =>
        inner.AsyncClientStreamingCall(method, otherHost ?? host, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? otherHost, CallOptions options) =>
        inner.AsyncDuplexStreamingCall(method, otherHost ?? host, options);
}
