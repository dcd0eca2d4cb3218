using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Adds the standard reflection service.</summary>
    public static class GrpcReflectionServiceExtensions
    {
        /// <summary>Adds reflection over the services the application maps.</summary>
        public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
        {
            ArgumentNullException.ThrowIfNull(services);
            services.TryAddSingleton(provider =>
                MappedServices.Answers(provider.GetRequiredService<EndpointDataSource>()));
            services.TryAddSingleton(provider =>
                new ReflectionServiceImpl(provider.GetRequiredService<ReflectionAnswers>()));
            services.TryAddSingleton(provider =>
                new ReflectionV1ServiceImpl(provider.GetRequiredService<ReflectionAnswers>()));
            return services;
        }
    }

    /// <summary>Finds the descriptors of the services mapped.</summary>
    internal static class MappedServices
    {
        public static ReflectionAnswers Answers(EndpointDataSource endpoints)
        {
            var services = endpoints.Endpoints
                .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
                .OfType<Type>()
                .Distinct()
                .Select(DescriptorOf)
                .OfType<Google.Protobuf.Reflection.ServiceDescriptor>()
                .ToList();
            return new ReflectionAnswers(
                services.Select(service => service.FullName).Distinct(StringComparer.Ordinal),
                SymbolRegistry.FromFiles(services.Select(service => service.File)));
        }

        /// <summary>Generated code keeps the descriptor on the class that holds the service's base.</summary>
        private static Google.Protobuf.Reflection.ServiceDescriptor? DescriptorOf(Type serviceType)
        {
            for (var type = serviceType; type is not null; type = type.BaseType)
            {
                if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute)
                {
                    return attribute.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)
                        ?.GetValue(null) as Google.Protobuf.Reflection.ServiceDescriptor;
                }
            }
            return null;
        }
    }
}

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Maps the standard reflection service.</summary>
    public static class GrpcReflectionEndpointRouteBuilderExtensions
    {
        /// <summary>Maps <c>grpc.reflection.v1</c> and <c>grpc.reflection.v1alpha</c>.</summary>
        public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return new BothVersions(
                builder.MapGrpcService<ReflectionServiceImpl>(), builder.MapGrpcService<ReflectionV1ServiceImpl>());
        }

        private sealed class BothVersions(IEndpointConventionBuilder older, IEndpointConventionBuilder newer)
            : IEndpointConventionBuilder
        {
            public void Add(Action<EndpointBuilder> convention)
            {
                older.Add(convention);
                newer.Add(convention);
            }

            public void Finally(Action<EndpointBuilder> finallyConvention)
            {
                older.Finally(finallyConvention);
                newer.Finally(finallyConvention);
            }
        }
    }
}
