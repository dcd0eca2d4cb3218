using System.Buffers.Binary;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.RideCodes;

/// <summary>
/// A ride code: the binary record a QR picture at a metro gate carries (JT/T 1179 family, version 0x81, issuer
/// certificate embedded; 332 to 364 bytes). Read is not believed: only <see cref="RideCodeVerifier"/> says whether it
/// holds.
/// </summary>
public sealed class RideCode
{
    internal const byte Version = 0x81;

    /// <summary>
    /// What stands before each signature. The material the record was built from names the byte and not its value; this
    /// is that of a dynamic SM2 signature in the bank-card forms (PBOC 3.0), where the certificate's head comes from.
    /// </summary>
    internal const byte SignatureFormat = 0x15;

    private const int HeaderSize = 3;
    private const int RightsAt = HeaderSize + RideIssuerCertificate.Size;
    private const int CustomLengthAt = RightsAt + RideRights.FixedSize - 1;
    private const int SealSize = 1 + SignatureSuite.SignatureSize;
    private const int TimeSize = 4;
    private const int SmallestSize = RightsAt + RideRights.FixedSize + SealSize + TimeSize + SealSize;
    private readonly byte[] _bytes;

    private RideCode(byte[] bytes, RideIssuerCertificate certificate, RideRights rights) =>
        (_bytes, Certificate, Rights) = (bytes, certificate, rights);

    /// <summary>The issuer's certificate.</summary>
    public RideIssuerCertificate Certificate { get; }

    /// <summary>What the issuer granted.</summary>
    public RideRights Rights { get; }

    /// <summary>When the phone made the code, by its own clock; whole seconds.</summary>
    public DateTimeOffset GeneratedAt =>
        DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(TimeAt)));

    /// <summary>
    /// Names the code for a replay guard: account and time of making. Not its signature: the same second signed twice
    /// is the same code.
    /// </summary>
    public string Id => $"{Rights.AccountNumber}/{GeneratedAt.ToUnixTimeSeconds()}";

    private int IssuerSealAt => RightsAt + RideRights.FixedSize + Rights.Custom.Length;

    private int TimeAt => IssuerSealAt + SealSize;

    private int RiderSealAt => TimeAt + TimeSize;

    /// <summary>Everything up to the issuer's signature (fields 1 to 15): what a phone keeps.</summary>
    internal static async Task<byte[]> AuthoriseAsync(
        RideIssuerCertificate certificate, RideRights rights, SigningKey issuerKey, CancellationToken ct)
    {
        byte[] authorised = [.. certificate.Bytes.Span, .. rights.Encode()];
        var length = authorised.Length + SealSize + TimeSize + SealSize;
        var signature = await issuerKey.SignAsync(authorised, ct);
        return [Version, (byte)(length >> 8), (byte)length, .. authorised, SignatureFormat, .. signature];
    }

    /// <summary>What the rider's key signs (fields 1 to 16).</summary>
    /// <param name="authorisation">The ride authorisation as it was issued.</param>
    /// <param name="generatedAt">Now, by the phone's clock; cut to whole seconds since 1970 UTC.</param>
    public static byte[] ToBeSigned(ReadOnlySpan<byte> authorisation, DateTimeOffset generatedAt)
    {
        var bytes = new byte[authorisation.Length + TimeSize];
        authorisation.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(
            bytes.AsSpan(authorisation.Length), checked((uint)generatedAt.ToUnixTimeSeconds()));
        return bytes;
    }

    /// <summary>The whole code, from what was signed and the rider's raw signature <c>r‖s</c> of 64 bytes.</summary>
    public static byte[] Complete(ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> signature) =>
        [.. toBeSigned, SignatureFormat, .. signature];

    /// <summary>What a phone does underground: makes a code of this moment by itself.</summary>
    /// <param name="authorisation">The ride authorisation as it was issued.</param>
    /// <param name="generatedAt">Now, by the phone's clock.</param>
    /// <param name="riderKey">The rider's SM2 key.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<byte[]> CompleteAsync(
        ReadOnlyMemory<byte> authorisation, DateTimeOffset generatedAt, SigningKey riderKey, CancellationToken ct)
    {
        var toBeSigned = ToBeSigned(authorisation.Span, generatedAt);
        var signature = await riderKey.SignAsync(toBeSigned, ct);
        return Complete(toBeSigned, signature);
    }

    /// <summary>Reads a code without believing it.</summary>
    /// <param name="bytes">What the QR picture says.</param>
    /// <param name="code">The code.</param>
    /// <param name="fault">The field at fault, when it is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RideCode code, out string fault)
    {
        code = null!;
        if (FaultOfFrame(bytes) is { } frame)
        {
            fault = frame;
            return false;
        }
        fault = "issuer_certificate";
        if (!RideIssuerCertificate.TryRead(bytes[HeaderSize..RightsAt], out var certificate))
            return false;
        var rightsSize = RideRights.FixedSize + bytes[CustomLengthAt];
        if (RideRights.Decode(bytes.Slice(RightsAt, rightsSize), out fault) is not { } rights)
            return false;
        code = new RideCode(bytes.ToArray(), certificate, rights);
        fault = "signature_format";
        return code._bytes[code.IssuerSealAt] == SignatureFormat && code._bytes[code.RiderSealAt] == SignatureFormat;
    }

    /// <summary>Are fields 3 to 14 signed with the certificate's key, and of the same issuer?</summary>
    internal bool IsAuthorised() =>
        Rights.IssuerId == Certificate.IssuerId
        && Certificate.PublicKey.Verify(
            _bytes.AsSpan(HeaderSize..IssuerSealAt), _bytes.AsSpan(IssuerSealAt + 1, SignatureSuite.SignatureSize));

    /// <summary>Does the rider's signature over fields 1 to 16 come from the authorised key?</summary>
    internal bool IsSignedByRider() =>
        Rights.RiderKey.Verify(_bytes.AsSpan(0, RiderSealAt), _bytes.AsSpan(RiderSealAt + 1));

    private static string? FaultOfFrame(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SmallestSize || bytes.Length > SmallestSize + RideRights.LongestCustom)
            return "size";
        if (bytes[0] != Version)
            return "version";
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]) != bytes.Length - HeaderSize)
            return "length";
        return bytes[CustomLengthAt] == bytes.Length - SmallestSize ? null : "custom_length";
    }
}
