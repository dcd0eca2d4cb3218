using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Wraps a method in its interceptors, once at start. The interceptors themselves are made for every call.
/// </summary>
internal sealed class InterceptorPipeline(
    IReadOnlyList<InterceptorRegistration> registrations, IServiceProvider services)
{
    private readonly InterceptorActivator[] _innermostFirst =
        [.. registrations.Reverse().Select(registration => new InterceptorActivator(registration, services))];

    public UnaryServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        UnaryServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        foreach (var activator in _innermostFirst)
        {
            var next = method;
            method = async (request, context) =>
            {
                var interceptor = activator.Create(context);
                try
                {
                    return await interceptor.UnaryServerHandler(request, context, next).ConfigureAwait(false);
                }
                finally
                {
                    await activator.ReleaseAsync(interceptor).ConfigureAwait(false);
                }
            };
        }
        return method;
    }

    public ClientStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        ClientStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        foreach (var activator in _innermostFirst)
        {
            var next = method;
            method = async (requests, context) =>
            {
                var interceptor = activator.Create(context);
                try
                {
                    return await interceptor.ClientStreamingServerHandler(requests, context, next)
                        .ConfigureAwait(false);
                }
                finally
                {
                    await activator.ReleaseAsync(interceptor).ConfigureAwait(false);
                }
            };
        }
        return method;
    }

    public ServerStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        ServerStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        foreach (var activator in _innermostFirst)
        {
            var next = method;
            method = async (request, responses, context) =>
            {
                var interceptor = activator.Create(context);
                try
                {
                    await interceptor.ServerStreamingServerHandler(request, responses, context, next)
                        .ConfigureAwait(false);
                }
                finally
                {
                    await activator.ReleaseAsync(interceptor).ConfigureAwait(false);
                }
            };
        }
        return method;
    }

    public DuplexStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        DuplexStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        foreach (var activator in _innermostFirst)
        {
            var next = method;
            method = async (requests, responses, context) =>
            {
                var interceptor = activator.Create(context);
                try
                {
                    await interceptor.DuplexStreamingServerHandler(requests, responses, context, next)
                        .ConfigureAwait(false);
                }
                finally
                {
                    await activator.ReleaseAsync(interceptor).ConfigureAwait(false);
                }
            };
        }
        return method;
    }

    private sealed class InterceptorActivator
    {
        private readonly InterceptorRegistration _registration;
        private readonly ObjectFactory? _construct;

        public InterceptorActivator(InterceptorRegistration registration, IServiceProvider services)
        {
            _registration = registration;
            var fromContainer = registration.Arguments.Count == 0
                && services.GetService<IServiceProviderIsService>()?.IsService(registration.Type) == true;
            if (!fromContainer)
            {
                _construct = ActivatorUtilities.CreateFactory(
                    registration.Type, [.. registration.Arguments.Select(argument => argument.GetType())]);
            }
        }

        public Interceptor Create(ServerCallContext context)
        {
            var services = context.GetHttpContext().RequestServices;
            return (Interceptor)(_construct is null
                ? services.GetRequiredService(_registration.Type)
                : _construct(services, _registration.ArgumentArray));
        }

        public ValueTask ReleaseAsync(Interceptor interceptor)
        {
            if (_construct is null)
                return ValueTask.CompletedTask;
            if (interceptor is IAsyncDisposable asynchronous)
                return asynchronous.DisposeAsync();
            (interceptor as IDisposable)?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
