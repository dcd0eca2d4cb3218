using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>
/// Compresses and decompresses single messages. The limit counts decompressed bytes, so a bomb stops early.
/// </summary>
internal static class MessageCompression
{
    private const int ChunkSize = 8192;

    public static PooledBuffer Compress(
        ICompressionProvider provider, CompressionLevel? level, ReadOnlySpan<byte> message)
    {
        var compressed = new PooledBuffer(Math.Max(256, message.Length / 2));
        using (var stream = provider.CreateCompressionStream(new BufferStream(compressed), level))
            stream.Write(message);
        return compressed;
    }

    /// <summary>Unpacks a message. No bytes at all are an empty one: .NET's own compressors make that of it.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED past the limit, INTERNAL for corrupt data.</exception>
    public static PooledBuffer Decompress(ICompressionProvider provider, ReadOnlySequence<byte> payload, int? limit)
    {
        var message = new PooledBuffer(Math.Max(256, (int)Math.Min(payload.Length * 2, 1 << 20)));
        var copied = payload.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent((int)payload.Length);
        try
        {
            using var source = SourceStream(payload, copied);
            using var stream = provider.CreateDecompressionStream(source);
            while (stream.Read(message.GetSpan(ChunkSize)) is > 0 and var read)
            {
                message.Advance(read);
                if (message.Length > limit)
                    throw GrpcFault.DecompressedTooLarge(limit.Value);
            }
            if (!payload.IsEmpty && !CompressedTail.Fits(provider.EncodingName, payload, message.WrittenSpan))
                throw GrpcFault.Internal("The compressed message is cut short.");
            return message;
        }
        catch (Exception exception)
        {
            message.Dispose();
            if (exception is RpcException)
                throw;
            throw GrpcFault.Internal("The compressed message cannot be decompressed.", exception);
        }
        finally
        {
            if (copied is not null)
                ArrayPool<byte>.Shared.Return(copied);
        }
    }

    private static MemoryStream SourceStream(ReadOnlySequence<byte> payload, byte[]? copied)
    {
        if (copied is null)
        {
            return MemoryMarshal.TryGetArray(payload.First, out var segment)
                ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
                : new MemoryStream(payload.ToArray(), writable: false);
        }
        payload.CopyTo(copied);
        return new MemoryStream(copied, 0, (int)payload.Length, writable: false);
    }

    private sealed class BufferStream(PooledBuffer target) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => target.Length;

        public override long Position
        {
            get => target.Length;
            set => throw new NotSupportedException();
        }

        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override void Write(ReadOnlySpan<byte> buffer) => target.Write(buffer);
    }
}
