using Ecert.Gateway.Edge;
using Ecert.V1;

namespace Ecert.Gateway.Certificates;

/// <summary>One certificate's public facts and state, to its holder and to the operator.</summary>
internal sealed class GetCertificate(CertificateDesk desk)
{
    public async Task<GetCertificateResponse> RunAsync(
        GetCertificateRequest request, Caller caller, CancellationToken ct)
    {
        CertificateDesk.CheckId(new RequestChecks(), request.CertificateId).ThrowIfAny();
        return new GetCertificateResponse
        {
            Certificate = (await desk.FindAsync(request.CertificateId, caller, ct)).ToMessage(),
        };
    }
}
