using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Ecert.Certificates.Trust;

/// <summary>
/// Names a signer: the first 8 bytes of the SHA-256 of its X.509 certificate in DER. Two signers may share one, by
/// chance or by design of an attacker: whoever looks a signer up tries all that fit, in the trust list's order.
/// </summary>
/// <param name="Value">The 8 bytes as a big-endian number.</param>
public readonly record struct KeyId(ulong Value)
{
    /// <summary>The id of the signer with this certificate.</summary>
    public static KeyId Of(ReadOnlySpan<byte> certificateDer)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(certificateDer, digest);
        return FromBytes(digest[..8]);
    }

    /// <summary>The id as 8 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary>16 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    internal static KeyId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes));
}
