using Ecert.Kernel;

namespace Ecert.Certificates.Tests.Fuzzing;

/// <summary>Changes bytes as a fuzzer does; the same seed makes the same changes.</summary>
internal sealed class Mutation(ulong seed)
{
    // Lengths and types on which CBOR, DER and counters turn.
    private static readonly byte[] Telling =
    [
        0, 1, 0x17, 0x18, 0x1B, 0x3B, 0x40, 0x5B, 0x5F, 0x7F,
        0x80, 0x81, 0x84, 0x9B, 0x9F, 0xBB, 0xBF, 0xDB, 0xFB, 0xFF,
    ];

    private readonly SeededRandomSource _random = new(seed);

    /// <summary>A changed copy: one to six changes, with pieces of the other input among them.</summary>
    internal byte[] Of(byte[] input, byte[] other)
    {
        var bytes = input.ToList();
        for (var count = 1 + Below(6); count > 0; count--)
            Change(bytes, other);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        var place = Below(bytes.Count + 1);
        var length = Math.Min(1 + Below(Below(8) == 0 ? 300 : 8), bytes.Count - place);
        switch (Below(9))
        {
            case 0 or 1 when place < bytes.Count: bytes[place] ^= (byte)(1 << Below(8)); break;
            case 2 when place < bytes.Count: bytes[place] = (byte)Below(256); break;
            case 3 when place < bytes.Count: bytes[place] = Telling[Below(Telling.Length)]; break;
            case 4: bytes.Insert(place, Telling[Below(Telling.Length)]); break;
            case 5: bytes.RemoveRange(place, length); break;
            case 6: bytes.InsertRange(place, bytes.GetRange(place, length)); break;
            case 7 when Below(4) == 0: bytes.RemoveRange(place, bytes.Count - place); break;
            case 8 when other.Length > 0:
                var start = Below(other.Length);
                bytes.InsertRange(place, other.Skip(start).Take(1 + Below(40)));
                break;
            default: break;
        }
    }

    private int Below(int limit) => (int)(BitConverter.ToUInt32(_random.Bytes(4)) % (uint)limit);
}
