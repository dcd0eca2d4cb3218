using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Streams both ways.</summary>
internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    MethodSettings settings,
    DuplexStreamingServerMethod<TRequest, TResponse> handler)
    : ServerCallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async ValueTask ServeAsync(HttpContextServerCallContext call)
    {
        var requests = new ServerStreamReader<TRequest>(call, Deserializer);
        var responses = new ServerStreamWriter<TResponse>(call, Serializer);
        try
        {
            await handler(requests, responses, call).ConfigureAwait(false);
        }
        finally
        {
            requests.Release();
        }
    }
}
