using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Presentations;

/// <summary>
/// Names one showing of one certificate: 128 bits of the SHA-256 over the certificate id and the holder's nonce. It
/// does not depend on the signature's bytes, which an outsider can vary without the holder's key.
/// </summary>
/// <param name="Value">The 128 bits.</param>
public readonly record struct PresentationId(UInt128 Value)
{
    /// <summary>The id of a showing.</summary>
    public static PresentationId Of(CertificateId certificate, ReadOnlySpan<byte> nonce)
    {
        Span<byte> input = stackalloc byte[1 + Cose.ClaimsFormat.LongestId + HolderStatement.LongestNonce];
        var length = Encoding.ASCII.GetBytes(certificate.Value, input[1..]);
        input[0] = (byte)length;
        nonce.CopyTo(input[(1 + length)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..(1 + length + nonce.Length)], digest);
        return new PresentationId(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
