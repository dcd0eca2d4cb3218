using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Reimbursement;

/// <summary>A settlement as it changes, until nothing more can happen to it by itself.</summary>
internal sealed class WatchSettlement(GetSettlement settlements, ChangeFeed changes)
{
    public async Task RunAsync(
        WatchSettlementRequest request, Caller.Institution institution,
        IServerStreamWriter<WatchSettlementResponse> responses,
        CancellationToken ct)
    {
        var looks = changes.FollowAsync(request.SettlementId, request.ResumeToken,
            token => settlements.RunAsync(request.SettlementId, institution, token), ct);
        await foreach (var look in looks)
        {
            if (look.IsNew)
                await responses.WriteAsync(
                    new WatchSettlementResponse { ResumeToken = look.Token, Settlement = look.Message }, ct);
            if (IsFinal(look.Message))
                return;
        }
    }

    private static bool IsFinal(Settlement settlement) =>
        settlement.State is SettlementState.Complete or SettlementState.Refunded or SettlementState.Failed;
}
