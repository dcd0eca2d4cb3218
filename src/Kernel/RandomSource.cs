using System.Security.Cryptography;

namespace Ecert.Kernel;

/// <summary>
/// The one seam through which randomness and new identifiers enter, so that a whole run can be replayed from a seed.
/// Key generation and signing inside a cryptographic library are outside it.
/// </summary>
public abstract class RandomSource
{
    private const string CrockfordAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The operating system's cryptographic generator: what production uses.</summary>
    public static RandomSource System { get; } = new SystemRandomSource();

    /// <summary>Fills the span with random bytes.</summary>
    public abstract void Fill(Span<byte> bytes);

    /// <summary>A new array of random bytes.</summary>
    /// <param name="count">How many bytes.</param>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>Random decimal digits, uniformly distributed.</summary>
    /// <param name="count">How many digits.</param>
    public string Digits(int count) => string.Create(count, this, static (digits, source) =>
    {
        Span<byte> one = stackalloc byte[1];
        for (var index = 0; index < digits.Length;)
        {
            source.Fill(one);
            if (one[0] >= 250)
                continue;
            digits[index++] = (char)('0' + one[0] % 10);
        }
    });

    /// <summary>
    /// A new identifier: 26 characters of Crockford base32 (the ULID layout), 48 bits of milliseconds since 1970 and
    /// 80 random bits, so that identifiers sort by the time they were made.
    /// </summary>
    /// <param name="now">The time the identifier carries.</param>
    public string NewId(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[10];
        Fill(random);
        UInt128 value = (UInt128)(ulong)now.ToUnixTimeMilliseconds() << 80;
        for (var index = 0; index < random.Length; index++)
            value |= (UInt128)random[index] << (72 - index * 8);
        Span<char> text = stackalloc char[26];
        for (var index = text.Length - 1; index >= 0; index--, value >>= 5)
            text[index] = CrockfordAlphabet[(int)(uint)(value & 31)];
        return new string(text);
    }

    private sealed class SystemRandomSource : RandomSource
    {
        public override void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
