using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Makes the HTTP request of a call.</summary>
internal sealed class RequestBuilder(
    GrpcChannel channel, IMethod method, string? host, CallOptions options, DateTime deadline)
{
    private const string UserAgent = "grpc-dotnet-ecert/1.0";
    private static readonly MediaTypeHeaderValue ContentType = new(GrpcProtocol.ContentType);

    /// <summary>How requests are encoded: compressed where the call's metadata asks for it.</summary>
    public FrameEncoding Encoding { get; } = EncodingOf(channel, options.Headers);

    public async ValueTask<HttpRequestMessage> BuildAsync(
        Func<HttpContent> content, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(channel.Address, method.FullName))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        try
        {
            var headers = request.Headers;
            headers.TryAddWithoutValidation("te", "trailers");
            headers.TryAddWithoutValidation("user-agent", UserAgent);
            headers.TryAddWithoutValidation(GrpcProtocol.AcceptEncodingHeader, channel.AcceptEncoding);
            if (host is not null)
                headers.Host = host;
            if (Encoding.Compression is { } compression)
                headers.TryAddWithoutValidation(GrpcProtocol.EncodingHeader, compression.EncodingName);
            AddMetadata(headers, options.Headers);
            await AddCredentialsAsync(headers, cancellationToken).ConfigureAwait(false);
            if (deadline != DateTime.MaxValue)
            {
                var remaining = deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
                headers.TryAddWithoutValidation(GrpcProtocol.TimeoutHeader, TimeoutValue.Format(remaining));
            }
            request.Content = content();
            request.Content.Headers.ContentType = ContentType;
            return request;
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    private static FrameEncoding EncodingOf(GrpcChannel channel, Metadata? headers)
    {
        if (headers?.GetValue(GrpcProtocol.InternalEncodingRequest) is not { } name
            || name == GrpcProtocol.IdentityEncoding)
        {
            return channel.PlainEncoding;
        }
        return channel.Encodings.TryGetValue(name, out var provider)
            ? channel.PlainEncoding with { Compression = provider }
            : throw GrpcFault.Internal($"No compression provider is configured for '{name}'.");
    }

    private static void AddMetadata(HttpRequestHeaders headers, Metadata? metadata)
    {
        if (metadata is null)
            return;
        foreach (var entry in metadata)
        {
            if (entry.Key == "user-agent")
            {
                headers.Remove(entry.Key);
                headers.TryAddWithoutValidation(entry.Key, $"{entry.Value} {UserAgent}");
            }
            else if (!GrpcProtocol.IsReserved(entry.Key))
            {
                headers.TryAddWithoutValidation(entry.Key, BinaryHeader.ValueOf(entry));
            }
        }
    }

    private async ValueTask AddCredentialsAsync(HttpRequestHeaders headers, CancellationToken cancellationToken)
    {
        var interceptors = channel.CallCredentials;
        if (options.Credentials is not null && channel.AllowsCallCredentials)
        {
            var ofCall = new List<AsyncAuthInterceptor>(interceptors);
            options.Credentials.InternalPopulateConfiguration(new CallCredentialsReader(), ofCall);
            interceptors = ofCall;
        }
        if (interceptors.Count == 0)
            return;
        var service = $"{channel.Address.GetLeftPart(UriPartial.Authority)}/{method.ServiceName}";
        var context = new AuthInterceptorContext(service, method.Name, cancellationToken);
        var metadata = new Metadata();
        foreach (var interceptor in interceptors)
            await interceptor(context, metadata).ConfigureAwait(false);
        AddMetadata(headers, metadata);
    }
}
