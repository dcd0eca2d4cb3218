using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The responses of a call, as its handler writes them.</summary>
internal sealed class ServerStreamWriter<TResponse>(
    HttpContextServerCallContext call, Action<TResponse, SerializationContext> serializer)
    : IServerStreamWriter<TResponse>
    where TResponse : class
{
    private int _writing;

    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        if (message is null)
            return Task.FromException(new ArgumentNullException(nameof(message)));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        if (call.HttpContext.RequestAborted.IsCancellationRequested)
            return Task.FromException(call.ClientWentAway(null));
        if (Interlocked.Exchange(ref _writing, 1) != 0)
            return Task.FromException(new InvalidOperationException("A write is pending already."));
        return WriteCoreAsync(message, cancellationToken);
    }

    private async Task WriteCoreAsync(TResponse message, CancellationToken cancellationToken)
    {
        try
        {
            var flush = WriteOptions is not { } options || !options.Flags.HasFlag(WriteFlags.BufferHint);
            var result = await call.WriteMessageAsync(message, serializer, flush, cancellationToken)
                .ConfigureAwait(false);
            if (result.IsCompleted)
                throw call.ClientWentAway(null);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }
}
