using Ecert.Gateway.Edge;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Certificates;

/// <summary>The verbs on certificates and their presentations.</summary>
internal sealed class CertificateService(
    DecodePresentation decode, VerifyPresentation verify, GetCertificate get, SuspendCertificate suspend,
    RevokeCertificate revoke, WatchRevocations watch, GetTrustList trustList)
    : V1.CertificateService.CertificateServiceBase
{
    public override Task<DecodePresentationResponse> DecodePresentation(
        DecodePresentationRequest request, ServerCallContext context) =>
        decode.RunAsync(request, context.Institution(), context.Edge().OperationId, context.CancellationToken);

    public override Task<VerifyPresentationResponse> VerifyPresentation(
        VerifyPresentationRequest request, ServerCallContext context) =>
        verify.RunAsync(request, context.Institution(), context.CancellationToken);

    public override Task<GetCertificateResponse> GetCertificate(
        GetCertificateRequest request, ServerCallContext context) =>
        get.RunAsync(request, context.Edge().Caller, context.CancellationToken);

    public override Task<SuspendCertificateResponse> SuspendCertificate(
        SuspendCertificateRequest request, ServerCallContext context) =>
        suspend.RunAsync(request, context.Edge().Caller, context.CancellationToken);

    public override Task<RevokeCertificateResponse> RevokeCertificate(
        RevokeCertificateRequest request, ServerCallContext context) =>
        revoke.RunAsync(request, context.Edge().Caller, context.CancellationToken);

    public override Task WatchRevocations(
        WatchRevocationsRequest request, IServerStreamWriter<WatchRevocationsResponse> responseStream,
        ServerCallContext context) =>
        watch.RunAsync(request, responseStream, context.CancellationToken);

    public override Task<GetTrustListResponse> GetTrustList(GetTrustListRequest request, ServerCallContext context) =>
        trustList.RunAsync(request, context.CancellationToken);
}
