using Ecert.Gateway.Edge;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Reimbursement;

/// <summary>The verbs on medical bills.</summary>
internal sealed class ReimbursementService(
    UploadFees upload, PreSettle preSettle, Settle settle, ReverseSettlement reverse, GetSettlement get,
    WatchSettlement watch)
    : V1.ReimbursementService.ReimbursementServiceBase
{
    public override Task<UploadFeesResponse> UploadFees(
        IAsyncStreamReader<UploadFeesRequest> requestStream, ServerCallContext context) =>
        upload.RunAsync(requestStream, context.Institution(), context.Edge().OperationId, context.CancellationToken);

    public override Task<PreSettleResponse> PreSettle(PreSettleRequest request, ServerCallContext context) =>
        preSettle.RunAsync(request, context.Institution(), context.Edge().OperationId, context.CancellationToken);

    public override async Task<SettleResponse> Settle(SettleRequest request, ServerCallContext context) => new()
    {
        Settlement = await settle.RunAsync(
            request, context.Institution(), context.Edge().OperationId, context.CancellationToken),
    };

    public override Task<ReverseSettlementResponse> ReverseSettlement(
        ReverseSettlementRequest request, ServerCallContext context) =>
        reverse.RunAsync(request, context.Institution(), context.Edge().OperationId, context.CancellationToken);

    public override async Task<GetSettlementResponse> GetSettlement(
        GetSettlementRequest request, ServerCallContext context) =>
        new() { Settlement = await get.RunAsync(
            request.SettlementId, context.Institution(), context.CancellationToken) };

    public override Task WatchSettlement(WatchSettlementRequest request,
        IServerStreamWriter<WatchSettlementResponse> responseStream, ServerCallContext context) =>
        watch.RunAsync(request, context.Institution(), responseStream, context.CancellationToken);
}
