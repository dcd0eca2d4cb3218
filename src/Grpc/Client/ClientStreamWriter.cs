using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>The requests of a call, as the client writes them.</summary>
internal sealed class ClientStreamWriter<TRequest, TResponse>(
    GrpcCall<TRequest, TResponse> call, MessageStreamContent content)
    : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private int _writing;
    private bool _completed;

    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        if (message is null)
            return Task.FromException(new ArgumentNullException(nameof(message)));
        if (_completed)
            return Task.FromException(new InvalidOperationException("The request stream has been completed."));
        if (call.IsFinished)
            return Task.FromException(EndedException());
        if (Interlocked.Exchange(ref _writing, 1) != 0)
            return Task.FromException(new InvalidOperationException("A write is pending already."));
        return WriteCoreAsync(message, cancellationToken);
    }

    public Task CompleteAsync()
    {
        if (Volatile.Read(ref _writing) != 0)
            return Task.FromException(new InvalidOperationException("A write is pending."));
        _completed = true;
        content.Complete();
        return Task.CompletedTask;
    }

    private async Task WriteCoreAsync(TRequest message, CancellationToken cancellationToken)
    {
        try
        {
            using var cancelling = cancellationToken.UnsafeRegister(
                static state => ((GrpcCall)state!).Cancel(
                    new Status(StatusCode.Cancelled, "The call was cancelled by its caller.")),
                call);
            var stream = await content.OpenAsync().ConfigureAwait(false);
            using var buffer = call.SerializeToBuffer(message);
            await stream.WriteAsync(buffer.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
            if (WriteOptions is not { } options || !options.Flags.HasFlag(WriteFlags.BufferHint))
                await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            throw;
        }
        catch (Exception exception)
        {
            throw await ExceptionOfAsync(exception).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    /// <summary>
    /// A write fails when the server has ended the call; its status is in the response, which another is reading.
    /// </summary>
    private async Task<Exception> ExceptionOfAsync(Exception exception)
    {
        await call.HeadersCameAsync().ConfigureAwait(false);
        return call.IsFinished ? EndedException() : new RpcException(ClientStatus.Of(exception, call.Deadline));
    }

    private Exception EndedException() => call.FinalStatus.StatusCode == StatusCode.OK
        ? new InvalidOperationException("The call has ended; nothing can be written any more.")
        : call.FinalException();
}
