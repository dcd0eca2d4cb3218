using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Ecert.Certificates.Cose;

/// <summary>
/// Writes deterministic CBOR (RFC 8949 §4.2.1): shortest integers, definite lengths. The caller says how many entries a
/// map or an array has, and writes the keys of a map in their order.
/// </summary>
internal sealed class DeterministicWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    internal byte[] Encode() => _buffer.WrittenSpan.ToArray();

    internal void WriteInt32(int value) => WriteInt64(value);

    internal void WriteInt64(long value)
    {
        if (value >= 0)
            WriteHead(MajorType.Unsigned, (ulong)value);
        else
            WriteHead(MajorType.Negative, (ulong)(-1 - value));
    }

    internal void WriteByteString(ReadOnlySpan<byte> bytes)
    {
        WriteHead(MajorType.Bytes, (ulong)bytes.Length);
        _buffer.Write(bytes);
    }

    internal void WriteTextString(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteHead(MajorType.Text, (ulong)bytes.Length);
        _buffer.Write(bytes);
    }

    internal void WriteStartArray(int count) => WriteHead(MajorType.Array, (ulong)count);

    internal void WriteStartMap(int count) => WriteHead(MajorType.Map, (ulong)count);

    private void WriteHead(MajorType type, ulong argument)
    {
        var bits = (byte)((int)type << 5);
        var head = _buffer.GetSpan(9);
        var length = 1;
        if (argument < 24)
        {
            head[0] = (byte)(bits | (byte)argument);
        }
        else if (argument <= byte.MaxValue)
        {
            (head[0], head[1], length) = ((byte)(bits | 24), (byte)argument, 2);
        }
        else if (argument <= ushort.MaxValue)
        {
            (head[0], length) = ((byte)(bits | 25), 3);
            BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)argument);
        }
        else if (argument <= uint.MaxValue)
        {
            (head[0], length) = ((byte)(bits | 26), 5);
            BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)argument);
        }
        else
        {
            (head[0], length) = ((byte)(bits | 27), 9);
            BinaryPrimitives.WriteUInt64BigEndian(head[1..], argument);
        }
        _buffer.Advance(length);
    }
}

/// <summary>The major types of RFC 8949 §3.1.</summary>
internal enum MajorType
{
    Unsigned = 0,
    Negative = 1,
    Bytes = 2,
    Text = 3,
    Array = 4,
    Map = 5,
    Tag = 6,
    Simple = 7,
}
