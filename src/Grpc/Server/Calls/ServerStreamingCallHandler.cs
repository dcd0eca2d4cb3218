using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>One request, a stream of responses.</summary>
internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    MethodSettings settings,
    ServerStreamingServerMethod<TRequest, TResponse> handler)
    : ServerCallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async ValueTask ServeAsync(HttpContextServerCallContext call)
    {
        var request = await ReadOnlyRequestAsync(call).ConfigureAwait(false);
        var responses = new ServerStreamWriter<TResponse>(call, Serializer);
        await handler(request, responses, call).ConfigureAwait(false);
    }
}
