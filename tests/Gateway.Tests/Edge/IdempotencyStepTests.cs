using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf;

namespace Ecert.Gateway.Tests.Edge;

public sealed class IdempotencyStepTests
{
    private const string Method = "/ecert.v1.ReimbursementService/PreSettle";

    [Fact]
    public async Task Same_request_again_gets_the_first_answer()
    {
        await using var gateway = await TestGateway.StartAsync();
        var step = gateway.Get<IdempotencyStep>();
        var answer = new PreSettleResponse { PreSettlement = new PreSettlement { PreSettlementId = "P1" } };
        var first = await EnterAsync(gateway, Request());
        await step.LeaveAsync(first, new CallEnding.Answered(answer));

        gateway.Clock.Advance(TimeSpan.FromDays(29));
        var again = await EnterAsync(gateway, Request());
        await step.LeaveAsync(again, new CallEnding.Answered(null));

        Assert.Equal(first.OperationId, again.OperationId);
        Assert.Equal(answer, PreSettleResponse.Parser.ParseFrom(again.FirstAnswer));
        Assert.Equal(answer.ToByteArray(), (await gateway.RowAsync<IdempotencyRow>(_ => true)).Answer);
    }

    [Fact]
    public async Task Same_id_with_other_content_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var first = await EnterAsync(gateway, Request());
        await gateway.Get<IdempotencyStep>().LeaveAsync(first, new CallEnding.Answered(new PreSettleResponse()));

        var other = EdgeCalls.Call(Method, Request("B2"), People.Hospital);
        await TestGateway.RefusedAsync(
            RefusalCatalogue.RequestIdReused, () => gateway.Get<IdempotencyStep>().EnterAsync(other).AsTask());
        await gateway.Get<IdempotencyStep>().LeaveAsync(other, new CallEnding.Refused("REQUEST_ID_REUSED"));

        Assert.NotNull((await EnterAsync(gateway, Request())).FirstAnswer);
    }

    [Fact]
    public async Task Same_id_belongs_to_its_party_and_method()
    {
        await using var gateway = await TestGateway.StartAsync();
        var first = await EnterAsync(gateway, Request());

        var party = EdgeCalls.Call(Method, Request("B2"), People.OtherHospital);
        await gateway.Get<IdempotencyStep>().EnterAsync(party);
        var method = EdgeCalls.Call("/ecert.v1.ReimbursementService/Settle", new SettleRequest { RequestId = "r1" },
            People.Hospital);
        await gateway.Get<IdempotencyStep>().EnterAsync(method);

        Assert.Equal(3, new[] { first, party, method }.DistinctBy(call => call.OperationId).Count());
    }

    [Fact]
    public async Task First_call_that_still_runs_is_not_overtaken_and_not_ended_by_the_second()
    {
        await using var gateway = await TestGateway.StartAsync();
        await EnterAsync(gateway, Request());

        var second = EdgeCalls.Call(Method, Request(), People.Hospital);
        await TestGateway.RefusedAsync(
            RefusalCatalogue.RequestInProgress, () => gateway.Get<IdempotencyStep>().EnterAsync(second).AsTask());
        await gateway.Get<IdempotencyStep>().LeaveAsync(second, new CallEnding.Refused("REQUEST_IN_PROGRESS"));

        Assert.Equal(1, await gateway.CountAsync<IdempotencyRow>());
    }

    [Fact]
    public async Task Call_whose_lease_is_over_is_taken_up_under_its_operation_by_one()
    {
        await using var gateway = await TestGateway.StartAsync();
        var first = await EnterAsync(gateway, Request());
        gateway.Clock.Advance(gateway.Options.LongestDeadline);

        var second = await EnterAsync(gateway, Request());

        Assert.Equal(first.OperationId, second.OperationId);
        Assert.Null(second.FirstAnswer);
        await TestGateway.RefusedAsync(RefusalCatalogue.RequestInProgress, () => EnterAsync(gateway, Request()));
    }

    [Fact]
    public async Task Broken_call_is_taken_up_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var first = await EnterAsync(gateway, Request());
        await gateway.Get<IdempotencyStep>().LeaveAsync(first, new CallEnding.Broken("cancelled"));

        Assert.Equal(first.OperationId, (await EnterAsync(gateway, Request())).OperationId);
    }

    [Fact]
    public async Task Refused_call_frees_its_id()
    {
        await using var gateway = await TestGateway.StartAsync();
        var first = await EnterAsync(gateway, Request());
        await gateway.Get<IdempotencyStep>().LeaveAsync(first, new CallEnding.Refused("FEE_BATCH_NOT_FOUND"));

        var second = await EnterAsync(gateway, Request("B2"));

        Assert.NotEqual(first.OperationId, second.OperationId);
    }

    [Fact]
    public async Task Several_at_once_start_one_operation()
    {
        await using var gateway = await TestGateway.StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await EnterAsync(gateway, Request())).OperationId;
            }
            catch (RefusedException refused)
            {
                return refused.Refusal.Reason.Code;
            }
        })));

        Assert.Equal(5, outcomes.Count(outcome => outcome == RefusalCatalogue.RequestInProgress.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("号")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Request_id_of_another_form_is_refused_by_field(string requestId)
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Request();
        request.RequestId = requestId;

        var refusal = await TestGateway.RefusalOfAsync(() => EnterAsync(gateway, request));

        Assert.Equal(["request_id"], refusal.Violations.Select(violation => violation.Field));
        Assert.Equal(0, await gateway.CountAsync<IdempotencyRow>());
    }

    [Fact]
    public async Task Request_without_an_id_passes_with_an_operation_of_its_own()
    {
        await using var gateway = await TestGateway.StartAsync();

        var first = await EnterAsync(gateway, new GetSettlementRequest());
        var second = await EnterAsync(gateway, new GetSettlementRequest());

        Assert.Equal((26, 26), (first.OperationId.Length, second.OperationId.Length));
        Assert.NotEqual(first.OperationId, second.OperationId);
        Assert.Equal(0, await gateway.CountAsync<IdempotencyRow>());
    }

    private static PreSettleRequest Request(string batch = "B1") => new() { RequestId = "r1", FeeBatchId = batch };

    private static async Task<EdgeCall> EnterAsync(TestGateway gateway, IMessage request)
    {
        var call = EdgeCalls.Call(Method, request, People.Hospital);
        await gateway.Get<IdempotencyStep>().EnterAsync(call);
        return call;
    }
}
