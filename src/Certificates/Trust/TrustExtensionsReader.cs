using System.Formats.Asn1;

namespace Ecert.Certificates.Trust;

/// <summary>Reads the extensions of a certificate (RFC 5280 §4.2).</summary>
internal static class TrustExtensionsReader
{
    private const string BasicConstraints = "2.5.29.19";
    private const string KeyUsage = "2.5.29.15";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string NameConstraints = "2.5.29.30";
    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag DirectoryName = new(TagClass.ContextSpecific, 4, isConstructed: true);

    // The bits as a named bit list numbers them: the first is bit 0.
    [Flags]
    private enum KeyUsages
    {
        None = 0,
        DigitalSignature = 1 << 0,
        KeyCertSign = 1 << 5,
    }

    internal static TrustExtensions Read(AsnReader wrapper)
    {
        var list = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        var extensions = new TrustExtensions();
        var seen = new HashSet<string>();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var identifier = extension.ReadObjectIdentifier();
            TrustCertificateReader.Require(seen.Add(identifier), "An extension stands twice.");
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER);
            extension.ThrowIfNotEmpty();
            extensions = Apply(extensions, identifier, critical, value);
        }
        return extensions;
    }

    private static TrustExtensions Apply(TrustExtensions extensions, string identifier, bool critical, AsnReader value)
    {
        switch (identifier)
        {
            case BasicConstraints:
                var (isAuthority, pathLength) = ReadBasicConstraints(value.ReadSequence());
                return extensions with { IsAuthority = isAuthority, PathLength = pathLength };
            case KeyUsage:
                var usages = value.ReadNamedBitListValue<KeyUsages>();
                return extensions with
                {
                    MaySignCertificates = usages.HasFlag(KeyUsages.KeyCertSign),
                    MaySignDocuments = usages.HasFlag(KeyUsages.DigitalSignature),
                };
            case ExtendedKeyUsage:
                return extensions with { ExtendedKeyUsages = ReadIdentifiers(value.ReadSequence()) };
            case NameConstraints:
                return extensions with { PermittedNames = ReadPermitted(value.ReadSequence()) };
            default:
                TrustCertificateReader.Require(!critical, "A critical extension is not understood.");
                return extensions;
        }
    }

    private static (bool IsAuthority, int? PathLength) ReadBasicConstraints(AsnReader constraints)
    {
        var isAuthority = constraints.HasData
            && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean)
            && constraints.ReadBoolean();
        int? pathLength = constraints.HasData ? (int)constraints.ReadInteger() : null;
        constraints.ThrowIfNotEmpty();
        return (isAuthority, pathLength);
    }

    private static List<string> ReadIdentifiers(AsnReader sequence)
    {
        var identifiers = new List<string>();
        while (sequence.HasData)
            identifiers.Add(sequence.ReadObjectIdentifier());
        return identifiers;
    }

    /// <summary>Only permitted directory names are understood; anything else in the constraints is refused.</summary>
    private static List<DistinguishedName> ReadPermitted(AsnReader constraints)
    {
        var names = new List<DistinguishedName>();
        var subtrees = constraints.ReadSequence(Permitted);
        while (subtrees.HasData)
        {
            var subtree = subtrees.ReadSequence();
            var name = subtree.ReadSequence(DirectoryName);
            names.Add(TrustCertificateReader.ReadName(name));
            name.ThrowIfNotEmpty();
            subtree.ThrowIfNotEmpty();
        }
        constraints.ThrowIfNotEmpty();
        return names;
    }
}
