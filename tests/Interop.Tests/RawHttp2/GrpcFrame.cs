using System.Buffers.Binary;
using System.IO.Compression;

namespace Ecert.Interop.Tests.RawHttp2;

/// <summary>Length-prefixed messages as gRPC puts them on the wire: flag byte, four bytes of length, content.</summary>
internal static class GrpcFrame
{
    public const int HeaderLength = 5;

    public static byte[] Of(byte[] content, byte flag = 0) => WithLength((uint)content.Length, content, flag);

    /// <summary>A frame that claims a length of its own, true or not.</summary>
    public static byte[] WithLength(uint length, byte[] content, byte flag = 0)
    {
        var frame = new byte[HeaderLength + content.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), length);
        content.CopyTo(frame, HeaderLength);
        return frame;
    }

    public static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>What gRPC calls deflate is the zlib format.</summary>
    public static byte[] Deflate(byte[] content)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(content);
        return packed.ToArray();
    }

    public static byte[] Gunzip(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The messages of a body; what is left over at its end is an error.</summary>
    public static List<(byte Flag, byte[] Content)> Split(byte[] body)
    {
        var messages = new List<(byte, byte[])>();
        for (var rest = body.AsSpan(); !rest.IsEmpty;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest[1..]);
            messages.Add((rest[0], rest.Slice(HeaderLength, length).ToArray()));
            rest = rest[(HeaderLength + length)..];
        }

        return messages;
    }
}
