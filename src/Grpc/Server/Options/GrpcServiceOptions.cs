using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How services are served. Set for all services, or for one through the generic class.</summary>
public class GrpcServiceOptions
{
    private int? _maxReceiveMessageSize;
    private IList<ICompressionProvider>? _compressionProviders;

    internal bool MaxReceiveMessageSizeSpecified { get; private set; }

    internal IList<ICompressionProvider>? ConfiguredCompressionProviders => _compressionProviders;

    /// <summary>The largest message sent, in bytes; null for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The largest message received, decompressed, in bytes; null for no limit. 4 MiB when not set.</summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set
        {
            _maxReceiveMessageSize = value;
            MaxReceiveMessageSizeSpecified = true;
        }
    }

    /// <summary>
    /// Whether a handler's exception texts go to the client. Off by default: they tell about the inside.
    /// </summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The encoding of responses, where the client accepts it; null for none.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard responses are compressed.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The encodings known. gzip and deflate when not set.</summary>
    public IList<ICompressionProvider> CompressionProviders
    {
        get => _compressionProviders ??= [];
        set => _compressionProviders = value;
    }

    /// <summary>
    /// Whether calls to unknown services are left to other handlers instead of answered UNIMPLEMENTED.
    /// </summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>The interceptors around every call, the first one outermost.</summary>
    public InterceptorCollection Interceptors { get; } = [];
}

/// <summary>How one service is served. What is not set is as for all services.</summary>
/// <typeparam name="TService">The service.</typeparam>
public class GrpcServiceOptions<TService> : GrpcServiceOptions where TService : class;
