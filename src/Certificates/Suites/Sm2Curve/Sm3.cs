using System.Buffers.Binary;
using System.Numerics;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>The SM3 digest (GB/T 32905-2016): 32 bytes, any number of pieces, nothing allocated.</summary>
internal ref struct Sm3
{
    internal const int DigestSize = 32;
    private const int BlockSize = 64;
    private const int WordCount = 68;

    // T(j) rotated left by j, as the rounds use it.
    private static readonly uint[] Constants =
        [.. Enumerable.Range(0, 64).Select(round =>
            BitOperations.RotateLeft(round < 16 ? 0x79CC4519u : 0x7A879D8Au, round))];

    private readonly Span<byte> _pending;
    private State _state;
    private int _pendingCount;
    private long _length;

    /// <param name="work">64 bytes to work in.</param>
    internal Sm3(Span<byte> work)
    {
        _pending = work[..BlockSize];
        _state = new State(
            0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E);
    }

    internal static byte[] Hash(ReadOnlySpan<byte> message)
    {
        var digest = new byte[DigestSize];
        var sm3 = new Sm3(stackalloc byte[BlockSize]);
        sm3.Append(message);
        sm3.Finish(digest);
        return digest;
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        if (_pendingCount > 0)
        {
            var count = Math.Min(bytes.Length, BlockSize - _pendingCount);
            bytes[..count].CopyTo(_pending[_pendingCount..]);
            _pendingCount += count;
            bytes = bytes[count..];
            if (_pendingCount < BlockSize)
                return;
            _state.Compress(_pending);
            _pendingCount = 0;
        }
        for (; bytes.Length >= BlockSize; bytes = bytes[BlockSize..])
            _state.Compress(bytes);
        bytes.CopyTo(_pending);
        _pendingCount = bytes.Length;
    }

    internal void Finish(Span<byte> digest)
    {
        var bits = _length * 8;
        _pending[_pendingCount++] = 0x80;
        if (_pendingCount > BlockSize - 8)
        {
            _pending[_pendingCount..].Clear();
            _state.Compress(_pending);
            _pendingCount = 0;
        }
        _pending[_pendingCount..].Clear();
        BinaryPrimitives.WriteInt64BigEndian(_pending[(BlockSize - 8)..], bits);
        _state.Compress(_pending);
        _state.Write(digest);
    }

    private struct State(uint a, uint b, uint c, uint d, uint e, uint f, uint g, uint h)
    {
        private uint _a = a, _b = b, _c = c, _d = d, _e = e, _f = f, _g = g, _h = h;

        /// <summary>The compression function (§5.3.3).</summary>
        internal void Compress(ReadOnlySpan<byte> block)
        {
            Span<uint> words = stackalloc uint[WordCount];
            Expand(block, words);
            var (a, b, c, d, e, f, g, h) = (_a, _b, _c, _d, _e, _f, _g, _h);
            for (var round = 0; round < 64; round++)
            {
                var a12 = BitOperations.RotateLeft(a, 12);
                var ss1 = BitOperations.RotateLeft(a12 + e + Constants[round], 7);
                var ff = round < 16 ? a ^ b ^ c : a & b | a & c | b & c;
                var gg = round < 16 ? e ^ f ^ g : e & f | ~e & g;
                var tt1 = ff + d + (ss1 ^ a12) + (words[round] ^ words[round + 4]);
                var tt2 = gg + h + ss1 + words[round];
                (d, c, b, a) = (c, BitOperations.RotateLeft(b, 9), a, tt1);
                (h, g, f, e) = (g, BitOperations.RotateLeft(f, 19), e, P0(tt2));
            }
            (_a, _b, _c, _d) = (_a ^ a, _b ^ b, _c ^ c, _d ^ d);
            (_e, _f, _g, _h) = (_e ^ e, _f ^ f, _g ^ g, _h ^ h);
        }

        internal readonly void Write(Span<byte> digest)
        {
            ReadOnlySpan<uint> words = [_a, _b, _c, _d, _e, _f, _g, _h];
            for (var index = 0; index < words.Length; index++)
                BinaryPrimitives.WriteUInt32BigEndian(digest[(index * 4)..], words[index]);
        }

        private static void Expand(ReadOnlySpan<byte> block, Span<uint> words)
        {
            for (var index = 0; index < 16; index++)
                words[index] = BinaryPrimitives.ReadUInt32BigEndian(block[(index * 4)..]);
            for (var index = 16; index < WordCount; index++)
            {
                var mixed = words[index - 16] ^ words[index - 9] ^ BitOperations.RotateLeft(words[index - 3], 15);
                words[index] = P1(mixed) ^ BitOperations.RotateLeft(words[index - 13], 7) ^ words[index - 6];
            }
        }

        private static uint P0(uint x) => x ^ BitOperations.RotateLeft(x, 9) ^ BitOperations.RotateLeft(x, 17);

        private static uint P1(uint x) => x ^ BitOperations.RotateLeft(x, 15) ^ BitOperations.RotateLeft(x, 23);
    }
}
