using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Wire;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The defaults of all services, for what nobody configured.</summary>
internal sealed class GrpcServiceOptionsSetup : IPostConfigureOptions<GrpcServiceOptions>
{
    public void PostConfigure(string? name, GrpcServiceOptions options)
    {
        if (!options.MaxReceiveMessageSizeSpecified)
            options.MaxReceiveMessageSize = GrpcProtocol.DefaultMaxReceiveMessageSize;
        if (options.ConfiguredCompressionProviders is null)
        {
            options.CompressionProviders.Add(new GzipCompressionProvider(CompressionLevel.Fastest));
            options.CompressionProviders.Add(new DeflateCompressionProvider(CompressionLevel.Fastest));
        }
    }
}

/// <summary>A service starts from what is configured for all.</summary>
internal sealed class GrpcServiceOptionsSetup<TService>(IOptions<GrpcServiceOptions> all)
    : IConfigureOptions<GrpcServiceOptions<TService>>
    where TService : class
{
    public void Configure(GrpcServiceOptions<TService> options)
    {
        var source = all.Value;
        options.MaxSendMessageSize = source.MaxSendMessageSize;
        options.MaxReceiveMessageSize = source.MaxReceiveMessageSize;
        options.EnableDetailedErrors = source.EnableDetailedErrors;
        options.ResponseCompressionAlgorithm = source.ResponseCompressionAlgorithm;
        options.ResponseCompressionLevel = source.ResponseCompressionLevel;
        options.CompressionProviders = [.. source.CompressionProviders];
        options.IgnoreUnknownServices = source.IgnoreUnknownServices;
        foreach (var interceptor in source.Interceptors)
            options.Interceptors.Add(interceptor);
    }
}
