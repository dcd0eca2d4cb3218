using System.Net;
using System.Text.Json;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Persons;

/// <summary>
/// Resolves pseudonyms at the issuer, over mTLS with the gateway's own client certificate: the only place that links a
/// certificate to a person.
/// </summary>
internal sealed class SubjectDirectory(GatewayOptions options, HttpClient identity)
{
    /// <summary>Who the pseudonym is, or null when the issuer does not know it.</summary>
    /// <exception cref="RefusedException">The issuer could not be asked.</exception>
    public async Task<KnownSubject?> FindAsync(string subject, CancellationToken ct)
    {
        try
        {
            var address = new Uri($"{options.Issuer.TrimEnd('/')}/subjects/{Uri.EscapeDataString(subject)}");
            using var response = await identity.GetAsync(address, ct);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: ct);
            return Read(json.RootElement);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (exception is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw RefusalCatalogue.CounterpartUnavailable.AsRefusal().ToException();
        }
    }

    private static KnownSubject Read(JsonElement json)
    {
        var kind = json.GetProperty("document_kind").GetString() switch
        {
            "resident_id" => IdentityDocumentKind.ResidentId,
            "foreign_permanent_resident_id" => IdentityDocumentKind.ForeignPermanentResidentId,
            "passport" => IdentityDocumentKind.Passport,
            var other => throw new InvalidOperationException($"The issuer named a document kind {other}."),
        };
        if (!IdentityDocument.TryParse(kind, Text(json, "document_number"), out var document, out _))
            throw new InvalidOperationException("The issuer's document number does not read.");
        return new KnownSubject(Text(json, "name"), document, Text(json, "person_number"), Text(json, "insured_place"),
            Text(json, "insutype"), Text(json, "psn_type"), CertificateOf(json));
    }

    private static string CertificateOf(JsonElement json) => json.GetProperty("certificate_id").GetString() ?? "";

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()
        ?? throw new InvalidOperationException($"The issuer left out {member}.");
}

/// <summary>A person as the issuer knows one.</summary>
internal sealed record KnownSubject(
    string Name, IdentityDocument Document, string PersonNumber, string InsuredPlace, string Scheme, string PersonType,
    string CertificateId);
