using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Calls an instance method of a service: makes the service, calls, and disposes what is ours.</summary>
internal sealed class UnaryServiceMethod<TService, TRequest, TResponse>(
    ServiceActivator<TService> activator, Func<TService, TRequest, ServerCallContext, Task<TResponse>> method)
    where TService : class
{
    public Task<TResponse> Invoke(TRequest request, ServerCallContext context)
    {
        var service = activator.Create(context);
        return activator.OwnsInstance
            ? InvokeAndDispose(service, request, context)
            : method(service, request, context);
    }

    private async Task<TResponse> InvokeAndDispose(TService service, TRequest request, ServerCallContext context)
    {
        try
        {
            return await method(service, request, context).ConfigureAwait(false);
        }
        finally
        {
            await ServiceActivator<TService>.DisposeAsync(service).ConfigureAwait(false);
        }
    }
}

/// <inheritdoc cref="UnaryServiceMethod{TService, TRequest, TResponse}" />
internal sealed class ClientStreamingServiceMethod<TService, TRequest, TResponse>(
    ServiceActivator<TService> activator,
    Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> method)
    where TService : class
{
    public async Task<TResponse> Invoke(IAsyncStreamReader<TRequest> requests, ServerCallContext context)
    {
        var service = activator.Create(context);
        try
        {
            return await method(service, requests, context).ConfigureAwait(false);
        }
        finally
        {
            if (activator.OwnsInstance)
                await ServiceActivator<TService>.DisposeAsync(service).ConfigureAwait(false);
        }
    }
}

/// <inheritdoc cref="UnaryServiceMethod{TService, TRequest, TResponse}" />
internal sealed class ServerStreamingServiceMethod<TService, TRequest, TResponse>(
    ServiceActivator<TService> activator,
    Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> method)
    where TService : class
{
    public async Task Invoke(TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context)
    {
        var service = activator.Create(context);
        try
        {
            await method(service, request, responses, context).ConfigureAwait(false);
        }
        finally
        {
            if (activator.OwnsInstance)
                await ServiceActivator<TService>.DisposeAsync(service).ConfigureAwait(false);
        }
    }
}

/// <inheritdoc cref="UnaryServiceMethod{TService, TRequest, TResponse}" />
internal sealed class DuplexServiceMethod<TService, TRequest, TResponse>(
    ServiceActivator<TService> activator,
    Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> method)
    where TService : class
{
    public async Task Invoke(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context)
    {
        var service = activator.Create(context);
        try
        {
            await method(service, requests, responses, context).ConfigureAwait(false);
        }
        finally
        {
            if (activator.OwnsInstance)
                await ServiceActivator<TService>.DisposeAsync(service).ConfigureAwait(false);
        }
    }
}
