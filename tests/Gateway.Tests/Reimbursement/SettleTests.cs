using Ecert.Adapters.Ports;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Reimbursement;

public sealed class SettleTests
{
    [Fact]
    public async Task Parts_are_held_while_the_cash_is_awaited_and_booked_when_it_is_there()
    {
        await using var gateway = await TestGateway.StartAsync();

        var settling = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));

        Assert.Equal((SettlementState.Settling, PaymentState.Pending), (settling.State, settling.PaymentState));
        Assert.Equal("prepay_id=wx1", settling.PayerAction.ClientParameters["package"]);
        Assert.Equal(VisitBooks.WhileHeld, await VisitBooks.OfAsync(gateway));

        await gateway.ApplyAsync(settling.PaymentId, gateway.WeChat.Paid(24_000));

        var complete = await gateway.FindSettlementAsync(settling.SettlementId);
        Assert.Equal((SettlementState.Complete, PaymentState.Succeeded), (complete.State, complete.PaymentState));
        Assert.Equal(gateway.Clock.GetUtcNow(), complete.CompleteTime.ToDateTimeOffset());
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Cash_that_is_there_at_once_completes_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => Task.FromResult<ChannelOutcome>(gateway.WeChat.Paid(24_000));

        var settlement = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));

        Assert.Equal(SettlementState.Complete, settlement.State);
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Without_a_cash_part_no_channel_is_asked_and_no_payer_needed()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.PersonBase.Answer = ScriptedPersonBase.Insured(new Money(100_000));
        var request = Visits.Request(await gateway.PreSettledAsync());
        request.Payer = null;

        var settlement = await gateway.SettleAsync(request);

        Assert.Equal((SettlementState.Complete, ""), (settlement.State, settlement.PaymentId));
        Assert.Empty(gateway.WeChat.Calls);
        Assert.Equal(new VisitBooks(6_000, 46_000, 0, 60_000, 0), await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Cash_that_does_not_come_lets_everything_go()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));

        gateway.Clock.Advance(TimeSpan.FromMinutes(31));
        await gateway.SweepAsync();

        var failed = await gateway.FindSettlementAsync(settling.SettlementId);
        Assert.Equal((SettlementState.Failed, PaymentState.Closed), (failed.State, failed.PaymentState));
        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Cash_after_the_end_goes_back_and_settles_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));
        await gateway.ApplyAsync(settling.PaymentId, new ChannelOutcome.Closed());

        await gateway.ApplyAsync(settling.PaymentId, gateway.WeChat.Paid(24_000));
        await gateway.SweepAsync();

        Assert.Equal(SettlementState.Failed, (await gateway.FindSettlementAsync(settling.SettlementId)).State);
        Assert.Contains($"refund {settling.PaymentId}L", gateway.WeChat.Calls);
        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Unknown_outcome_is_said_to_be_unknown()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => Task.FromResult(ScriptedChannel.Unknown);

        var settlement = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));

        Assert.Equal(SettlementState.OutcomeUnknown, settlement.State);
        Assert.Equal(VisitBooks.WhileHeld, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Same_operation_again_settles_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());

        var first = await gateway.SettleAsync(request, "01KCSETTLE");
        var again = await gateway.SettleAsync(request, "01KCSETTLE");

        Assert.Equal(first, again);
        Assert.Equal(1, gateway.WeChat.Count("create"));
        Assert.Equal(VisitBooks.WhileHeld, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Split_the_patient_did_not_agree_to_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());
        request.ExpectedSplit.PsnCashPayFen--;

        await TestGateway.RefusedAsync(RefusalCatalogue.SettlementSplitChanged, () => gateway.SettleAsync(request));

        Assert.Equal(0, await gateway.CountAsync<SettlementRow>());
        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Split_that_another_settlement_changed_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var first = await gateway.PreSettledAsync();
        var second = await gateway.PreSettledAsync();
        await gateway.SettleAsync(Visits.Request(first));

        await TestGateway.RefusedAsync(
            RefusalCatalogue.SettlementSplitChanged, () => gateway.SettleAsync(Visits.Request(second)));

        Assert.Equal(1, await gateway.CountAsync<SettlementRow>());
    }

    [Fact]
    public async Task Two_at_once_from_one_year_do_not_both_settle()
    {
        await using var gateway = await TestGateway.StartAsync();
        var requests = new[] { await gateway.PreSettledAsync(),
            await gateway.PreSettledAsync() }.Select(Visits.Request);

        var outcomes = await Task.WhenAll(requests.Select(request => Task.Run(async () =>
        {
            try
            {
                return (await gateway.SettleAsync(request)).State.ToString();
            }
            catch (RefusedException refused)
            {
                return refused.Refusal.Reason.Code;
            }
        })));

        Assert.Equal(["SETTLEMENT_SPLIT_CHANGED", "Settling"], outcomes.Order(StringComparer.Ordinal));
        Assert.Equal(VisitBooks.WhileHeld, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Pre_settlement_settles_once_and_in_its_time()
    {
        await using var gateway = await TestGateway.StartAsync();
        var late = await gateway.PreSettledAsync();
        gateway.Clock.Advance(gateway.Options.PreSettlementLifetime);
        await TestGateway.RefusedAsync(RefusalCatalogue.PreSettlementExpired,
            () => gateway.SettleAsync(Visits.Request(late)));

        var pre = await gateway.PreSettledAsync();
        await gateway.SettleAsync(Visits.Request(pre));
        await TestGateway.RefusedAsync(RefusalCatalogue.PreSettlementUsed,
            () => gateway.SettleAsync(Visits.Request(pre)));
    }

    [Fact]
    public async Task Pre_settlement_whose_settlement_failed_may_be_settled_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        var pre = await gateway.PreSettledAsync();
        var first = await gateway.SettleAsync(Visits.Request(pre));
        await gateway.ApplyAsync(first.PaymentId, new ChannelOutcome.Closed());

        var second = await gateway.SettleAsync(Visits.Request(pre));
        await gateway.ApplyAsync(second.PaymentId, gateway.WeChat.Paid(24_000));

        Assert.Equal(SettlementState.Complete, (await gateway.FindSettlementAsync(second.SettlementId)).State);
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Payer_is_needed_where_there_is_cash()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());
        request.Payer = null;

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.SettleAsync(request));

        Assert.Equal(["payer"], refusal.Violations.Select(violation => violation.Field));
        Assert.Equal(0, await gateway.CountAsync<SettlementRow>());
    }

    [Fact]
    public async Task Faults_of_the_payer_are_named_all_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());
        request.Payer = new Payer { Scene = PaymentScene.Agreement };

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.SettleAsync(request));

        Assert.Equal(["payer.channel", "payer.scene"], refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Faults_of_the_request_are_named_all_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(
            () => gateway.SettleAsync(new SettleRequest { Invono = new string('1', 21) }));

        Assert.Equal(["pre_settlement_id", "expected_split", "invono", "operator.operator_id"],
            refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Pre_settlement_of_another_institution_is_not_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        var request = Visits.Request(await gateway.PreSettledAsync());

        await TestGateway.RefusedAsync(RefusalCatalogue.PreSettlementNotFound, () => gateway.Get<Settle>().RunAsync(
            request, People.OtherHospital, gateway.NewId(), CancellationToken.None));
    }
}
