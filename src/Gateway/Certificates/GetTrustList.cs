using Ecert.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Certificates;

/// <summary>The signed trust list, for verifiers that reach the gateway and nothing else.</summary>
internal sealed class GetTrustList(TrustMaterial trust)
{
    public async Task<GetTrustListResponse> RunAsync(GetTrustListRequest request, CancellationToken ct)
    {
        var current = await trust.CurrentAsync(ct);
        return new GetTrustListResponse
        {
            TrustList = request.KnownVersion == current.Trust.Version
                ? ByteString.Empty
                : UnsafeByteOperations.UnsafeWrap(current.Signed),
            Version = current.Trust.Version,
            IssueTime = current.Trust.IssuedAt.ToTimestamp(),
            ExpireTime = current.Trust.ExpiresAt.ToTimestamp(),
        };
    }
}
