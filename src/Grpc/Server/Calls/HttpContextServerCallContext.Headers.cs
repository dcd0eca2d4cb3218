using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What the request's headers ask for: a deadline, encodings, metadata.</summary>
internal sealed partial class HttpContextServerCallContext
{
    private FrameEncoding _encoding = settings.PlainEncoding;
    private DateTime _deadlineTime = DateTime.MaxValue;
    private Metadata? _requestHeaders;
    private bool _sentHeaders;

    protected override DateTime DeadlineCore => _deadlineTime;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadMetadata(http.Request.Headers);

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore
    {
        get => _status;
        set => _status = value;
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        ValueTask<System.IO.Pipelines.FlushResult> flushed;
        if (_deadline is { } deadline)
        {
            lock (deadline)
                flushed = SendHeaders(responseHeaders);
        }
        else
        {
            flushed = SendHeaders(responseHeaders);
        }
        await flushed.ConfigureAwait(false);
    }

    private static Metadata ReadMetadata(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers)
        {
            if (GrpcProtocol.IsReserved(name))
                continue;
            var key = name.ToLowerInvariant();
            foreach (var value in values)
                BinaryHeader.AddTo(metadata, key, value ?? "");
        }
        return metadata;
    }

    private ValueTask<System.IO.Pipelines.FlushResult> SendHeaders(Metadata metadata)
    {
        ThrowIfEnded();
        if (_sentHeaders || http.Response.HasStarted || _wroteMessage)
            throw new InvalidOperationException("Response headers can only be sent once per call.");
        _sentHeaders = true;
        if (metadata.GetValue(GrpcProtocol.InternalEncodingRequest) is { } name)
            ChooseResponseEncoding(EncodingRequested(name));
        ResponseTrailerWriter.Append(http.Response.Headers, metadata);
        return http.Response.BodyWriter.FlushAsync();
    }

    private void StartDeadline(StringValues header)
    {
        if (header.Count == 0)
            return;
        if (!TimeoutValue.TryParse(header.ToString(), out var timeout))
            throw GrpcFault.Internal("The grpc-timeout header is malformed.");
        if (timeout == TimeSpan.Zero)
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded"));
        var now = settings.Clock.GetUtcNow().UtcDateTime;
        _deadlineTime = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        _deadline = ServerCallDeadline.Start(this, settings.Clock, timeout);
    }

    private ICompressionProvider? FindRequestEncoding(StringValues header)
    {
        if (header.Count == 0 || header.ToString() is var name && name is "" or GrpcProtocol.IdentityEncoding)
            return null;
        if (settings.FindEncoding(name) is { } provider)
            return provider;
        http.Response.Headers.GrpcAcceptEncoding = settings.AcceptEncoding;
        throw GrpcFault.Unimplemented($"The message encoding '{name}' is not supported.");
    }

    /// <summary>A client that does not say it accepts an encoding is never sent it.</summary>
    private void ChooseResponseEncoding(FrameEncoding? wanted)
    {
        if (wanted is not { Compression: { } provider } encoding)
            return;
        if (!GrpcProtocol.Accepts(http.Request.Headers.GrpcAcceptEncoding, provider.EncodingName))
            return;
        http.Response.Headers.GrpcEncoding = provider.EncodingName;
        _encoding = encoding;
    }

    private FrameEncoding? EncodingRequested(string name)
    {
        if (name == GrpcProtocol.IdentityEncoding)
        {
            _encoding = settings.PlainEncoding;
            http.Response.Headers.Remove(GrpcProtocol.EncodingHeader);
            return null;
        }
        return settings.FindEncoding(name) is { } provider
            ? settings.PlainEncoding with { Compression = provider }
            : throw new InvalidOperationException($"No compression provider is configured for '{name}'.");
    }

    private FrameEncoding CurrentEncoding() =>
        WriteOptionsCore is { } options && options.Flags.HasFlag(WriteFlags.NoCompress)
            ? settings.PlainEncoding
            : _encoding;
}
