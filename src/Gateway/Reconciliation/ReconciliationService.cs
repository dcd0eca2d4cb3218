using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Reconciliation;

/// <summary>The verbs on reconciliation.</summary>
internal sealed class ReconciliationService(GetDailyStatement statement, ListDifferences differences)
    : V1.ReconciliationService.ReconciliationServiceBase
{
    public override Task<GetDailyStatementResponse> GetDailyStatement(
        GetDailyStatementRequest request, ServerCallContext context) => statement.RunAsync(
            request, context.CancellationToken);

    public override Task<ListDifferencesResponse> ListDifferences(
        ListDifferencesRequest request, ServerCallContext context) => differences.RunAsync(
            request, context.CancellationToken);
}
