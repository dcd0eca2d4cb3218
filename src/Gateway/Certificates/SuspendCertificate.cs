using Ecert.Gateway.Edge;
using Ecert.V1;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// Suspends a certificate: a lost phone, for now. From the answer on it is refused here as SUSPENDED.
/// </summary>
internal sealed class SuspendCertificate(CertificateDesk desk, CertificateRegistry registry)
{
    public async Task<SuspendCertificateResponse> RunAsync(
        SuspendCertificateRequest request, Caller caller, CancellationToken ct) => new()
    {
        Certificate = await desk.ChangeAsync(
            request.CertificateId, request.Reason, caller, registry.SuspendAsync, ct),
    };
}
