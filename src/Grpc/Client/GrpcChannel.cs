using System.Collections.Frozen;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Client.Internal;
using Grpc.Net.Compression;
using Grpc.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grpc.Net.Client;

/// <summary>A channel to one address over HTTP/2. Make one and keep it: it holds the connections.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly bool _ownsInvoker;

    private GrpcChannel(Uri address, GrpcChannelOptions options) : base(address.Authority)
    {
        Address = address;
        var credentials = ChannelCredentialsReader.Read(options.Credentials, address);
        CallCredentials = credentials;
        AllowsCallCredentials =
            address.Scheme == Uri.UriSchemeHttps || options.UnsafeUseInsecureChannelCallCredentials;
        if (CallCredentials.Count > 0 && !AllowsCallCredentials)
            throw new InvalidOperationException("Call credentials are not sent over a channel without TLS.");
        MaxReceiveMessageSize = options.MaxReceiveMessageSize;
        PlainEncoding = new FrameEncoding(options.MaxSendMessageSize, null, null);
        ThrowsOperationCanceled = options.ThrowOperationCanceledOnCancellation;
        Log = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Grpc.Net.Client.GrpcCall");
        var encodings = options.CompressionProviders ??
        [
            new GzipCompressionProvider(CompressionLevel.Fastest),
            new DeflateCompressionProvider(CompressionLevel.Fastest),
        ];
        Encodings = encodings.ToFrozenDictionary(encoding => encoding.EncodingName, StringComparer.OrdinalIgnoreCase);
        AcceptEncoding = string.Join(
            ',', encodings.Select(encoding => encoding.EncodingName).Prepend(GrpcProtocol.IdentityEncoding));
        (Invoker, _ownsInvoker) = InvokerOf(options);
    }

    internal Uri Address { get; }

    internal HttpMessageInvoker Invoker { get; }

    internal IReadOnlyList<AsyncAuthInterceptor> CallCredentials { get; }

    internal bool AllowsCallCredentials { get; }

    internal int? MaxReceiveMessageSize { get; }

    internal FrameEncoding PlainEncoding { get; }

    internal FrozenDictionary<string, ICompressionProvider> Encodings { get; }

    internal string AcceptEncoding { get; }

    internal bool ThrowsOperationCanceled { get; }

    internal ILogger Log { get; }

    internal CancellationToken DisposedToken => _disposed.Token;

    /// <summary>A channel to an address such as <c>https://localhost:5001</c>.</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to an address with options.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ForAddress(new Uri(address), channelOptions);
    }

    /// <summary>A channel to an address.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to an address with options.</summary>
    /// <exception cref="ArgumentException">
    /// The address is not http or https, or the options contradict each other.
    /// </exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException("The address of a channel is an absolute http or https URI.", nameof(address));
        if (channelOptions is { HttpClient: not null, HttpHandler: not null })
        {
            throw new ArgumentException(
                "HttpClient and HttpHandler cannot be set together.", nameof(channelOptions));
        }
        return new GrpcChannel(address, channelOptions);
    }

    /// <inheritdoc />
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        return new HttpCallInvoker(this);
    }

    /// <summary>Cancels the calls under way and closes the connections.</summary>
    public void Dispose()
    {
        if (_disposed.IsCancellationRequested)
            return;
        _disposed.Cancel();
        if (_ownsInvoker)
            Invoker.Dispose();
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);

    /// <inheritdoc />
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static (HttpMessageInvoker Invoker, bool Owned) InvokerOf(GrpcChannelOptions options)
    {
        if (options.HttpClient is not null)
            return (options.HttpClient, options.DisposeHttpClient);
        if (options.HttpHandler is not null)
            return (new HttpMessageInvoker(options.HttpHandler, options.DisposeHttpClient), true);
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseCookies = false };
        return (new HttpMessageInvoker(handler, disposeHandler: true), true);
    }
}
