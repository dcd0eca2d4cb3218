using System.Security.Cryptography;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Gateway.Reimbursement;

/// <summary>A settlement as it changes, until nothing more can happen to it by itself.</summary>
internal sealed class WatchSettlement(GetSettlement settlements, ChangeFeed changes)
{
    public async Task RunAsync(WatchSettlementRequest request, Caller.Institution institution,
        IServerStreamWriter<WatchSettlementResponse> responses, CancellationToken ct)
    {
        var told = request.ResumeToken;
        while (true)
        {
            var next = changes.Next(request.SettlementId);
            var settlement = await settlements.RunAsync(request.SettlementId, institution, ct);
            var token = Convert.ToHexStringLower(SHA256.HashData(settlement.ToByteArray())[..8]);
            if (token != told)
                await responses.WriteAsync(
                    new WatchSettlementResponse { ResumeToken = token, Settlement = settlement }, ct);
            told = token;
            if (settlement.State is SettlementState.Complete or SettlementState.Refunded or SettlementState.Failed)
                return;
            await ChangeFeed.WaitAsync(next, ct);
        }
    }
}
