using System.Formats.Asn1;
using System.Numerics;
using Ecert.Certificates.Suites;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates.Trust;

/// <summary>
/// Reads X.509 v3 certificates (RFC 5280) in strict DER with keys of either suite (GM/T 0015 for SM2).
/// </summary>
internal static class TrustCertificateReader
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);

    /// <summary>Reads one certificate and nothing after it; null when it is none of this profile.</summary>
    internal static TrustCertificate? TryRead(ReadOnlyMemory<byte> der)
    {
        try
        {
            return Read(der);
        }
        catch (Exception exception) when (exception is AsnContentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static TrustCertificate Read(ReadOnlyMemory<byte> der)
    {
        var whole = new AsnReader(der, AsnEncodingRules.DER);
        var certificate = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        var toBeSigned = certificate.PeekEncodedValue();
        var body = certificate.ReadSequence();
        var algorithm = ReadAlgorithm(certificate);
        var signature = ReadSignature(certificate.ReadBitString(out var unused));
        certificate.ThrowIfNotEmpty();
        Require(unused == 0, "The signature is not whole bytes.");
        var version = body.ReadSequence(Version);
        Require(version.ReadInteger() == 2, "The certificate is not of version 3.");
        version.ThrowIfNotEmpty();
        var serialNumber = body.ReadIntegerBytes();
        Require(ReadAlgorithm(body) == algorithm, "The signature algorithm is named twice and differently.");
        var issuer = ReadName(body);
        var (notBefore, notAfter) = ReadValidity(body.ReadSequence());
        var subject = ReadName(body);
        var key = ReadKey(body.ReadSequence());
        var extensions = TrustExtensionsReader.Read(body.ReadSequence(Extensions));
        body.ThrowIfNotEmpty();
        return new TrustCertificate
        {
            KeyId = KeyId.Of(der.Span), ToBeSigned = toBeSigned, SerialNumber = serialNumber,
            SignatureAlgorithm = algorithm, Signature = signature, Issuer = issuer, Subject = subject,
            NotBefore = notBefore, NotAfter = notAfter, PublicKey = key, Extensions = extensions,
        };
    }

    /// <summary>A Name: relative names of one attribute each.</summary>
    internal static DistinguishedName ReadName(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        var names = reader.ReadSequence();
        var parts = new List<ReadOnlyMemory<byte>>();
        DivisionCode? division = null;
        while (names.HasData)
        {
            parts.Add(names.PeekEncodedValue());
            var attribute = names.ReadSetOf().ReadSequence();
            if (attribute.ReadObjectIdentifier() != TrustProfile.DivisionAttribute)
                continue;
            Require(division is null, "The name holds two divisions.");
            division = DivisionCode.Parse(ReadText(attribute));
        }
        return new DistinguishedName(encoded, parts, division);
    }

    private static string ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        Require(tag.TagClass == TagClass.Universal, "A name is no text.");
        var type = (UniversalTagNumber)tag.TagValue;
        Require(type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString, "A name is no text.");
        return reader.ReadCharacterString(type);
    }

    private static (DateTimeOffset NotBefore, DateTimeOffset NotAfter) ReadValidity(AsnReader validity)
    {
        var notBefore = ReadTime(validity);
        var notAfter = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        return (notBefore, notAfter);
    }

    internal static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
            ? reader.ReadUtcTime(2049)
            : reader.ReadGeneralizedTime();

    /// <summary>The algorithm's identifier; parameters are absent, or NULL as some SM2 authorities write.</summary>
    internal static string ReadAlgorithm(AsnReader reader)
    {
        var algorithm = reader.ReadSequence();
        var identifier = algorithm.ReadObjectIdentifier();
        if (algorithm.HasData)
            algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();
        return identifier;
    }

    private static PublicKey ReadKey(AsnReader info)
    {
        var algorithm = info.ReadSequence();
        Require(algorithm.ReadObjectIdentifier() == EcPublicKey, "The key is not on a curve.");
        var curve = algorithm.ReadObjectIdentifier();
        algorithm.ThrowIfNotEmpty();
        var suite = SignatureSuite.All.FirstOrDefault(candidate => candidate.CurveObjectIdentifier == curve)
            ?? throw new FormatException("The key is on a curve of no suite.");
        var point = info.ReadBitString(out _);
        info.ThrowIfNotEmpty();
        Require(point.Length == 65 && point[0] == 4, "The key is not an uncompressed point.");
        return PublicKey.TryCreate(suite, point.AsSpan(1, 32), point.AsSpan(33, 32), out var key)
            ? key
            : throw new FormatException("The key is no point of its curve.");
    }

    /// <summary>SEQUENCE {r, s} to the raw form.</summary>
    internal static byte[] ReadSignature(byte[] der)
    {
        var whole = new AsnReader(der, AsnEncodingRules.DER);
        var pair = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        var raw = new byte[SignatureSuite.SignatureSize];
        Write(pair.ReadInteger(), raw.AsSpan(0, 32));
        Write(pair.ReadInteger(), raw.AsSpan(32));
        pair.ThrowIfNotEmpty();
        return raw;
    }

    private static void Write(BigInteger half, Span<byte> target)
    {
        var count = half.GetByteCount(isUnsigned: true);
        Require(count <= target.Length, "Half a signature is too long.");
        half.TryWriteBytes(target[^count..], out _, isUnsigned: true, isBigEndian: true);
    }

    internal static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new FormatException(otherwise);
    }
}
