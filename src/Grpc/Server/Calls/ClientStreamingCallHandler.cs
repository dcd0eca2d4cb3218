using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>A stream of requests, one response.</summary>
internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    MethodSettings settings,
    ClientStreamingServerMethod<TRequest, TResponse> handler)
    : ServerCallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async ValueTask ServeAsync(HttpContextServerCallContext call)
    {
        var requests = new ServerStreamReader<TRequest>(call, Deserializer);
        try
        {
            var response = await handler(requests, call).ConfigureAwait(false);
            WriteOnlyResponse(call, response);
        }
        finally
        {
            requests.Release();
        }
    }
}
