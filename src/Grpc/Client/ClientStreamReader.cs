using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>The responses of a call, as the client reads them.</summary>
internal sealed class ClientStreamReader<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call)
    : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private FrameReader<TResponse>? _frames;
    private int _reading;
    private bool _ended;

    public TResponse Current => _frames?.Current
        ?? throw new InvalidOperationException("There is no current message: MoveNext has not returned true.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            call.Cancel(new Status(StatusCode.Cancelled, "The call was cancelled by its caller."));
            return Task.FromException<bool>(call.FinalException());
        }
        if (Interlocked.Exchange(ref _reading, 1) != 0)
            return Task.FromException<bool>(new InvalidOperationException("A read is pending already."));
        return MoveNextAsync(cancellationToken);
    }

    private async Task<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var cancelling = cancellationToken.UnsafeRegister(
                static state => ((GrpcCall)state!).Cancel(
                    new Status(StatusCode.Cancelled, "The call was cancelled by its caller.")),
                call);
            if (!_ended && await TryReadAsync().ConfigureAwait(false))
                return true;
            return call.FinalStatus.StatusCode == StatusCode.OK ? false : throw call.FinalException();
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    private async Task<bool> TryReadAsync()
    {
        try
        {
            _frames ??= await call.OpenResponseAsync().ConfigureAwait(false);
            if (_frames is not null && !call.IsCancelled)
            {
                if (await _frames.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                    return true;
                call.FinishFromTrailers();
            }
        }
        catch (Exception exception)
        {
            call.Cancel(ClientStatus.Of(exception, call.Deadline));
        }
        _ended = true;
        _frames?.Complete();
        call.Dispose();
        return false;
    }
}
