namespace Grpc.Core;

/// <summary>What the four kinds of call objects have in common: where headers, status and trailers come from.</summary>
internal readonly struct AsyncCallState
{
    private readonly object? _state;
    private readonly object _headers;
    private readonly object _status;
    private readonly object _trailers;
    private readonly object _dispose;

    public AsyncCallState(
        Func<object, Task<Metadata>> headers,
        Func<object, Status> status,
        Func<object, Metadata> trailers,
        Action<object> dispose,
        object state)
    {
        _headers = headers;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
        _state = state;
    }

    public AsyncCallState(Task<Metadata> headers, Func<Status> status, Func<Metadata> trailers, Action dispose)
    {
        _headers = headers;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
        _state = null;
    }

    public Task<Metadata> ResponseHeadersAsync() =>
        _headers is Func<object, Task<Metadata>> withState ? withState(_state!) : (Task<Metadata>)_headers;

    public Status GetStatus() =>
        _status is Func<object, Status> withState ? withState(_state!) : ((Func<Status>)_status)();

    public Metadata GetTrailers() =>
        _trailers is Func<object, Metadata> withState ? withState(_state!) : ((Func<Metadata>)_trailers)();

    public void Dispose()
    {
        if (_dispose is Action<object> withState)
            withState(_state!);
        else
            ((Action)_dispose)();
    }
}
