using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>How messages are read: their limit, and the encoding the peer announced.</summary>
internal readonly record struct FrameDecoding(int? MaxSize, ICompressionProvider? Compression);

/// <summary>One frame as it came: the payload is still in the input's buffers.</summary>
internal readonly record struct Frame(bool Compressed, ReadOnlySequence<byte> Payload);

/// <summary>Takes length-prefixed messages out of a buffer and gives them to deserializers, in place.</summary>
internal static class FrameParser
{
    /// <summary>Takes the first frame off the buffer, if all of it is there.</summary>
    /// <exception cref="RpcException">The frame's header breaks the protocol or its length the limit.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int? maxSize, out Frame frame)
    {
        frame = default;
        if (buffer.Length < GrpcProtocol.FrameHeaderLength)
        {
            if (!buffer.IsEmpty)
                CheckFlag(buffer.FirstSpan[0]);
            return false;
        }
        Span<byte> header = stackalloc byte[GrpcProtocol.FrameHeaderLength];
        buffer.Slice(0, GrpcProtocol.FrameHeaderLength).CopyTo(header);
        CheckFlag(header[0]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > int.MaxValue)
            throw GrpcFault.Internal($"The message frame announces an impossible length of {length} bytes.");
        if (length > maxSize)
            throw GrpcFault.MessageTooLarge(length, maxSize.Value);
        if (buffer.Length - GrpcProtocol.FrameHeaderLength < length)
            return false;
        frame = new Frame(header[0] == 1, buffer.Slice(GrpcProtocol.FrameHeaderLength, length));
        buffer = buffer.Slice(frame.Payload.End);
        return true;
    }

    /// <summary>Turns a frame into its message.</summary>
    /// <exception cref="RpcException">The frame cannot be decompressed or parsed.</exception>
    public static T Decode<T>(
        in Frame frame, Func<DeserializationContext, T> deserializer, in FrameDecoding decoding)
    {
        if (!frame.Compressed)
            return PayloadReader.Deserialize(frame.Payload, deserializer);
        if (decoding.Compression is null)
            throw GrpcFault.Internal("A message is flagged as compressed, but the call names no encoding.");
        using var message = MessageCompression.Decompress(decoding.Compression, frame.Payload, decoding.MaxSize);
        return PayloadReader.Deserialize(new ReadOnlySequence<byte>(message.WrittenMemory), deserializer);
    }

    private static void CheckFlag(byte flag)
    {
        if (flag > 1)
            throw GrpcFault.Internal($"The message frame has the unknown flag {flag}.");
    }
}
