using System.Net;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// A body of one serialized message. The connection may send it again on a new connection, so the buffer goes back to
/// the pool when the content is disposed and no copy is under way.
/// </summary>
internal sealed class OneMessageContent(PooledBuffer message) : HttpContent
{
    private int _users = 1;
    private int _disposed;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!TryUse())
            throw new ObjectDisposedException(nameof(OneMessageContent));
        try
        {
            await stream.WriteAsync(message.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            StopUsing();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = message.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
            StopUsing();
        base.Dispose(disposing);
    }

    private bool TryUse()
    {
        for (var users = Volatile.Read(ref _users); users > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return true;
            users = seen;
        }
        return false;
    }

    private void StopUsing()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            message.Dispose();
    }
}

/// <summary>A body that stays open while messages are written to it.</summary>
internal sealed class MessageStreamContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _callEnded;

    public MessageStreamContent(CancellationToken callEnded)
    {
        _callEnded = callEnded;
        // A call that ends before it was ever sent must not leave a writer waiting.
        callEnded.UnsafeRegister(
            static state => ((MessageStreamContent)state!)._stream.TrySetCanceled(), this);
    }

    /// <summary>The request's stream, when the connection asks for the body.</summary>
    public Task<Stream> OpenAsync() => _stream.Task;

    /// <summary>Breaks the body off, unless it is complete: the call has ended before it.</summary>
    public void Abort()
    {
        _complete.TrySetCanceled();
        _stream.TrySetCanceled();
    }

    /// <summary>Ends the body.</summary>
    public void Complete() => _complete.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Sends the headers now: the server may answer before the first message.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (!_stream.TrySetResult(stream))
            throw new InvalidOperationException("A stream of messages cannot be sent a second time.");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _callEnded);
        await _complete.Task.WaitAsync(either.Token).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
