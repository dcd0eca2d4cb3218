using Ecert.Standalone.Composition;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Ecert.Standalone.Journey.Actors;

/// <summary>
/// A citizen's app on the gateway: no client certificate, but a proof by the device's key on every call.
/// </summary>
internal sealed class CitizenClient : IDisposable
{
    private readonly GrpcChannel _channel;

    public CitizenClient(RunningSystem system, DPoPToken token)
    {
        _channel = GrpcChannel.ForAddress(
            system.Addresses.Gateway, new GrpcChannelOptions { HttpHandler = system.Chain.HandlerAs(null) });
        Calls = _channel.Intercept(new DPoPInterceptor(system.Addresses.Gateway.ToString().TrimEnd('/'), token));
    }

    /// <summary>What the generated clients call through.</summary>
    public CallInvoker Calls { get; }

    public void Dispose() => _channel.Dispose();

    private sealed class DPoPInterceptor(string gateway, DPoPToken token) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest,
            TResponse> continuation) =>
            continuation(request, Proven(context));

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest,
        TResponse>(TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(
                request, Proven(context));

        private ClientInterceptorContext<TRequest, TResponse> Proven<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context)
            where TRequest : class
            where TResponse : class
        {
            var headers = new Metadata
            {
                { "authorization", $"DPoP {token.AccessToken}" },
                { "dpop", token.Prove(gateway + context.Method.FullName) },
            };
            foreach (var header in context.Options.Headers ?? [])
                headers.Add(header);
            return new(context.Method, context.Host, context.Options.WithHeaders(headers));
        }
    }
}
