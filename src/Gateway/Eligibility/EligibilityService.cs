using Ecert.Gateway.Edge;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Eligibility;

/// <summary>The verbs on eligibility.</summary>
internal sealed class EligibilityService(CheckEligibility check) : V1.EligibilityService.EligibilityServiceBase
{
    public override Task<CheckEligibilityResponse> CheckEligibility(
        CheckEligibilityRequest request, ServerCallContext context) =>
        check.RunAsync(request, context.Institution(), context.CancellationToken);
}
