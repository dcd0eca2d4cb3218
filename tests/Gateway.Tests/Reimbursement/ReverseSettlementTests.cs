using Ecert.Adapters.Ports;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using PaymentState = Ecert.V1.PaymentState;
using RefundState = Ecert.V1.RefundState;

namespace Ecert.Gateway.Tests.Reimbursement;

public sealed class ReverseSettlementTests
{
    [Fact]
    public async Task Cash_goes_back_first_and_then_every_part_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledAsync(gateway);

        var answer = await ReverseAsync(gateway, settled.SettlementId);

        Assert.Equal((SettlementState.Refunding, SettlementState.Refunding), (answer.Original.State,
            answer.Reversal.State));
        Assert.Equal((-60_000, -6_000, -30_000, -24_000), (answer.Reversal.Breakdown.MedfeeSumamtFen,
            answer.Reversal.Breakdown.FundPaySumamtFen, answer.Reversal.Breakdown.AcctPayFen,
            answer.Reversal.Breakdown.PsnCashPayFen));
        Assert.Equal(30_000, answer.Reversal.Breakdown.BalcFen);
        Assert.Equal(settled.SettlementId, answer.Reversal.OriginalSettlementId);
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));

        await EndRefundAsync(gateway, answer.Reversal, gateway.WeChat.Refunded(24_000));

        var original = await gateway.FindSettlementAsync(settled.SettlementId);
        var reversal = await gateway.FindSettlementAsync(answer.Reversal.SettlementId);
        Assert.Equal((SettlementState.Refunded, SettlementState.Complete), (original.State, reversal.State));
        Assert.Equal((RefundState.Succeeded, 24_000),
            (Assert.Single(original.Refunds).State, original.Refunds[0].Split.CashRefundFen));
        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Without_cash_it_is_done_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.PersonBase.Answer = ScriptedPersonBase.Insured(new Money(100_000));
        var settled = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));

        var answer = await ReverseAsync(gateway, settled.SettlementId);

        Assert.Equal((SettlementState.Refunded, SettlementState.Complete), (answer.Original.State,
            answer.Reversal.State));
        Assert.Empty(gateway.WeChat.Calls);
        Assert.Equal(new VisitBooks(0, 100_000, 0, 0, 0), await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task While_the_cash_is_awaited_the_order_is_closed_and_all_let_go()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));

        var answer = await ReverseAsync(gateway, settling.SettlementId);

        Assert.Null(answer.Reversal);
        Assert.Equal((SettlementState.Failed, PaymentState.Closed), (answer.Original.State,
            answer.Original.PaymentState));
        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Same_operation_again_is_the_same_reversal()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledAsync(gateway);

        var first = await ReverseAsync(gateway, settled.SettlementId, "01KCREVERSAL");
        var again = await ReverseAsync(gateway, settled.SettlementId, "01KCREVERSAL");

        Assert.Equal(first, again);
        Assert.Equal(1, gateway.WeChat.Count("refund"));
    }

    [Fact]
    public async Task Reversed_once_it_is_not_reversed_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledAsync(gateway);
        var first = await ReverseAsync(gateway, settled.SettlementId);

        await TestGateway.RefusedAsync(
            RefusalCatalogue.SettlementNotReversible, () => ReverseAsync(gateway, settled.SettlementId));
        await EndRefundAsync(gateway, first.Reversal, gateway.WeChat.Refunded(24_000));
        await TestGateway.RefusedAsync(
            RefusalCatalogue.SettlementNotReversible, () => ReverseAsync(gateway, settled.SettlementId));
        await TestGateway.RefusedAsync(
            RefusalCatalogue.SettlementNotFound, () => ReverseAsync(gateway, first.Reversal.SettlementId));
    }

    [Fact]
    public async Task Refund_refused_for_good_leaves_the_settlement_and_a_second_reversal_is_refused_by_name()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledAsync(gateway);
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(new RefundOutcome.Refused("NOT_ENOUGH",
            "balance"));

        var answer = await ReverseAsync(gateway, settled.SettlementId);

        Assert.Equal((SettlementState.Complete, SettlementState.Failed), (answer.Original.State,
            answer.Reversal.State));
        Assert.Contains("a person must look", answer.Reversal.StateDetail, StringComparison.Ordinal);
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
        await TestGateway.RefusedAsync(
            RefusalCatalogue.SettlementNotReversible, () => ReverseAsync(gateway, settled.SettlementId));
        Assert.Equal(36_000, (await gateway.PreSettledAsync()).Breakdown.FundPaySumamtFen);
    }

    [Fact]
    public async Task Reversal_cut_short_before_its_refund_goes_on()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledAsync(gateway);
        gateway.WeChat.OnRefund = _ => throw new HttpRequestException("dropped");
        await Assert.ThrowsAsync<HttpRequestException>(() => ReverseAsync(gateway, settled.SettlementId,
            "01KCREVERSAL"));
        await ForgetRefundsAsync(gateway);

        await gateway.RestartAsync();
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(24_000));
        gateway.Clock.Advance(SettlementSaga.TakeUpAfter);
        await gateway.SweepAsync();

        Assert.Equal(SettlementState.Refunded, (await gateway.FindSettlementAsync(settled.SettlementId)).State);
        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Reversal_cut_short_after_its_booking_goes_on_and_books_nothing_twice()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledAsync(gateway);
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(24_000));
        var reversal = (await ReverseAsync(gateway, settled.SettlementId)).Reversal;
        await gateway.ChangeAsync<SettlementRow>(row => row.Stage = SettlementStage.Refunding);
        await gateway.ChangeAsync<RefundRow>(row => (row.PurposeTold, row.NextCheckAt) = (false,
            gateway.Clock.GetUtcNow()));

        await gateway.RestartAsync();
        await gateway.SweepAsync();

        Assert.Equal(SettlementState.Complete, (await gateway.FindSettlementAsync(reversal.SettlementId)).State);
        Assert.Equal(SettlementState.Refunded, (await gateway.FindSettlementAsync(settled.SettlementId)).State);
        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Reversal_that_waits_for_its_refund_does_not_keep_the_janitor_busy()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledAsync(gateway);
        await ReverseAsync(gateway, settled.SettlementId);

        gateway.Clock.Advance(SettlementSaga.TakeUpAfter);

        Assert.Empty(await gateway.Get<SettlementPurpose>().DueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Settlement_of_another_institution_is_not_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledAsync(gateway);

        await TestGateway.RefusedAsync(RefusalCatalogue.SettlementNotFound,
            () => gateway.Get<ReverseSettlement>().RunAsync(
            Request(settled.SettlementId), People.OtherHospital, gateway.NewId(), CancellationToken.None));
    }

    [Fact]
    public async Task Faults_are_named_all_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.Get<ReverseSettlement>().RunAsync(
            new ReverseSettlementRequest(), People.Hospital, gateway.NewId(), CancellationToken.None));

        Assert.Equal(["settlement_id", "reason", "operator.operator_id"],
            refusal.Violations.Select(violation => violation.Field));
    }

    private static async Task<Settlement> SettledAsync(TestGateway gateway)
    {
        var settling = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));
        await gateway.ApplyAsync(settling.PaymentId, gateway.WeChat.Paid(24_000));
        return settling;
    }

    private static ReverseSettlementRequest Request(string settlementId) =>
        new() { RequestId = "rev", SettlementId = settlementId, Reason = "Wrong department", Operator = Visits.Clerk };

    private static Task<ReverseSettlementResponse> ReverseAsync(
        TestGateway gateway, string settlementId,
            string? operationId = null) => gateway.Get<ReverseSettlement>().RunAsync(
        Request(settlementId), People.Hospital, operationId ?? gateway.NewId(), CancellationToken.None);

    private static Task EndRefundAsync(TestGateway gateway, Settlement reversal, RefundOutcome outcome) =>
        gateway.Get<PaymentRefunds>().ApplyAsync(reversal.SettlementId, outcome, CancellationToken.None);

    private static async Task ForgetRefundsAsync(TestGateway gateway)
    {
        await using (var db = await gateway.DbAsync())
        {
            db.RemoveRange(db.Set<RefundRow>());
            await db.SaveChangesAsync();
        }
        await gateway.ChangeAsync<PaymentRow>(row => row.RefundOpenedFen = 0);
    }
}
