using Ecert.Certificates.Presentations;
using Ecert.Gateway.Edge;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Certificates;

/// <summary>The verdict on a presentation, without spending it and without saying who it is.</summary>
internal sealed class VerifyPresentation(PresentationDesk desk)
{
    private const int LongestPresentation = 4_296;

    public async Task<VerifyPresentationResponse> RunAsync(
        VerifyPresentationRequest request, Caller.Institution institution, CancellationToken ct)
    {
        new RequestChecks()
            .RequireText(request.Presentation, "presentation", LongestPresentation)
            .Require(request.AtTime is null || RequestChecks.IsTime(request.AtTime), "at_time",
                "a time from 2000 to 2099")
            .ThrowIfAny();
        var verdict = await desk.VerifyAsync(
            request.Presentation, PresentationDesk.AudienceOf(institution.Kind), null,
            request.AtTime?.ToDateTimeOffset(), ct);
        var response = new VerifyPresentationResponse { Verification = PresentationDesk.ToMessage(verdict) };
        if (verdict is Verdict.Valid valid)
        {
            response.CertificateId = valid.Claims.Id.Value;
            response.IssuerDivision = valid.Claims.Issuer.Value;
            response.PresentedTime = valid.Statement.MadeAt.ToTimestamp();
        }
        return response;
    }
}
