using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Binds the methods of a service type: generated code names them, reflection finds them, once.
/// </summary>
internal sealed class ServiceTypeBinder<TService>(MethodEndpoints endpoints, ServiceActivator<TService> activator)
    : ServiceBinderBase
    where TService : class
{
    /// <summary>Has the generated code of the service's base enumerate its methods.</summary>
    /// <exception cref="InvalidOperationException">The type derives from no generated service base.</exception>
    public void BindAll()
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is not { } attribute)
                continue;
            var bind = attribute.BindType.GetMethod(
                attribute.BindMethodName,
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static,
                [typeof(ServiceBinderBase), type]);
            if (bind is null)
                break;
            bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [this, null], null);
            return;
        }
        throw new InvalidOperationException(
            $"{typeof(TService)} derives from no generated service base, so its methods cannot be bound.");
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, metadata) = Find(method, typeof(TRequest), typeof(ServerCallContext));
        var open = implementation.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        UnaryServerMethod<TRequest, TResponse> invoke =
            new UnaryServiceMethod<TService, TRequest, TResponse>(activator, open).Invoke;
        endpoints.Add(method, invoke, metadata);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, metadata) = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var open = implementation
            .CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        ClientStreamingServerMethod<TRequest, TResponse> invoke =
            new ClientStreamingServiceMethod<TService, TRequest, TResponse>(activator, open).Invoke;
        endpoints.Add(method, invoke, metadata);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, metadata) = Find(
            method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var open = implementation
            .CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        ServerStreamingServerMethod<TRequest, TResponse> invoke =
            new ServerStreamingServiceMethod<TService, TRequest, TResponse>(activator, open).Invoke;
        endpoints.Add(method, invoke, metadata);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, metadata) = Find(
            method,
            typeof(IAsyncStreamReader<TRequest>),
            typeof(IServerStreamWriter<TResponse>),
            typeof(ServerCallContext));
        var open = implementation.CreateDelegate<
            Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        DuplexStreamingServerMethod<TRequest, TResponse> invoke =
            new DuplexServiceMethod<TService, TRequest, TResponse>(activator, open).Invoke;
        endpoints.Add(method, invoke, metadata);
    }

    private static (MethodInfo Implementation, object[] Metadata) Find(IMethod method, params Type[] parameters)
    {
        var implementation = typeof(TService).GetMethod(
            method.Name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method for {method.FullName}.");
        return (implementation,
        [
            .. typeof(TService).GetCustomAttributes(inherit: true),
            .. implementation.GetCustomAttributes(inherit: true),
        ]);
    }
}

/// <summary>Binds the methods of a definition, whose handlers are ready-made.</summary>
internal sealed class DefinitionBinder(MethodEndpoints endpoints) : ServiceBinderBase
{
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        endpoints.Add(method, Ready(handler), []);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        endpoints.Add(method, Ready(handler), []);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        endpoints.Add(method, Ready(handler), []);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        endpoints.Add(method, Ready(handler), []);

    private static T Ready<T>(T? handler) where T : Delegate =>
        handler ?? throw new InvalidOperationException("A method of a service definition has no handler.");
}
