namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors around the methods of a service definition.</summary>
public static class ServerServiceDefinitionExtensions
{
    /// <summary>A definition whose methods pass through the interceptor.</summary>
    public static ServerServiceDefinition Intercept(
        this ServerServiceDefinition serverServiceDefinition, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(serverServiceDefinition);
        ArgumentNullException.ThrowIfNull(interceptor);
        var binder = new InterceptingBinder(interceptor);
        serverServiceDefinition.BindService(binder);
        return binder.Intercepted.Build();
    }

    /// <summary>A definition whose methods pass through the interceptors, the first one outermost.</summary>
    public static ServerServiceDefinition Intercept(
        this ServerServiceDefinition serverServiceDefinition, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(serverServiceDefinition);
        ArgumentNullException.ThrowIfNull(interceptors);
        foreach (var interceptor in interceptors.Reverse())
            serverServiceDefinition = serverServiceDefinition.Intercept(interceptor);
        return serverServiceDefinition;
    }

    private sealed class InterceptingBinder(Interceptor interceptor) : ServiceBinderBase
    {
        public ServerServiceDefinition.Builder Intercepted { get; } = new();

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            Intercepted.AddMethod(
                method, (request, context) => interceptor.UnaryServerHandler(request, context, handler!));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            Intercepted.AddMethod(method, new ClientStreamingServerMethod<TRequest, TResponse>(
                (requests, context) => interceptor.ClientStreamingServerHandler(requests, context, handler!)));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            Intercepted.AddMethod(method, new ServerStreamingServerMethod<TRequest, TResponse>(
                (request, responses, context) =>
                    interceptor.ServerStreamingServerHandler(request, responses, context, handler!)));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            Intercepted.AddMethod(method, new DuplexStreamingServerMethod<TRequest, TResponse>(
                (requests, responses, context) =>
                    interceptor.DuplexStreamingServerHandler(requests, responses, context, handler!)));
    }
}
