using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Makes the endpoints of one service's methods.</summary>
internal sealed class MethodEndpoints(IEndpointRouteBuilder routes, Type serviceType, GrpcServiceOptions options)
{
    private readonly IServiceProvider _services = routes.ServiceProvider;

    private readonly InterceptorPipeline _interceptors = new([.. options.Interceptors], routes.ServiceProvider);

    public List<IEndpointConventionBuilder> Conventions { get; } = [];

    public void Add<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler, object[] metadata)
        where TRequest : class
        where TResponse : class =>
        Map(method, new UnaryCallHandler<TRequest, TResponse>(
            method, Settings(method), _interceptors.Wrap(handler)).HandleAsync, metadata);

    public void Add<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler, object[] metadata)
        where TRequest : class
        where TResponse : class =>
        Map(method, new ClientStreamingCallHandler<TRequest, TResponse>(
            method, Settings(method), _interceptors.Wrap(handler)).HandleAsync, metadata);

    public void Add<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler, object[] metadata)
        where TRequest : class
        where TResponse : class =>
        Map(method, new ServerStreamingCallHandler<TRequest, TResponse>(
            method, Settings(method), _interceptors.Wrap(handler)).HandleAsync, metadata);

    public void Add<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler, object[] metadata)
        where TRequest : class
        where TResponse : class =>
        Map(method, new DuplexStreamingCallHandler<TRequest, TResponse>(
            method, Settings(method), _interceptors.Wrap(handler)).HandleAsync, metadata);

    private MethodSettings Settings(IMethod method)
    {
        var log = _services.GetRequiredService<ILoggerFactory>()
            .CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler");
        var clock = _services.GetService<TimeProvider>() ?? TimeProvider.System;
        return new MethodSettings(method.FullName, options, log, clock);
    }

    private void Map(IMethod method, RequestDelegate handle, object[] metadata)
    {
        var endpoint = routes.Map(method.FullName, handle);
        endpoint.Add(builder =>
        {
            builder.DisplayName = $"gRPC - {method.FullName}";
            builder.Metadata.Add(new GrpcMethodMetadata(serviceType, method));
            builder.Metadata.Add(new HttpMethodMetadata([HttpMethods.Post]));
            foreach (var item in metadata)
                builder.Metadata.Add(item);
        });
        Conventions.Add(endpoint);
    }
}
