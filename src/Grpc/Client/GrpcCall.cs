using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// The life of a call on the client. Trailers, a reset, the deadline, the caller's token and Dispose race to end it;
/// the first to come gives the one final status.
/// </summary>
internal abstract class GrpcCall : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private CancellationTokenRegistration _callerRegistration;
    private CancellationTokenRegistration _propagatedRegistration;
    private CancellationTokenRegistration _channelRegistration;
    private DeadlineTimer? _deadlineTimer;
    private bool _finished;
    private Status _status;
    private Metadata? _trailers;
    private Task<Metadata>? _headers;

    protected GrpcCall(GrpcChannel channel, CallOptions options)
    {
        channel.ThrowIfDisposed();
        Channel = channel;
        Options = options;
        Deadline = options.Deadline ?? DateTime.MaxValue;
        if (options.Deadline is { Kind: not DateTimeKind.Utc } given && given != DateTime.MaxValue
            && given != DateTime.MinValue)
        {
            throw new InvalidOperationException("A deadline must be given in UTC.");
        }
        if (options.PropagationToken is CallPropagationToken { Deadline: var propagated } && propagated < Deadline)
            Deadline = propagated;
    }

    public GrpcChannel Channel { get; }

    /// <summary>When the call ends at the latest; <see cref="DateTime.MaxValue"/> for never.</summary>
    public DateTime Deadline { get; }

    /// <summary>The response headers, when they have come; made on demand, since most callers never ask.</summary>
    public Task<Metadata> ResponseHeadersAsync
    {
        get
        {
            lock (_gate)
                return _headers ??= ReadHeadersAsync();
        }
    }

    public Status FinalStatus
    {
        get
        {
            lock (_gate)
            {
                return _finished
                    ? _status
                    : throw new InvalidOperationException("The call has not finished, so it has no status yet.");
            }
        }
    }

    public Metadata FinalTrailers
    {
        get
        {
            lock (_gate)
            {
                return _finished
                    ? _trailers ??= []
                    : throw new InvalidOperationException("The call has not finished, so it has no trailers yet.");
            }
        }
    }

    public bool IsFinished
    {
        get
        {
            lock (_gate)
                return _finished;
        }
    }

    /// <summary>Whether the call ended otherwise than by its trailers.</summary>
    public bool IsCancelled => _cancellation.IsCancellationRequested;

    protected CallOptions Options { get; }

    protected CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Ends the call if it has not ended, and frees its stream.</summary>
    public void Dispose() => Cancel(new Status(StatusCode.Cancelled, "The call was disposed."));

    /// <summary>Ends the call with this status unless it has ended, and frees its stream.</summary>
    public void Cancel(Status status)
    {
        if (TryFinish(status, null))
            _cancellation.Cancel();
        ReleaseResponse();
    }

    /// <summary>The exception of the final status.</summary>
    public Exception FinalException()
    {
        var status = FinalStatus;
        var cancelled = status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded;
        if (cancelled && Channel.ThrowsOperationCanceled)
        {
            var token = Options.CancellationToken.IsCancellationRequested ? Options.CancellationToken : default;
            return new OperationCanceledException(status.Detail, new RpcException(status, FinalTrailers), token);
        }
        return new RpcException(status, FinalTrailers);
    }

    /// <summary>Ends the call with an exception unless it has ended; the exception of the final status.</summary>
    public Exception Fail(Exception exception)
    {
        Cancel(ClientStatus.Of(exception, Deadline));
        return FinalException();
    }

    protected abstract void ReleaseResponse();

    protected abstract Task<Metadata> ReadHeadersAsync();

    protected bool TryFinish(Status status, Metadata? trailers)
    {
        lock (_gate)
        {
            if (_finished)
                return false;
            _finished = true;
            _status = status;
            _trailers = trailers;
        }
        _deadlineTimer?.Dispose();
        _callerRegistration.Unregister();
        _propagatedRegistration.Unregister();
        _channelRegistration.Unregister();
        return true;
    }

    /// <summary>Starts listening to the deadline, the tokens and the channel.</summary>
    protected void Watch()
    {
        _callerRegistration = Register(Options.CancellationToken, "The call was cancelled by its caller.");
        if (Options.PropagationToken is CallPropagationToken { CancellationToken: var propagated })
            _propagatedRegistration = Register(propagated, "The call this one was made for was cancelled.");
        _channelRegistration = Register(Channel.DisposedToken, "The channel was disposed.");
        if (Deadline != DateTime.MaxValue)
            _deadlineTimer = new DeadlineTimer(this);
        if (IsFinished)
            _deadlineTimer?.Dispose();
    }

    private CancellationTokenRegistration Register(CancellationToken token, string detail) => token.CanBeCanceled
        ? token.UnsafeRegister(
            static state =>
            {
                var (call, text) = ((GrpcCall, string))state!;
                call.Cancel(new Status(StatusCode.Cancelled, text));
            },
            (this, detail))
        : default;
}
