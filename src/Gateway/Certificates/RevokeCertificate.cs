using Ecert.Gateway.Edge;
using Ecert.V1;

namespace Ecert.Gateway.Certificates;

/// <summary>Revokes a certificate for good. From the answer on it is refused here as REVOKED.</summary>
internal sealed class RevokeCertificate(CertificateDesk desk, CertificateRegistry registry)
{
    public async Task<RevokeCertificateResponse> RunAsync(
        RevokeCertificateRequest request, Caller caller, CancellationToken ct) => new()
    {
        Certificate = await desk.ChangeAsync(
            request.CertificateId, request.Reason, caller, registry.RevokeAsync, ct),
    };
}
