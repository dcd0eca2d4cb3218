using Ecert.Certificates.Presentations;
using Ecert.Gateway.Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Identifiers;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Certificates;

/// <summary>The insured person shows the certificate, a counter decodes it, and its state is changed.</summary>
internal static class CertificateSteps
{
    public static readonly Caller.Institution Pharmacy = People.Hospital with { Kind = InstitutionKind.Pharmacy };
    public static readonly Caller.Institution Metro = People.Hospital with { Kind = InstitutionKind.TransitOperator };

    public static Task<string> PresentAsync(
        this TestGateway gateway, AudienceKind audience = AudienceKind.Medical) => TestGateway.Nation.PresentAsync(
            TestGateway.Nation.Claims() with
            {
                Subject = new SubjectId(People.Subject), Id = new CertificateId(People.CertificateId),
            },
            HolderStatement.New(gateway.Clock.GetUtcNow(), audience, null, TestGateway.Nation.Random));

    public static Task<DecodePresentationResponse> DecodeAsync(
        this TestGateway gateway, string presentation, BusinessType type = BusinessType.Settlement,
        Caller.Institution? institution = null, string? operationId = null) =>
        gateway.Get<DecodePresentation>().RunAsync(
            new DecodePresentationRequest
            {
                RequestId = "decode", Presentation = presentation, BusinessType = type, Operator = Visits.Clerk,
            },
            institution ?? People.Hospital, operationId ?? gateway.NewId(), CancellationToken.None);

    public static async Task<Certificate> GetCertificateAsync(
        this TestGateway gateway, Caller caller, string id = People.CertificateId) =>
        (await gateway.Get<GetCertificate>().RunAsync(
            new GetCertificateRequest { CertificateId = id }, caller, default)).Certificate;

    public static async Task<Certificate> SuspendCertificateAsync(this TestGateway gateway, Caller caller) =>
        (await gateway.Get<SuspendCertificate>().RunAsync(
            new SuspendCertificateRequest { CertificateId = People.CertificateId, Reason = "phone lost" }, caller,
            default)).Certificate;

    public static async Task<Certificate> RevokeCertificateAsync(this TestGateway gateway, Caller caller) =>
        (await gateway.Get<RevokeCertificate>().RunAsync(
            new RevokeCertificateRequest { CertificateId = People.CertificateId, Reason = "phone lost" }, caller,
            default)).Certificate;

    /// <summary>A fresh presentation is refused with this verdict.</summary>
    public static async Task AssertNotValidAsync(this TestGateway gateway, string verdict)
    {
        var shown = await gateway.PresentAsync();
        var refusal = await TestGateway.RefusalOfAsync(() => gateway.DecodeAsync(shown));
        Assert.StartsWith(verdict + ": ", refusal.Message, StringComparison.Ordinal);
    }
}
