using System.Formats.Asn1;

namespace Ecert.Certificates.Trust;

/// <summary>
/// Reads CRLs (RFC 5280 §5) in strict DER. One with a critical extension, such as a partial list, is refused.
/// </summary>
internal static class RevocationListReader
{
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Reads one list and nothing after it; null when it is none of this profile.</summary>
    internal static RevocationList? TryRead(ReadOnlyMemory<byte> der)
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

    private static RevocationList Read(ReadOnlyMemory<byte> der)
    {
        var whole = new AsnReader(der, AsnEncodingRules.DER);
        var list = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        var toBeSigned = list.PeekEncodedValue();
        var body = list.ReadSequence();
        var algorithm = TrustCertificateReader.ReadAlgorithm(list);
        var signature = TrustCertificateReader.ReadSignature(list.ReadBitString(out var unused));
        list.ThrowIfNotEmpty();
        TrustCertificateReader.Require(unused == 0, "The signature is not whole bytes.");
        TrustCertificateReader.Require(body.ReadInteger() == 1, "The list is not of version 2.");
        TrustCertificateReader.Require(
            TrustCertificateReader.ReadAlgorithm(body) == algorithm,
            "The signature algorithm is named twice and differently.");
        var issuer = TrustCertificateReader.ReadName(body);
        var thisUpdate = TrustCertificateReader.ReadTime(body);
        var nextUpdate = TrustCertificateReader.ReadTime(body);
        var serialNumbers = ReadEntries(body);
        RefuseCriticalExtensions(body);
        body.ThrowIfNotEmpty();
        return new RevocationList
        {
            ToBeSigned = toBeSigned, SignatureAlgorithm = algorithm, Signature = signature, Issuer = issuer,
            ThisUpdate = thisUpdate, NextUpdate = nextUpdate, SerialNumbers = serialNumbers,
        };
    }

    private static HashSet<string> ReadEntries(AsnReader body)
    {
        var serialNumbers = new HashSet<string>();
        if (!body.HasData || !body.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            return serialNumbers;
        var entries = body.ReadSequence();
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            serialNumbers.Add(Convert.ToHexString(entry.ReadIntegerBytes().Span));
            TrustCertificateReader.ReadTime(entry);
            if (entry.HasData)
                RefuseCritical(entry.ReadSequence());
            entry.ThrowIfNotEmpty();
        }
        return serialNumbers;
    }

    private static void RefuseCriticalExtensions(AsnReader body)
    {
        if (!body.HasData)
            return;
        var wrapper = body.ReadSequence(Extensions);
        RefuseCritical(wrapper.ReadSequence());
        wrapper.ThrowIfNotEmpty();
    }

    private static void RefuseCritical(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            TrustCertificateReader.Require(!critical, "A critical extension is not understood.");
            extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
        }
    }
}
