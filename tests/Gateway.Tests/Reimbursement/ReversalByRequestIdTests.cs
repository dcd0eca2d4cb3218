using Ecert.Gateway.Edge;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Reimbursement;

/// <summary>
/// Reversals of a Settle whose answer never came, named by its request id; Settle passes the edge here.
/// </summary>
public sealed class ReversalByRequestIdTests
{
    private const string SettleMethod = "/ecert.v1.ReimbursementService/Settle";

    [Fact]
    public async Task What_the_call_had_started_is_undone()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());
        var call = await EnterAsync(gateway, request);
        var settling = await gateway.SettleAsync(request, call.OperationId);
        await gateway.ApplyAsync(settling.PaymentId, gateway.WeChat.Paid(24_000));

        var answer = await ReverseAsync(gateway, request.RequestId);

        Assert.Equal(settling.SettlementId, answer.Original.SettlementId);
        Assert.Equal(SettlementState.Refunding, answer.Reversal.State);
    }

    [Fact]
    public async Task Call_that_never_arrived_is_not_found_and_refused_when_it_does()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());

        await TestGateway.RefusedAsync(
            RefusalCatalogue.SettlementNotFound, () => ReverseAsync(gateway, request.RequestId));
        await TestGateway.RefusedAsync(
            RefusalCatalogue.SettlementNotFound, () => ReverseAsync(gateway, request.RequestId));

        await TestGateway.RefusedAsync(RefusalCatalogue.RequestIdReused, () => EnterAsync(gateway, request));
    }

    [Fact]
    public async Task Call_that_still_runs_is_waited_for()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());
        await EnterAsync(gateway, request);

        await TestGateway.RefusedAsync(
            RefusalCatalogue.RequestInProgress, () => ReverseAsync(gateway, request.RequestId));
    }

    [Fact]
    public async Task Call_that_ended_before_it_settled_anything_is_not_taken_up_after_it_was_reversed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());
        await EnterAsync(gateway, request);
        gateway.Clock.Advance(gateway.Options.LongestDeadline);

        await TestGateway.RefusedAsync(
            RefusalCatalogue.SettlementNotFound, () => ReverseAsync(gateway, request.RequestId));

        await TestGateway.RefusedAsync(RefusalCatalogue.RequestIdReused, () => EnterAsync(gateway, request));
    }

    [Fact]
    public async Task Request_id_of_another_institution_is_nobodys()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());
        var call = await EnterAsync(gateway, request);
        await gateway.SettleAsync(request, call.OperationId);

        await TestGateway.RefusedAsync(RefusalCatalogue.SettlementNotFound,
            () => gateway.Get<ReverseSettlement>().RunAsync(
            Request(request.RequestId), People.OtherHospital, gateway.NewId(), CancellationToken.None));

        Assert.Equal(SettlementState.Settling, (await gateway.FindSettlementAsync(call.OperationId)).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a blank")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Request_id_that_is_none_is_named(string requestId)
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(() => ReverseAsync(gateway, requestId));

        Assert.Equal(["original_request_id"], refusal.Violations.Select(violation => violation.Field));
    }

    private static async Task<EdgeCall> EnterAsync(TestGateway gateway, SettleRequest request)
    {
        var call = EdgeCalls.Call(SettleMethod, request, People.Hospital);
        await gateway.Get<IdempotencyStep>().EnterAsync(call);
        return call;
    }

    private static ReverseSettlementRequest Request(string requestId) => new()
    {
        RequestId = "rev", OriginalRequestId = requestId, Reason = "No answer came", Operator = Visits.Clerk,
    };

    private static Task<ReverseSettlementResponse> ReverseAsync(TestGateway gateway, string requestId) =>
        gateway.Get<ReverseSettlement>().RunAsync(
            Request(requestId), People.Hospital, gateway.NewId(), CancellationToken.None);
}
