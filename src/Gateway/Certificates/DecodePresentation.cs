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
internal sealed class DecodePresentation(
    PresentationDesk desk, OneTimeCodeDesk codes, InsuredPersons persons, EcTokens tokens)
{
    private const int LongestPresentation = 4_296;

    public async Task<DecodePresentationResponse> RunAsync(
        DecodePresentationRequest request, Caller.Institution institution, string operationId, CancellationToken ct)
    {
        Check(request, institution.Kind);
        var shown = OneTimeCode.TryParse(request.Presentation, out var code)
            ? await codes.SpendAsync(code, operationId, ct)
            : await SpendAsync(request.Presentation, institution, operationId, ct);
        var person = await persons.RefreshAsync(shown.Subject, ct);
        if (person.CertificateId != shown.CertificateId)
            throw RefusalCatalogue.PresentationNotValid.With(
                "REVOKED: A newer certificate has taken this one's place.").ToException();
        var (token, expiresAt) = await tokens.IssueAsync(
            institution, person, BusinessTypes.ToCode(request.BusinessType), request.Operator.OperatorId, ct);
        return Answer(shown, person, token, expiresAt);
    }

    private async Task<Shown> SpendAsync(
        string presentation, Caller.Institution institution, string operationId, CancellationToken ct)
    {
        var verdict = await desk.VerifyAsync(
            presentation, PresentationDesk.AudienceOf(institution.Kind), operationId, null, ct);
        return verdict is Verdict.Valid valid
            ? new Shown(
                valid.Claims.Subject.Value, valid.Claims.Id.Value, (int)valid.Claims.Assurance,
                PresentationDesk.ToMessage(valid))
            : throw RefusalCatalogue.PresentationNotValid.With($"{verdict.Code}: {verdict.Sentence}").ToException();
    }

    private static void Check(DecodePresentationRequest request, InstitutionKind kind) => new RequestChecks()
        .RequireText(request.Presentation, "presentation", LongestPresentation)
        .RequireBusinessType(request.BusinessType, kind, "business_type")
        .RequireText(request.Operator?.OperatorId ?? "", "operator.operator_id", 20)
        .RequireText(request.Operator?.OperatorName ?? "", "operator.operator_name", 30)
        .ThrowIfAny();

    private static DecodePresentationResponse Answer(
        Shown shown, InsuredPerson person, string token, DateTimeOffset expiresAt) => new()
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
        Verification = shown.Verification,
        AssuranceLevel = shown.AssuranceLevel,
    };

    private static DocumentKind ToMessage(IdentityDocumentKind kind) => kind switch
    {
        IdentityDocumentKind.ResidentId => DocumentKind.ResidentId,
        IdentityDocumentKind.ForeignPermanentResidentId => DocumentKind.ForeignPermanentResidentId,
        IdentityDocumentKind.Passport => DocumentKind.Passport,
        _ => DocumentKind.Unspecified,
    };
}
