using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>How messages are written: their limit, and the encoding when one is on.</summary>
internal readonly record struct FrameEncoding(int? MaxSize, ICompressionProvider? Compression, CompressionLevel? Level);

/// <summary>
/// A frame that could not be finished after part of it had gone into the output: the stream is no longer of use.
/// </summary>
internal sealed class BrokenFrameException(Exception cause) : Exception("A message frame was left unfinished.", cause);

/// <summary>
/// Writes length-prefixed messages. A message that tells its length is serialized straight into the output, in blocks
/// that a pipe has in its pool; any other is collected first.
/// </summary>
internal sealed class FrameWriter : SerializationContext, IBufferWriter<byte>
{
    /// <summary>Kestrel's pipes allocate blocks larger than this outside their pool.</summary>
    private const int MaxBlock = 4096;

    private const int UnknownLength = -1;

    [ThreadStatic]
    private static FrameWriter? _idle;

    private IBufferWriter<byte> _target = null!;
    private FrameEncoding _encoding;
    private Memory<byte> _block;
    private int _used;
    private int _length;
    private int _written;
    private bool _direct;
    private bool _spilled;
    private bool _completed;
    private PooledBuffer? _collected;

    /// <summary>Writes one message as one frame.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED past the limit, INTERNAL on failure.</exception>
    /// <exception cref="BrokenFrameException">The serializer failed with half a frame written.</exception>
    public static void Write<T>(
        IBufferWriter<byte> target, T message, Action<T, SerializationContext> serializer, in FrameEncoding encoding)
    {
        var writer = _idle ?? new FrameWriter();
        _idle = null;
        writer.Begin(target, encoding);
        try
        {
            serializer(message, writer);
            if (!writer._completed)
                throw new InvalidOperationException("The serializer did not complete its message.");
        }
        catch (Exception exception) when (writer._spilled)
        {
            throw new BrokenFrameException(exception);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw GrpcFault.Internal("The message cannot be serialized.", exception);
        }
        finally
        {
            writer.End();
            _idle = writer;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        CheckLimit(payloadLength);
        _length = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_direct || _collected is not null)
            return this;
        if (_length != UnknownLength && _encoding.Compression is null)
        {
            _direct = true;
            _block = _target.GetMemory(Math.Min(_length + GrpcProtocol.FrameHeaderLength, MaxBlock));
            WriteHeader(_block.Span, compressed: false, _length);
            _used = GrpcProtocol.FrameHeaderLength;
            return this;
        }
        _collected = new PooledBuffer(Math.Max(_length, 256));
        return this;
    }

    public override void Complete()
    {
        if (_direct)
        {
            if (_written != _length)
                throw new InvalidOperationException($"{_written} bytes were written where {_length} were announced.");
            _target.Advance(_used);
            _used = 0;
        }
        else
        {
            var collected = _collected
                ?? throw new InvalidOperationException("Nothing was written: GetBufferWriter was not called.");
            WriteWhole(collected.WrittenSpan);
        }
        _completed = true;
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (_direct || _collected is not null)
            throw new InvalidOperationException("The message is being written through a buffer writer.");
        WriteWhole(payload);
        _completed = true;
    }

    public void Advance(int count)
    {
        if (!_direct)
        {
            _collected!.Advance(count);
            return;
        }
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _block.Length - _used);
        _used += count;
        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (!_direct)
            return _collected!.GetMemory(sizeHint);
        NextBlockIfFull(sizeHint);
        return _block[_used..];
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (!_direct)
            return _collected!.GetSpan(sizeHint);
        NextBlockIfFull(sizeHint);
        return _block.Span[_used..];
    }

    private static void WriteHeader(Span<byte> target, bool compressed, int length)
    {
        target[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)length);
    }

    private void Begin(IBufferWriter<byte> target, in FrameEncoding encoding)
    {
        _target = target;
        _encoding = encoding;
        _length = UnknownLength;
        _used = 0;
        _written = 0;
        _direct = false;
        _spilled = false;
        _completed = false;
    }

    private void End()
    {
        _collected?.Dispose();
        _collected = null;
        _block = default;
        _target = null!;
        _encoding = default;
    }

    private void NextBlockIfFull(int sizeHint)
    {
        if (_block.Length - _used >= Math.Max(sizeHint, 1))
            return;
        if (_used > 0)
        {
            _target.Advance(_used);
            _spilled = true;
            _used = 0;
        }
        _block = _target.GetMemory(Math.Max(sizeHint, Math.Clamp(_length - _written, 1, MaxBlock)));
    }

    private void WriteWhole(ReadOnlySpan<byte> message)
    {
        CheckLimit(message.Length);
        // An empty message goes plain: .NET's compressors make no bytes of it, and no peer can unpack those.
        if (_encoding.Compression is null || message.IsEmpty)
        {
            WriteFrame(message, compressed: false);
            return;
        }
        using var compressed = MessageCompression.Compress(_encoding.Compression, _encoding.Level, message);
        WriteFrame(compressed.WrittenSpan, compressed: true);
    }

    private void WriteFrame(ReadOnlySpan<byte> payload, bool compressed)
    {
        var block = _target.GetSpan(Math.Min(payload.Length + GrpcProtocol.FrameHeaderLength, MaxBlock));
        WriteHeader(block, compressed, payload.Length);
        var used = GrpcProtocol.FrameHeaderLength;
        while (true)
        {
            var part = Math.Min(payload.Length, block.Length - used);
            payload[..part].CopyTo(block[used..]);
            payload = payload[part..];
            _target.Advance(used + part);
            if (payload.IsEmpty)
                return;
            _spilled = true;
            used = 0;
            block = _target.GetSpan(Math.Min(payload.Length, MaxBlock));
        }
    }

    private void CheckLimit(int length)
    {
        if (length > _encoding.MaxSize)
            throw GrpcFault.MessageTooLarge(length, _encoding.MaxSize.Value);
    }
}
