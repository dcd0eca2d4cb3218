using System.Buffers;
using System.Buffers.Binary;

namespace Grpc.Wire;

/// <summary>
/// The last bytes of a compressed message, which say what it unpacks to. .NET's decompressing streams take input that
/// is cut short for input that has ended; only here is it found out.
/// </summary>
internal static class CompressedTail
{
    private const int Length = 4;
    private const int ShortestGzip = 18;
    private const int ShortestZlib = 6;

    /// <summary>Adler-32 (RFC 1950): the largest prime below 2^16.</summary>
    private const uint AdlerBase = 65521;

    /// <summary>So many bytes can be summed up before the sums must be reduced.</summary>
    private const int AdlerRun = 5552;

    /// <summary>
    /// Whether a payload ends as one does that unpacks to this message; encodings not known here pass.
    /// </summary>
    public static bool Fits(string encoding, ReadOnlySequence<byte> payload, ReadOnlySpan<byte> message) =>
        encoding switch
        {
            // RFC 1952: the length modulo 2^32, little-endian.
            "gzip" => payload.Length >= ShortestGzip
                && BinaryPrimitives.ReadUInt32LittleEndian(Last(payload)) == (uint)message.Length,
            "deflate" => payload.Length >= ShortestZlib
                && BinaryPrimitives.ReadUInt32BigEndian(Last(payload)) == Adler32(message),
            _ => true,
        };

    private static byte[] Last(ReadOnlySequence<byte> payload) => payload.Slice(payload.Length - Length).ToArray();

    private static uint Adler32(ReadOnlySpan<byte> message)
    {
        var (low, high) = (1u, 0u);
        while (!message.IsEmpty)
        {
            var run = message[..Math.Min(message.Length, AdlerRun)];
            message = message[run.Length..];
            foreach (var value in run)
            {
                low += value;
                high += low;
            }
            low %= AdlerBase;
            high %= AdlerBase;
        }
        return high << 16 | low;
    }
}
