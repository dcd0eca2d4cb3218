using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ecert.Kernel;

/// <summary>
/// Bytes that follow from a seed alone: SHA-256 over the seed and a counter. For replayable runs and tests, never for
/// production secrets. Safe to share between threads; the order of concurrent callers is then not replayable.
/// </summary>
/// <param name="seed">The seed; equal seeds give equal bytes.</param>
public sealed class SeededRandomSource(ulong seed) : RandomSource
{
    private readonly Lock _lock = new();
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
    private ulong _counter;
    private int _used = SHA256.HashSizeInBytes;

    /// <inheritdoc/>
    public override void Fill(Span<byte> bytes)
    {
        lock (_lock)
        {
            while (!bytes.IsEmpty)
            {
                if (_used == _block.Length)
                    NextBlock();
                var count = Math.Min(bytes.Length, _block.Length - _used);
                _block.AsSpan(_used, count).CopyTo(bytes);
                _used += count;
                bytes = bytes[count..];
            }
        }
    }

    private void NextBlock()
    {
        Span<byte> input = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(input, seed);
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], _counter++);
        SHA256.HashData(input, _block);
        _used = 0;
    }
}
