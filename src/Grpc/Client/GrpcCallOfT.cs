using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>A call of one method: sends the request, checks the response, reads its messages and its end.</summary>
internal sealed class GrpcCall<TRequest, TResponse>(
    GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    : GrpcCall(channel, options)
    where TRequest : class
    where TResponse : class
{
    private Task<HttpResponseMessage?> _sending = Task.FromResult<HttpResponseMessage?>(null);
    private HttpResponseMessage? _response;
    private MessageStreamContent? _requests;
    private FrameEncoding _encoding;
    private WriteOptions? _writeOptions = options.WriteOptions;

    /// <summary>Sends the one request of the call.</summary>
    public void StartWith(TRequest request)
    {
        Watch();
        _sending = SendAsync(() => new OneMessageContent(SerializeToBuffer(request)));
    }

    /// <summary>Starts a call whose requests are written one by one.</summary>
    public ClientStreamWriter<TRequest, TResponse> StartStreaming()
    {
        Watch();
        var content = new MessageStreamContent(Cancellation);
        _requests = content;
        _sending = SendAsync(() => content);
        return new ClientStreamWriter<TRequest, TResponse>(this, content);
    }

    public ClientStreamReader<TRequest, TResponse> ResponseStream() => new(this);

    /// <summary>Reads the one response of the call, and its end.</summary>
    public async Task<TResponse> ReadOnlyResponseAsync()
    {
        FrameReader<TResponse>? frames = null;
        try
        {
            frames = await OpenResponseAsync().ConfigureAwait(false);
            TResponse? response = null;
            if (frames is not null)
            {
                if (await frames.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                    response = frames.Current;
                if (response is not null && await frames.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                    throw GrpcFault.Unimplemented("More than one response came from a method that gives one.");
                FinishFromTrailers(missing: response is null);
            }
            if (FinalStatus.StatusCode == StatusCode.OK && response is not null)
                return response;
        }
        catch (Exception exception)
        {
            throw Fail(exception);
        }
        finally
        {
            frames?.Complete();
            ReleaseResponse();
        }
        throw FinalException();
    }

    /// <summary>The messages of the response; null when the call has already ended.</summary>
    public async Task<FrameReader<TResponse>?> OpenResponseAsync()
    {
        var response = await _sending.ConfigureAwait(false);
        if (response is null || IsFinished)
        {
            EnsureMessageCame();
            return null;
        }
        var decoding = new FrameDecoding(Channel.MaxReceiveMessageSize, ResponseEncoding(response));
        var stream = await response.Content.ReadAsStreamAsync(Cancellation).ConfigureAwait(false);
        return new FrameReader<TResponse>(
            PipeReader.Create(stream), method.ResponseMarshaller.ContextualDeserializer, decoding);
    }

    /// <summary>Takes the final status from the trailers, when all messages have been read.</summary>
    public void FinishFromTrailers(bool missing = false)
    {
        var trailers = ResponseMetadata.Read(_response!.TrailingHeaders);
        if (!ClientStatus.TryRead(trailers, out var status))
            status = new Status(StatusCode.Unknown, "The response ended without a gRPC status.");
        if (missing && status.StatusCode == StatusCode.OK)
            status = new Status(StatusCode.Unimplemented, "No response came from a method that gives one.");
        TryFinish(status, trailers);
        _requests?.Abort();
    }

    public PooledBuffer SerializeToBuffer(TRequest request)
    {
        var encoding = _writeOptions is { } write && write.Flags.HasFlag(WriteFlags.NoCompress)
            ? Channel.PlainEncoding
            : _encoding;
        var buffer = new PooledBuffer();
        try
        {
            FrameWriter.Write(buffer, request, method.RequestMarshaller.ContextualSerializer, encoding);
            return buffer;
        }
        catch (BrokenFrameException exception)
        {
            buffer.Dispose();
            throw GrpcFault.Internal("The request cannot be serialized.", exception.InnerException);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    public WriteOptions? WriteOptions
    {
        get => _writeOptions;
        set => _writeOptions = value;
    }

    /// <summary>Done when the response's headers have come or the call has failed; does not fail itself.</summary>
    public Task HeadersCameAsync() => _sending;

    protected override void ReleaseResponse() => Volatile.Read(ref _response)?.Dispose();

    protected override async Task<Metadata> ReadHeadersAsync()
    {
        var response = await _sending.ConfigureAwait(false);
        return response is null ? throw FinalException() : ResponseMetadata.ReadHeaders(response);
    }

    private void EnsureMessageCame()
    {
        // OK in the headers alone means that no message follows.
        if (method.Type is MethodType.Unary or MethodType.ClientStreaming && FinalStatus.StatusCode == StatusCode.OK)
            throw GrpcFault.Unimplemented("No response came from a method that gives one.");
    }

    private async Task<HttpResponseMessage?> SendAsync(Func<HttpContent> content)
    {
        try
        {
            if (IsFinished)
                return null;
            var builder = new RequestBuilder(Channel, method, host, Options, Deadline);
            _encoding = builder.Encoding;
            using var request = await builder.BuildAsync(content, Cancellation).ConfigureAwait(false);
            var response = Channel.Invoker is HttpClient client
                ? await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation)
                    .ConfigureAwait(false)
                : await Channel.Invoker.SendAsync(request, Cancellation).ConfigureAwait(false);
            Volatile.Write(ref _response, response);
            CheckHeaders(response);
            if (IsFinished)
                response.Dispose();
            return response;
        }
        catch (Exception exception)
        {
            Cancel(ClientStatus.Of(exception, Deadline));
            return null;
        }
    }

    private void CheckHeaders(HttpResponseMessage response)
    {
        var contentType = response.Content.Headers.NonValidated.TryGetValues("content-type", out var values)
            ? values.ToString()
            : null;
        var metadata = ResponseMetadata.Read(response.Headers);
        var isGrpc = (int)response.StatusCode == 200 && GrpcProtocol.IsGrpcContentType(contentType);
        if (ClientStatus.TryRead(metadata, out var status))
            TryFinish(status, metadata);
        else if ((int)response.StatusCode != 200)
            TryFinish(ClientStatus.OfHttp(response.StatusCode), metadata);
        else if (!isGrpc)
            TryFinish(new Status(StatusCode.Unknown, $"The response has the content type '{contentType}'."), metadata);
    }

    private Compression.ICompressionProvider? ResponseEncoding(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues(GrpcProtocol.EncodingHeader, out var values)
            || values.ToString() is var name && name is "" or GrpcProtocol.IdentityEncoding)
        {
            return null;
        }
        return Channel.Encodings.GetValueOrDefault(name)
            ?? throw GrpcFault.Internal($"The server used the message encoding '{name}', which is not supported.");
    }
}
