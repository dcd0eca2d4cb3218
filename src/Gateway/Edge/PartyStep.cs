using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Ecert.Gateway.Storage;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Finds the registered institution behind the client certificate. The chain was validated by the TLS handshake; here
/// only its name counts: the subject alternative name <c>urn:ecert:institution:&lt;code&gt;</c>.
/// </summary>
internal sealed class PartyStep(IDbContextFactory<GatewayDb> databases) : EdgeStep
{
    private const string InstitutionPrefix = "urn:ecert:institution:";
    private const string SubjectAlternativeName = "2.5.29.17";

    public override string Purpose => "party from the TLS session";

    public override async ValueTask EnterAsync(EdgeCall call)
    {
        call.ClientCertificate = call.Context.GetHttpContext().Connection.ClientCertificate;
        if (call.ClientCertificate is null || InstitutionCode(call.ClientCertificate) is not { } code)
            return;
        await using var db = await databases.CreateDbContextAsync(call.Ct);
        call.Institution =
            await db.Set<InstitutionRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == code, call.Ct);
    }

    /// <summary>The institution code the certificate names; null when it names none, or more than one.</summary>
    public static string? InstitutionCode(X509Certificate2 certificate)
    {
        var codes = UniformResourceNames(certificate)
            .Where(name => name.StartsWith(InstitutionPrefix, StringComparison.Ordinal))
            .Select(name => name[InstitutionPrefix.Length..])
            .ToList();
        return codes is [var code] ? code : null;
    }

    private static List<string> UniformResourceNames(X509Certificate2 certificate)
    {
        var names = new List<string>();
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension)
            return names;
        try
        {
            ReadNames(extension.RawData, names);
            return names;
        }
        catch (AsnContentException)
        {
            // Names that do not read are nobody's.
            return [];
        }
    }

    private static void ReadNames(byte[] extension, List<string> names)
    {
        var sequence = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        var uri = new Asn1Tag(TagClass.ContextSpecific, 6);
        while (sequence.HasData)
        {
            if (sequence.PeekTag().HasSameClassAndValue(uri))
                names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, uri));
            else
                sequence.ReadEncodedValue();
        }
    }
}
