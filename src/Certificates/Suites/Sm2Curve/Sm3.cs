using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

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

        /// <summary>
        /// The compression function (§5.3.3). Words are expanded sixteen rounds ahead, between rounds that wait for
        /// one another. Three loops, so that what a round does is known when it is compiled.
        /// </summary>
        internal void Compress(ReadOnlySpan<byte> block)
        {
            Span<uint> words = stackalloc uint[WordCount];
            for (var index = 0; index < 16; index++)
                words[index] = BinaryPrimitives.ReadUInt32BigEndian(block[(index * 4)..]);
            var (a, b, c, d, e, f, g, h) = (_a, _b, _c, _d, _e, _f, _g, _h);
            ReadOnlySpan<uint> constants = Constants.AsSpan(0, 64);
            for (var round = 0; round < 16; round += 4)
            {
                var w = words.Slice(round, 20);
                var t = constants.Slice(round, 4);
                Expand(w);
                Round(true, a, ref b, c, ref d, e, ref f, g, ref h, t[0], w[0], w[4]);
                Round(true, d, ref a, b, ref c, h, ref e, f, ref g, t[1], w[1], w[5]);
                Round(true, c, ref d, a, ref b, g, ref h, e, ref f, t[2], w[2], w[6]);
                Round(true, b, ref c, d, ref a, f, ref g, h, ref e, t[3], w[3], w[7]);
            }
            for (var round = 16; round < 52; round += 4)
            {
                var w = words.Slice(round, 20);
                var t = constants.Slice(round, 4);
                Expand(w);
                Round(false, a, ref b, c, ref d, e, ref f, g, ref h, t[0], w[0], w[4]);
                Round(false, d, ref a, b, ref c, h, ref e, f, ref g, t[1], w[1], w[5]);
                Round(false, c, ref d, a, ref b, g, ref h, e, ref f, t[2], w[2], w[6]);
                Round(false, b, ref c, d, ref a, f, ref g, h, ref e, t[3], w[3], w[7]);
            }
            for (var round = 52; round < 64; round += 4)
            {
                var w = words.Slice(round, 8);
                var t = constants.Slice(round, 4);
                Round(false, a, ref b, c, ref d, e, ref f, g, ref h, t[0], w[0], w[4]);
                Round(false, d, ref a, b, ref c, h, ref e, f, ref g, t[1], w[1], w[5]);
                Round(false, c, ref d, a, ref b, g, ref h, e, ref f, t[2], w[2], w[6]);
                Round(false, b, ref c, d, ref a, f, ref g, h, ref e, t[3], w[3], w[7]);
            }
            (_a, _b, _c, _d) = (_a ^ a, _b ^ b, _c ^ c, _d ^ d);
            (_e, _f, _g, _h) = (_e ^ e, _f ^ f, _g ^ g, _h ^ h);
        }

        /// <summary>
        /// One round; the words' places rotate from call to call, so that nothing is moved. What is there early is
        /// added first: every round waits for e and a of the round before.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Round(
            bool early, uint a, ref uint b, uint c, ref uint d, uint e, ref uint f, uint g, ref uint h,
            uint constant, uint word, uint later)
        {
            var a12 = BitOperations.RotateLeft(a, 12);
            var ss1 = BitOperations.RotateLeft(a12 + constant + e, 7);
            var ff = early ? a ^ b ^ c : a & b | (a | b) & c;
            var gg = early ? e ^ f ^ g : (f ^ g) & e ^ g;
            var tt2 = h + word + gg + ss1;
            d = d + (word ^ later) + ff + (ss1 ^ a12);
            h = P0(tt2);
            b = BitOperations.RotateLeft(b, 9);
            f = BitOperations.RotateLeft(f, 19);
        }

        /// <summary>Four words from the sixteen before them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Expand(Span<uint> words)
        {
            words[16] = Expanded(words[0], words[3], words[7], words[10], words[13]);
            words[17] = Expanded(words[1], words[4], words[8], words[11], words[14]);
            words[18] = Expanded(words[2], words[5], words[9], words[12], words[15]);
            words[19] = Expanded(words[3], words[6], words[10], words[13], words[16]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint Expanded(uint back16, uint back13, uint back9, uint back6, uint back3) =>
            P1(back16 ^ back9 ^ BitOperations.RotateLeft(back3, 15)) ^ BitOperations.RotateLeft(back13, 7) ^ back6;

        internal readonly void Write(Span<byte> digest)
        {
            ReadOnlySpan<uint> words = [_a, _b, _c, _d, _e, _f, _g, _h];
            for (var index = 0; index < words.Length; index++)
                BinaryPrimitives.WriteUInt32BigEndian(digest[(index * 4)..], words[index]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint P0(uint x) => x ^ BitOperations.RotateLeft(x, 9) ^ BitOperations.RotateLeft(x, 17);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint P1(uint x) => x ^ BitOperations.RotateLeft(x, 15) ^ BitOperations.RotateLeft(x, 23);
    }
}
