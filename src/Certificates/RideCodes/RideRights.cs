using System.Buffers.Binary;
using System.Text;
using Ecert.Certificates.Suites;
using Ecert.Kernel;

namespace Ecert.Certificates.RideCodes;

/// <summary>What an issuer grants a rider: fields 4 to 14 of the ride record.</summary>
/// <param name="AccountNumber">
/// Payment account number, 16 ASCII letters and digits: what gates and blacklists know it by.
/// </param>
/// <param name="CardNumber">Card account number, 20 digits; all zero when no card stands behind it.</param>
/// <param name="IssuerId">The issuer, 8 digits; the certificate's own.</param>
/// <param name="PlatformId">The platform that hands out the codes, 8 digits.</param>
/// <param name="AccountType">The issuer's own kind of account.</param>
/// <param name="Ceiling">The most one ride may cost, 0 to 16,777,215 fen.</param>
/// <param name="RiderKey">The rider's SM2 key.</param>
/// <param name="ExpiresAt">From when on nothing is granted; whole seconds since 1970 UTC, 32 bits.</param>
/// <param name="CodeValidity">How far from its making a code may be shown; whole seconds, 1 to 65,535.</param>
/// <param name="Custom">The issuer's own bytes, at most 32.</param>
public sealed record RideRights(
    string AccountNumber, string CardNumber, string IssuerId, string PlatformId, byte AccountType, Money Ceiling,
    PublicKey RiderKey, DateTimeOffset ExpiresAt, TimeSpan CodeValidity, ReadOnlyMemory<byte> Custom)
{
    /// <summary>Characters of an account number.</summary>
    public const int AccountNumberSize = 16;

    /// <summary>Bytes without the custom field.</summary>
    internal const int FixedSize = 78;

    internal const int LongestCustom = 32;
    private const long LargestCeiling = 0xFFFFFF;
    private const int CardAt = 16, IssuerAt = 26, PlatformAt = 30, TypeAt = 34, KeyAt = 38, ExpiryAt = 71;
    private const int ValidityAt = 75, CustomAt = 77;

    /// <exception cref="ArgumentException">A value does not fit its field.</exception>
    internal byte[] Encode()
    {
        if (!IsAccountNumber(AccountNumber) || !BinaryCodedDecimal.TryEncode(CardNumber, 10, out var card)
            || !BinaryCodedDecimal.TryEncode(IssuerId, 4, out var issuer)
            || !BinaryCodedDecimal.TryEncode(PlatformId, 4, out var platform))
            throw new ArgumentException("A number of the ride record is not of its form.");
        var (expiry, validity) = (ExpiresAt.ToUnixTimeSeconds(), (long)CodeValidity.TotalSeconds);
        if (Ceiling.Fen is < 0 or > LargestCeiling || expiry is < 0 or > uint.MaxValue
            || validity is < 1 or > ushort.MaxValue || Custom.Length > LongestCustom
            || RiderKey.Suite != SignatureSuite.Sm2)
            throw new ArgumentException("A value does not fit its field of the ride record.");
        var bytes = new byte[FixedSize + Custom.Length];
        Encoding.ASCII.GetBytes(AccountNumber, bytes);
        card.CopyTo(bytes, CardAt);
        issuer.CopyTo(bytes, IssuerAt);
        platform.CopyTo(bytes, PlatformAt);
        // Three bytes, of which the kind of account takes the unused first one of four afterwards.
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(TypeAt), (uint)Ceiling.Fen);
        bytes[TypeAt] = AccountType;
        RiderKey.ToCompressed().CopyTo(bytes, KeyAt);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(ExpiryAt), (uint)expiry);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(ValidityAt), (ushort)validity);
        bytes[CustomAt] = (byte)Custom.Length;
        Custom.CopyTo(bytes.AsMemory(FixedSize));
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> makes; the name of the field at fault when it is not that.</summary>
    internal static RideRights? Decode(ReadOnlySpan<byte> bytes, out string fault)
    {
        fault = "account_number";
        var account = Encoding.ASCII.GetString(bytes[..AccountNumberSize]);
        if (!IsAccountNumber(account))
            return null;
        fault = "card_or_issuer_number";
        if (!BinaryCodedDecimal.IsValid(bytes[CardAt..TypeAt]))
            return null;
        fault = "rider_key";
        if (!PublicKey.TryFromCompressed(SignatureSuite.Sm2, bytes[KeyAt..ExpiryAt], out var riderKey))
            return null;
        fault = "validity";
        var validity = BinaryPrimitives.ReadUInt16BigEndian(bytes[ValidityAt..]);
        if (validity == 0)
            return null;
        return new RideRights(
            account, Convert.ToHexString(bytes[CardAt..IssuerAt]), Convert.ToHexString(bytes[IssuerAt..PlatformAt]),
            Convert.ToHexString(bytes[PlatformAt..TypeAt]), bytes[TypeAt],
            new Money(BinaryPrimitives.ReadUInt32BigEndian(bytes[TypeAt..]) & LargestCeiling), riderKey,
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[ExpiryAt..])),
            TimeSpan.FromSeconds(validity), bytes[FixedSize..].ToArray());
    }

    private static bool IsAccountNumber(string text) =>
        text.Length == AccountNumberSize && text.All(char.IsAsciiLetterOrDigit);
}
