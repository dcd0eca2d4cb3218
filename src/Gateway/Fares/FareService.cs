using Ecert.Gateway.Edge;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Fares;

/// <summary>The verbs on fares.</summary>
internal sealed class FareService(IssueRideKey issue, QuoteFare quote, TapIn tapIn, TapOut tapOut, ListTrips list)
    : V1.FareService.FareServiceBase
{
    public override Task<IssueRideKeyResponse> IssueRideKey(IssueRideKeyRequest request, ServerCallContext context) =>
        issue.RunAsync(request, context.Citizen(), context.Edge().OperationId, context.CancellationToken);

    public override Task<QuoteFareResponse> QuoteFare(QuoteFareRequest request, ServerCallContext context) =>
        Task.FromResult(quote.Run(request));

    public override Task<TapInResponse> TapIn(TapInRequest request, ServerCallContext context) => tapIn.RunAsync(
        new Tap(request, context.Edge().OperationId), context.Institution(), context.CancellationToken);

    public override Task<TapOutResponse> TapOut(TapOutRequest request, ServerCallContext context) => tapOut.RunAsync(
        new Tap(request, context.Edge().OperationId), context.Institution(), context.CancellationToken);

    public override Task<ListTripsResponse> ListTrips(ListTripsRequest request, ServerCallContext context) =>
        list.RunAsync(request, context.Edge().Caller, context.CancellationToken);
}
