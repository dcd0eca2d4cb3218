using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Ecert.Identity;

/// <summary>Who the far end of a TLS session is, by the certificate it showed.</summary>
internal static class TlsParty
{
    /// <summary>The SAN URI of the gateway's client certificate.</summary>
    public const string Gateway = "urn:ecert:gateway";

    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>True when the session's client certificate is the gateway's.</summary>
    public static bool IsGateway(HttpContext context) =>
        context.Connection.ClientCertificate is { } certificate && SubjectUris(certificate).Contains(Gateway);

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
