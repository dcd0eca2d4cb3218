using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// Reads a stream of length-prefixed messages from a pipe. What one read brought is decoded message by message before
/// the pipe is asked again.
/// </summary>
internal sealed class FrameReader<T>(
    PipeReader pipe, Func<DeserializationContext, T> deserializer, FrameDecoding decoding)
{
    private ReadOnlySequence<byte> _buffer;
    private bool _holdsBuffer;
    private bool _inputEnded;

    /// <summary>The message last read.</summary>
    public T? Current { get; private set; }

    /// <summary>Reads the next message; false when the stream ended between messages.</summary>
    /// <exception cref="RpcException">The peer broke the protocol.</exception>
    /// <exception cref="OperationCanceledException">The pending read was cancelled.</exception>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) =>
        TryReadBuffered() ? new ValueTask<bool>(true) : ReadMoreAsync(cancellationToken);

    /// <summary>Takes the next message out of what was read already; false when the pipe must be asked.</summary>
    /// <exception cref="RpcException">The peer broke the protocol.</exception>
    public bool TryReadBuffered() => _holdsBuffer && TryTake();

    /// <summary>Gives the pipe back what was read but not used.</summary>
    public void Release()
    {
        if (!_holdsBuffer)
            return;
        _holdsBuffer = false;
        pipe.AdvanceTo(_buffer.Start, _buffer.End);
    }

    /// <summary>Ends reading, and lets the pipe free its memory. Not while a read is pending.</summary>
    public void Complete()
    {
        Release();
        pipe.Complete();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_inputEnded)
                return EndOfInput();
            Release();
            var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            _buffer = result.Buffer;
            _holdsBuffer = true;
            _inputEnded = result.IsCompleted;
            if (result.IsCanceled)
                throw new OperationCanceledException("The read was cancelled.");
            if (TryTake())
                return true;
        }
    }

    private bool EndOfInput()
    {
        Current = default;
        var complete = _buffer.IsEmpty;
        Release();
        _buffer = default;
        return complete ? false : throw GrpcFault.Internal("The stream ended in the middle of a message.");
    }

    private bool TryTake()
    {
        if (!FrameParser.TryRead(ref _buffer, decoding.MaxSize, out var frame))
            return false;
        Current = FrameParser.Decode(frame, deserializer, decoding);
        return true;
    }
}
