using System.Buffers.Binary;
using System.IO.Compression;

namespace Ecert.Certificates.Status;

/// <summary>The status types of the Token Status List specification (§7.1) that are used here.</summary>
public enum CertificateStatus
{
    /// <summary>It holds.</summary>
    Valid = 0,

    /// <summary>It was revoked, for good.</summary>
    Revoked = 1,

    /// <summary>It does not hold for now.</summary>
    Suspended = 2,

    /// <summary>A status this application gives no meaning to: nothing may be concluded.</summary>
    Reserved = 3,
}

/// <summary>
/// A Status List of the IETF Token Status List (§4.1): two bits for each certificate, the first in the least
/// significant bits of the first byte. Not safe between threads while it is written.
/// </summary>
public sealed class StatusArray
{
    /// <summary>Bits of one status.</summary>
    public const int Bits = 2;

    private const int PerByte = 8 / Bits;

    // 16 MiB of statuses: 67 million certificates in one list.
    private const int LargestList = 1 << 24;

    private readonly byte[] _bytes;

    /// <summary>A list in which everything is valid.</summary>
    /// <param name="size">How many statuses; rounded up to the next multiple of four.</param>
    public StatusArray(int size) : this(new byte[(size + PerByte - 1) / PerByte]) { }

    private StatusArray(byte[] bytes) => _bytes = bytes;

    /// <summary>How many statuses.</summary>
    public int Size => _bytes.Length * PerByte;

    /// <summary>The status at a place of the list.</summary>
    public CertificateStatus this[int index]
    {
        get => (CertificateStatus)(_bytes[index / PerByte] >> Shift(index) & 3);
        set
        {
            var others = _bytes[index / PerByte] & ~(3 << Shift(index));
            _bytes[index / PerByte] = (byte)(others | (int)value << Shift(index));
        }
    }

    /// <summary>The list as <c>lst</c> carries it: DEFLATE in the zlib format (RFC 1950).</summary>
    public byte[] Compress()
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.SmallestSize))
            zlib.Write(_bytes);
        return target.ToArray();
    }

    /// <summary>Reads a compressed list; false when it is no zlib data, or larger than 16 MiB.</summary>
    public static bool TryDecompress(ReadOnlyMemory<byte> compressed, out StatusArray array)
    {
        array = null!;
        using var target = new MemoryStream();
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            var buffer = new byte[81920];
            for (int count; (count = zlib.Read(buffer)) > 0;)
            {
                target.Write(buffer, 0, count);
                if (target.Length > LargestList)
                    return false;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // The second is what a preset dictionary is answered with.
            return false;
        }
        var bytes = target.ToArray();
        array = new StatusArray(bytes);
        return EndsWithSumOf(bytes, compressed.Span);
    }

    /// <summary>
    /// Is the data's Adler-32 (RFC 1950 §2.2) at its end? The platform takes a list that was cut short without a word.
    /// </summary>
    private static bool EndsWithSumOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> compressed)
    {
        const uint largestPrime = 65521;
        // So many steps do not overflow.
        const int piece = 5552;
        uint low = 1, high = 0;
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(piece, bytes.Length)..])
        {
            foreach (var value in bytes[..Math.Min(piece, bytes.Length)])
            {
                low += value;
                high += low;
            }
            (low, high) = (low % largestPrime, high % largestPrime);
        }
        return compressed.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(compressed[^4..]) == (high << 16 | low);
    }

    private static int Shift(int index) => index % PerByte * Bits;
}
