using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Ecert.Identity;

/// <summary>Who the far end of a TLS session is, by the certificate it showed.</summary>
internal static class TlsParty
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>
    /// The URIs among the subject's alternative names (RFC 5280 §4.2.1.6); none when they cannot be read.
    /// </summary>
    public static IReadOnlyList<string> SubjectUris(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions[SubjectAlternativeName];
        if (extension is null)
            return [];
        try
        {
            var uris = new List<string>();
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                if (names.PeekTag().HasSameClassAndValue(UriTag))
                    uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
                else
                    names.ReadEncodedValue();
            }
            return uris;
        }
        catch (AsnContentException)
        {
            return [];
        }
    }
}
