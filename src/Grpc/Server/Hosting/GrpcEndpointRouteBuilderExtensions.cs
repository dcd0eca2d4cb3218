using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Internal;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps the methods of a service that derives from a generated base.</summary>
    /// <typeparam name="TService">The service; made by the container or its constructor for every call.</typeparam>
    /// <exception cref="InvalidOperationException">gRPC was not added, or the type has no generated base.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        CheckAdded(services);
        var endpoints = new MethodEndpoints(builder, typeof(TService), OptionsOf<TService>(services));
        new ServiceTypeBinder<TService>(endpoints, new ServiceActivator<TService>(services)).BindAll();
        return new GrpcServiceEndpointConventionBuilder(endpoints.Conventions);
    }

    /// <summary>Maps the methods of a service definition.</summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService(
        this IEndpointRouteBuilder builder, ServerServiceDefinition serviceDefinition)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(serviceDefinition);
        var services = builder.ServiceProvider;
        CheckAdded(services);
        var options = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var endpoints = new MethodEndpoints(builder, typeof(ServerServiceDefinition), options);
        serviceDefinition.BindService(new DefinitionBinder(endpoints));
        return new GrpcServiceEndpointConventionBuilder(endpoints.Conventions);
    }

    private static GrpcServiceOptions OptionsOf<TService>(IServiceProvider services) where TService : class =>
        services.GetServices<IConfigureOptions<GrpcServiceOptions<TService>>>().Any()
            ? services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value
            : services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;

    private static void CheckAdded(IServiceProvider services)
    {
        if (!services.GetServices<IPostConfigureOptions<GrpcServiceOptions>>().OfType<GrpcServiceOptionsSetup>().Any())
            throw new InvalidOperationException("gRPC services are missing: call AddGrpc on the service collection.");
    }
}
