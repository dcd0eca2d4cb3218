namespace Ecert.Interop.Tests.RawHttp2;

/// <summary>What came back on one stream.</summary>
/// <param name="Headers">The first header block; the only one of a Trailers-Only answer.</param>
/// <param name="Body">All DATA, gRPC framing included.</param>
/// <param name="Trailers">The second header block, or null.</param>
/// <param name="Reset">The error code of RST_STREAM, or of the GOAWAY that took the stream along.</param>
internal sealed record Http2Answer(HeaderList Headers, byte[] Body, HeaderList? Trailers, uint? Reset)
{
    public string? HttpStatus => Headers[":status"];

    public string? GrpcStatus => (Trailers ?? Headers)["grpc-status"];

    public string? GrpcMessage => (Trailers ?? Headers)["grpc-message"];

    public override string ToString() =>
        $"headers [{Headers}], {Body.Length} bytes, trailers [{Trailers}], reset {Reset?.ToString() ?? "none"}";
}

/// <summary>One stream of an <see cref="Http2Connection"/>.</summary>
internal sealed class Http2Stream(Http2Connection connection, int id)
{
    /// <summary>How long a test waits for anything before it fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public const uint ProtocolError = 1;
    public const uint Cancel = 8;
    public const uint CompressionError = 9;

    private readonly Lock _lock = new();
    private readonly MemoryStream _body = new();
    private readonly TaskCompletionSource<Http2Answer> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HeaderList? _headers;
    private HeaderList? _trailers;

    public int Id { get; } = id;

    /// <summary>Whether the header block being read is the last thing on the stream.</summary>
    public bool EndsWithHeaders { get; set; }

    public Task SendAsync(ReadOnlyMemory<byte> data, bool endStream = false) =>
        connection.SendDataAsync(Id, data, endStream);

    public Task ResetAsync(uint code = Cancel) =>
        connection.SendFrameAsync(FrameType.Reset, 0, Id, new byte[] { 0, 0, 0, (byte)code });

    /// <summary>The whole answer, once the server ended the stream in whichever way.</summary>
    public Task<Http2Answer> AnswerAsync() => _ended.Task.WaitAsync(Patience);

    /// <summary>Waits until the server has sent this many bytes of body.</summary>
    public async Task BodyAsync(int length)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_body.Length >= length)
                    return;
                next = _progress.Task;
            }

            if (_ended.Task.IsCompleted)
                throw new InvalidOperationException($"The stream ended first: {await _ended.Task}");
            await next.WaitAsync(Patience);
        }
    }

    public void AcceptHeaders(HeaderList block)
    {
        if (_headers is null)
            _headers = block;
        else
            _trailers = block;
        if (EndsWithHeaders)
            End(reset: null);
    }

    public void AcceptData(byte[] data, bool endStream)
    {
        TaskCompletionSource reached;
        lock (_lock)
        {
            _body.Write(data);
            reached = _progress;
            _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (endStream)
            End(reset: null);
        reached.SetResult();
    }

    public void AcceptReset(uint code) => End(code);

    public void ConnectionClosed(string reason, uint? goAway)
    {
        if (goAway is not null)
            End(goAway);
        _ended.TrySetException(new IOException(reason));
        _progress.TrySetResult();
    }

    private void End(uint? reset)
    {
        _ended.TrySetResult(new Http2Answer(_headers ?? [], _body.ToArray(), _trailers, reset));
        lock (_lock)
            _progress.TrySetResult();
    }
}
