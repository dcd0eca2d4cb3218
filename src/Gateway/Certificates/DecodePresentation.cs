using System.Globalization;
using Ecert.Certificates.Presentations;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Persons;
using Ecert.Kernel.Citizens;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// A counter scans a code: who is it, and may this counter use it for this business? A valid presentation is spent
/// here, on every gate at once, and turned into a token that the visit goes on with.
/// </summary>
internal sealed class DecodePresentation(PresentationDesk desk, InsuredPersons persons, EcTokens tokens)
{
    private const int LongestPresentation = 4_296;

    public async Task<DecodePresentationResponse> RunAsync(
        DecodePresentationRequest request, Caller.Institution institution, string operationId, CancellationToken ct)
    {
        Check(request);
        var verdict = await desk.VerifyAsync(
            request.Presentation, PresentationDesk.AudienceOf(institution.Kind), operationId, null, ct);
        if (verdict is not Verdict.Valid valid)
            throw RefusalCatalogue.PresentationNotValid.With(
                $"{verdict.Code}: {verdict.Sentence}").ToException();
        var person = await persons.RefreshAsync(valid.Claims.Subject.Value, ct);
        if (person.CertificateId != valid.Claims.Id.Value)
            throw RefusalCatalogue.PresentationNotValid.With(
                "REVOKED: A newer certificate has taken this one's place.").ToException();
        var businessType = ((int)request.BusinessType).ToString("00000", CultureInfo.InvariantCulture);
        var (token, expiresAt) =
            await tokens.IssueAsync(institution, person, businessType, request.Operator.OperatorId, ct);
        return Answer(valid, person, token, expiresAt);
    }

    private static void Check(DecodePresentationRequest request) => new RequestChecks()
        .RequireText(request.Presentation, "presentation", LongestPresentation)
        .RequireKnown(request.BusinessType, "business_type")
        .RequireText(request.Operator?.OperatorId ?? "", "operator.operator_id", 20)
        .RequireText(request.Operator?.OperatorName ?? "", "operator.operator_name", 30)
        .ThrowIfAny();

    private static DecodePresentationResponse Answer(
        Verdict.Valid valid, InsuredPerson person, string token, DateTimeOffset expiresAt) => new()
    {
        EcToken = token,
        EcTokenExpireTime = expiresAt.ToTimestamp(),
        CertificateId = person.CertificateId,
        MaskedName = person.MaskedName,
        DocumentKind = ToMessage(person.Document.Kind),
        MaskedDocumentNumber = person.MaskedDocumentNumber,
        PsnNo = person.PersonNumber,
        InsuredPlace = person.InsuredPlace,
        Enrolments =
        {
            new SchemeEnrolment
            {
                Scheme = Schemes.ToMessage(person.Scheme), InsuredPlace = person.InsuredPlace,
                PsnType = person.PersonType,
                Active = true,
            },
        },
        Verification = PresentationDesk.ToMessage(valid),
        AssuranceLevel = (int)valid.Claims.Assurance,
    };

    private static DocumentKind ToMessage(IdentityDocumentKind kind) => kind switch
    {
        IdentityDocumentKind.ResidentId => DocumentKind.ResidentId,
        IdentityDocumentKind.ForeignPermanentResidentId => DocumentKind.ForeignPermanentResidentId,
        IdentityDocumentKind.Passport => DocumentKind.Passport,
        _ => DocumentKind.Unspecified,
    };
}
