using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The requests of a call, as its handler reads them.</summary>
internal sealed class ServerStreamReader<TRequest>(
    HttpContextServerCallContext call, Func<DeserializationContext, TRequest> deserializer)
    : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private static readonly Task<bool> True = Task.FromResult(true);

    private readonly FrameReader<TRequest> _frames =
        new(call.HttpContext.Request.BodyReader, deserializer, call.RequestDecoding);

    private int _reading;
    private bool _released;

    public TRequest Current => _frames.Current
        ?? throw new InvalidOperationException("There is no current message: MoveNext has not returned true.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<bool>(cancellationToken);
        if (_released)
            return Task.FromException<bool>(new InvalidOperationException("The call has ended."));
        if (Interlocked.Exchange(ref _reading, 1) != 0)
            return Task.FromException<bool>(new InvalidOperationException("A read is pending already."));
        try
        {
            if (!_frames.TryReadBuffered())
                return ReadAsync(cancellationToken);
            Volatile.Write(ref _reading, 0);
            return True;
        }
        catch (RpcException exception)
        {
            Volatile.Write(ref _reading, 0);
            return Task.FromException<bool>(exception);
        }
    }

    /// <summary>Gives back what was not read, when the handler is done.</summary>
    public void Release()
    {
        _released = true;
        // A handler may leave a read pending when it returns; the request's end then ends the read.
        if (Interlocked.Exchange(ref _reading, 1) == 0)
            _frames.Release();
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _frames.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw call.ClientWentAway(exception);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
