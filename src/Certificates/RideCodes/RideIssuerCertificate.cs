using System.Buffers.Binary;
using System.Security.Cryptography;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.RideCodes;

/// <summary>
/// The issuer's public-key certificate inside a ride code (JT/T 1179 family, 117 bytes): a transit CA's word, by SM2
/// with SM3, that an issuer may authorise riders until the end of a month (Beijing time). The CA signs the bytes from
/// the format on; head, service id and key index before it are fixed or only choose the key.
/// </summary>
public sealed class RideIssuerCertificate
{
    /// <summary>Bytes of a certificate.</summary>
    public const int Size = 117;

    private const int SignedFrom = 6, SignatureAt = 53;
    private const int IssuerAt = 7, ExpiryAt = 11, SerialAt = 13, AlgorithmsAt = 16, KeyAt = 20;
    private static readonly byte[] Head = [0x24, 0x01, 0x01, 0x00, 0x00];
    private static readonly byte[] Algorithms = [0x04, 0x04, 0x00, PublicKey.CompressedSize];
    private const byte Format = 0x12;
    private readonly byte[] _bytes;

    private RideIssuerCertificate(byte[] bytes, DateTimeOffset expiresAt, PublicKey key) =>
        (_bytes, ExpiresAt, PublicKey) = (bytes, expiresAt, key);

    /// <summary>The certificate as it is embedded.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Which of the CA's keys signed it.</summary>
    public byte AuthorityKeyIndex => _bytes[SignedFrom - 1];

    /// <summary>The issuer's id, 8 digits.</summary>
    public string IssuerId => Convert.ToHexString(_bytes.AsSpan(IssuerAt, 4));

    /// <summary>The CA's serial number, 0 to 16,777,215.</summary>
    public int Serial => BinaryPrimitives.ReadInt32BigEndian([0, .. _bytes.AsSpan(SerialAt, 3)]);

    /// <summary>The first moment it no longer holds: the month after the one it names, in Beijing.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The issuer's SM2 key.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>What the CA does: certifies an issuer's key.</summary>
    /// <param name="authority">The CA's SM2 key.</param>
    /// <param name="authorityKeyIndex">The index gates know that key by.</param>
    /// <param name="issuerId">The issuer, 8 digits.</param>
    /// <param name="serial">The serial number, 0 to 16,777,215.</param>
    /// <param name="lastMonth">Any day of the last month it holds in, 2000 to 2099.</param>
    /// <param name="issuerKey">The issuer's SM2 key.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ArgumentException">A value does not fit its field, or a key is not of SM2.</exception>
    public static async Task<RideIssuerCertificate> CertifyAsync(SigningKey authority, byte authorityKeyIndex,
        string issuerId, int serial, DateOnly lastMonth, PublicKey issuerKey, CancellationToken ct)
    {
        if (authority.Suite != SignatureSuite.Sm2 || issuerKey.Suite != SignatureSuite.Sm2)
            throw new ArgumentException("Ride codes are signed with SM2 alone.");
        if (!BinaryCodedDecimal.TryEncode(issuerId, 4, out var issuer))
            throw new ArgumentException("An issuer id is 8 digits.", nameof(issuerId));
        if (serial is < 0 or > 0xFFFFFF || lastMonth.Year is < 2000 or > 2099)
            throw new ArgumentException("The serial number or the month does not fit its field.");
        byte[] toBeSigned =
        [
            Format, .. issuer,
            BinaryCodedDecimal.Encode(lastMonth.Month), BinaryCodedDecimal.Encode(lastMonth.Year - 2000),
            (byte)(serial >> 16), (byte)(serial >> 8), (byte)serial, .. Algorithms, .. issuerKey.ToCompressed(),
        ];
        var signature = await authority.SignAsync(toBeSigned, ct);
        return TryRead([.. Head, authorityKeyIndex, .. toBeSigned, .. signature], out var certificate)
            ? certificate
            : throw new CryptographicException("What was certified does not read.");
    }

    /// <summary>Reads a certificate; false when a fixed byte, a number or the key is not as the form has it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RideIssuerCertificate certificate)
    {
        certificate = null!;
        if (bytes.Length != Size || !bytes.StartsWith(Head) || bytes[SignedFrom] != Format
            || !bytes[AlgorithmsAt..KeyAt].SequenceEqual(Algorithms)
            || !BinaryCodedDecimal.IsValid(bytes[IssuerAt..SerialAt])
            || !TryReadExpiry(bytes[ExpiryAt..SerialAt], out var expiresAt)
            || !PublicKey.TryFromCompressed(SignatureSuite.Sm2, bytes[KeyAt..SignatureAt], out var key))
            return false;
        certificate = new RideIssuerCertificate(bytes.ToArray(), expiresAt, key);
        return true;
    }

    /// <summary>Did the holder of this CA key sign it? Never ask the key inside the certificate.</summary>
    public bool SignedBy(PublicKey authority) =>
        authority.Verify(_bytes.AsSpan(SignedFrom, SignatureAt - SignedFrom), _bytes.AsSpan(SignatureAt));

    private static bool TryReadExpiry(ReadOnlySpan<byte> monthAndYear, out DateTimeOffset expiresAt)
    {
        expiresAt = default;
        var month = BinaryCodedDecimal.Decode(monthAndYear[0]);
        if (month is < 1 or > 12)
            return false;
        var first = new DateTime(2000 + BinaryCodedDecimal.Decode(monthAndYear[1]), month, 1);
        expiresAt = new DateTimeOffset(first.AddMonths(1), TimeSpan.FromHours(8));
        return true;
    }
}
