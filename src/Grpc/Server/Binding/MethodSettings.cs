using System.Collections.Frozen;
using Grpc.Net.Compression;
using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What the handler of a method needs of the options, worked out once at start.</summary>
internal sealed class MethodSettings
{
    private readonly FrozenDictionary<string, ICompressionProvider> _encodings;

    public MethodSettings(string path, GrpcServiceOptions options, ILogger log, TimeProvider clock)
    {
        Path = path;
        Log = log;
        Clock = clock;
        MaxReceiveMessageSize = options.MaxReceiveMessageSize;
        DetailedErrors = options.EnableDetailedErrors ?? false;
        _encodings = options.CompressionProviders.ToFrozenDictionary(
            provider => provider.EncodingName, StringComparer.OrdinalIgnoreCase);
        AcceptEncoding = string.Join(
            ',', options.CompressionProviders.Select(provider => provider.EncodingName).Prepend(
                GrpcProtocol.IdentityEncoding));
        PlainEncoding = new FrameEncoding(options.MaxSendMessageSize, null, null);
        CompressedEncoding = EncodingNamed(options.ResponseCompressionAlgorithm, options.ResponseCompressionLevel);
    }

    public string Path { get; }

    public ILogger Log { get; }

    public TimeProvider Clock { get; }

    public int? MaxReceiveMessageSize { get; }

    public bool DetailedErrors { get; }

    public string AcceptEncoding { get; }

    public FrameEncoding PlainEncoding { get; }

    /// <summary>The encoding of responses for clients that accept it, if one is configured.</summary>
    public FrameEncoding? CompressedEncoding { get; }

    public ICompressionProvider? FindEncoding(string name) => _encodings.GetValueOrDefault(name);

    private FrameEncoding? EncodingNamed(string? name, System.IO.Compression.CompressionLevel? level)
    {
        if (name is null or GrpcProtocol.IdentityEncoding)
            return null;
        var provider = FindEncoding(name)
            ?? throw new InvalidOperationException($"No compression provider is configured for '{name}'.");
        return PlainEncoding with { Compression = provider, Level = level };
    }
}
