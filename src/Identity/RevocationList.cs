using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecert.Identity;

/// <summary>A list of revoked certificates (RFC 5280 §5), verified when it is read.</summary>
internal sealed class RevocationList
{
    private readonly byte[] _issuer;
    private readonly HashSet<BigInteger> _serialNumbers;

    private RevocationList(byte[] issuer, HashSet<BigInteger> serialNumbers) =>
        (_issuer, _serialNumbers) = (issuer, serialNumbers);

    /// <summary>Reads a list and checks that one of the authorities signed it (ECDSA with SHA-256).</summary>
    /// <exception cref="ArgumentException">It is no list, or no authority's.</exception>
    public static RevocationList Read(string pem, IReadOnlyList<X509Certificate2> authorities)
    {
        try
        {
            var list = new AsnReader(
                Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]), AsnEncodingRules.DER).ReadSequence();
            var content = list.ReadEncodedValue();
            list.ReadSequence();
            var signature = list.ReadBitString(out _);
            var read = ReadContent(content);
            return authorities.Any(authority => Signed(authority, read._issuer, content.Span, signature))
                ? read
                : throw new ArgumentException("A revocation list is signed by none of the TLS authorities.");
        }
        catch (Exception malformed) when (malformed is AsnContentException or FormatException)
        {
            throw new ArgumentException("A revocation list cannot be read.", malformed);
        }
    }

    /// <summary>True when the list's issuer issued the certificate and took it back.</summary>
    public bool Names(X509Certificate2 certificate) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(_issuer)
        && _serialNumbers.Contains(new BigInteger(
            certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true));

    private static bool Signed(
        X509Certificate2 authority, byte[] issuer, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = authority.GetECDsaPublicKey();
        return key is not null
            && authority.SubjectName.RawData.AsSpan().SequenceEqual(issuer)
            && key.VerifyData(
                content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    // TBSCertList: version?, signature, issuer, thisUpdate, nextUpdate?, revokedCertificates?, extensions?
    private static RevocationList ReadContent(ReadOnlyMemory<byte> content)
    {
        var fields = new AsnReader(content, AsnEncodingRules.DER).ReadSequence();
        if (fields.PeekTag() == Asn1Tag.Integer)
            fields.ReadInteger();
        fields.ReadSequence();
        var issuer = fields.ReadEncodedValue().ToArray();
        var serialNumbers = new HashSet<BigInteger>();
        while (fields.HasData && IsTime(fields.PeekTag()))
            fields.ReadEncodedValue();
        if (fields.HasData && fields.PeekTag() == Asn1Tag.Sequence)
        {
            var revoked = fields.ReadSequence();
            while (revoked.HasData)
                serialNumbers.Add(revoked.ReadSequence().ReadInteger());
        }
        return new RevocationList(issuer, serialNumbers);
    }

    private static bool IsTime(Asn1Tag tag) => tag == Asn1Tag.UtcTime || tag == Asn1Tag.GeneralizedTime;
}
