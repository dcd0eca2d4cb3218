using Ecert.Adapters.Ports;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using PaymentState = Ecert.Gateway.Payments.PaymentState;

namespace Ecert.Gateway.Tests.Reimbursement;

/// <summary>The settlement cut short at every step: whoever goes on ends where an undisturbed one would have.</summary>
public sealed class SettlementSagaTests
{
    private static readonly TimeSpan TakenUp = SettlementSaga.TakeUpAfter + TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Cut_short_on_record_before_anything_is_held()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledByAccountAsync(gateway);
        var cutShort = await RecordTwinAsync(gateway, settled);

        await gateway.RestartAsync();
        await gateway.SweepAsync();
        Assert.Equal(SettlementStage.Settling, (await RowAsync(gateway, cutShort)).Stage);
        gateway.Clock.Advance(TakenUp);
        await gateway.SweepAsync();

        Assert.Equal(SettlementStage.Complete, (await RowAsync(gateway, cutShort)).Stage);
        Assert.Equal(new VisitBooks(0, 0, 0, 30_000, 0), await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Account_that_ran_short_before_the_hold_fails_it_and_holds_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await SettledByAccountAsync(gateway);
        var second = await RecordTwinAsync(gateway, settled);
        var third = await RecordTwinAsync(gateway, settled);
        var saga = gateway.Get<SettlementSaga>();
        await saga.ContinueAsync(second, CancellationToken.None);

        await TestGateway.RefusedAsync(
            RefusalCatalogue.AccountBalanceInsufficient, () => saga.ContinueAsync(third, CancellationToken.None));

        Assert.Equal(SettlementStage.Failed, (await RowAsync(gateway, third)).Stage);
        Assert.Equal(new VisitBooks(0, 0, 0, 30_000, 0), await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Process_dropped_between_hold_and_payment()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => throw new HttpRequestException("dropped");
        await Assert.ThrowsAsync<HttpRequestException>(() => SettleAsync(gateway));
        // The process ended before its order was on record.
        await ForgetPaymentsAsync(gateway);
        Assert.Equal(VisitBooks.WhileHeld, await VisitBooks.OfAsync(gateway));

        await gateway.RestartAsync();
        gateway.WeChat.OnCreate = _ => Task.FromResult(ScriptedChannel.Waiting);
        gateway.Clock.Advance(TakenUp);
        await gateway.SweepAsync();

        var payment = await gateway.RowAsync<PaymentRow>(_ => true);
        Assert.Equal((PaymentState.Pending, 24_000), (payment.State, payment.AmountFen));
        Assert.Equal(VisitBooks.WhileHeld, await VisitBooks.OfAsync(gateway));
        await gateway.ApplyAsync(payment.Id, gateway.WeChat.Paid(24_000));
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Process_dropped_while_the_order_was_being_placed()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => throw new HttpRequestException("dropped");
        await Assert.ThrowsAsync<HttpRequestException>(() => SettleAsync(gateway));

        await gateway.RestartAsync();
        // The channel did the work: the payer has paid already.
        gateway.WeChat.OnQuery = _ => Task.FromResult<ChannelOutcome>(gateway.WeChat.Paid(24_000));
        gateway.Clock.Advance(TimeSpan.FromSeconds(6));
        await gateway.SweepAsync();

        Assert.Equal(SettlementStage.Complete, (await gateway.RowAsync<SettlementRow>(_ => true)).Stage);
        Assert.Equal(1, gateway.WeChat.Count("create"));
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Process_dropped_when_the_cash_was_in_and_nothing_booked()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await SettleAsync(gateway);
        await gateway.ChangeAsync<PaymentRow>(row => (row.State, row.ChannelNumber, row.PaidAt, row.NextCheckAt) =
            (PaymentState.Succeeded, "42", gateway.Clock.GetUtcNow(), gateway.Clock.GetUtcNow()));

        await gateway.RestartAsync();
        await gateway.SweepAsync();

        Assert.Equal(SettlementStage.Complete, (await RowAsync(gateway, settling.SettlementId)).Stage);
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Process_dropped_when_all_was_booked_and_not_yet_said_so()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await SettleAsync(gateway);
        await gateway.ApplyAsync(settling.PaymentId, gateway.WeChat.Paid(24_000));
        await gateway.ChangeAsync<PaymentRow>(
            row => (row.PurposeTold, row.NextCheckAt) = (false, gateway.Clock.GetUtcNow()));
        await gateway.ChangeAsync<SettlementRow>(row => (row.Stage, row.CompletedAt) = (SettlementStage.Settling,
            null));

        await gateway.RestartAsync();
        await gateway.SweepAsync();

        var settlement = await RowAsync(gateway, settling.SettlementId);
        Assert.Equal((SettlementStage.Complete, gateway.Clock.GetUtcNow()), (settlement.Stage, settlement.CompletedAt));
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Process_dropped_when_all_was_let_go_and_not_yet_said_so()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await SettleAsync(gateway);
        await gateway.ApplyAsync(settling.PaymentId, new ChannelOutcome.Closed());
        await gateway.ChangeAsync<PaymentRow>(
            row => (row.PurposeTold, row.NextCheckAt) = (false, gateway.Clock.GetUtcNow()));
        await gateway.ChangeAsync<SettlementRow>(row => row.Stage = SettlementStage.Settling);

        await gateway.RestartAsync();
        await gateway.SweepAsync();

        Assert.Equal(SettlementStage.Failed, (await RowAsync(gateway, settling.SettlementId)).Stage);
        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Going_on_again_at_any_stage_changes_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        var saga = gateway.Get<SettlementSaga>();
        var settling = await SettleAsync(gateway);

        await saga.ContinueAsync(settling.SettlementId, CancellationToken.None);
        Assert.Equal(VisitBooks.WhileHeld, await VisitBooks.OfAsync(gateway));
        await gateway.ApplyAsync(settling.PaymentId, gateway.WeChat.Paid(24_000));
        await saga.ContinueAsync(settling.SettlementId, CancellationToken.None);
        await saga.FailAsync(
            await saga.LoadAsync(settling.SettlementId, CancellationToken.None), "too late", CancellationToken.None);

        Assert.Equal(SettlementStage.Complete, (await RowAsync(gateway, settling.SettlementId)).Stage);
        Assert.Equal(1, gateway.WeChat.Count("create"));
        Assert.Equal(VisitBooks.Settled, await VisitBooks.OfAsync(gateway));
    }

    [Fact]
    public async Task Settlement_that_waits_for_its_payer_is_left_alone()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await SettleAsync(gateway);

        gateway.Clock.Advance(TakenUp);
        await gateway.SweepAsync();

        Assert.Null((await RowAsync(gateway, settling.SettlementId)).NextStepAt);
        Assert.Equal(1, gateway.WeChat.Count("create"));
    }

    private static async Task<Settlement> SettleAsync(TestGateway gateway) =>
        await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));

    /// <summary>150.00, all of it from the account of 300.00.</summary>
    private static async Task<string> SettledByAccountAsync(TestGateway gateway) =>
        (await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync(quantity: "5")))).SettlementId;

    /// <summary>
    /// What a process leaves that ends when the next settlement is on record and nothing else is done.
    /// </summary>
    private static async Task<string> RecordTwinAsync(TestGateway gateway, string settledId)
    {
        var settled = await RowAsync(gateway, settledId);
        var now = gateway.Clock.GetUtcNow();
        var twin = new SettlementRow
        {
            Id = gateway.NewId(), InstitutionId = settled.InstitutionId, PreSettlementId = settled.PreSettlementId,
            FeeBatchId = settled.FeeBatchId, VisitId = settled.VisitId, Subject = settled.Subject,
            InsuredPlace = settled.InsuredPlace, TreatmentPlace = settled.TreatmentPlace, Scheme = settled.Scheme,
            MedType = settled.MedType, CareAt = settled.CareAt, Stage = SettlementStage.Settling,
            PreSettlement = settled.PreSettlement, TotalFen = settled.TotalFen, FundFen = settled.FundFen,
            AccountFen = settled.AccountFen, CashFen = settled.CashFen, HospitalFen = settled.HospitalFen,
            Counters = settled.Counters, CreatedAt = now, UpdatedAt = now,
                NextStepAt = now + SettlementSaga.TakeUpAfter,
        };
        await using var db = await gateway.DbAsync();
        db.Add(twin);
        await db.SaveChangesAsync();
        return twin.Id;
    }

    private static async Task ForgetPaymentsAsync(TestGateway gateway)
    {
        await using var db = await gateway.DbAsync();
        db.RemoveRange(db.Set<PaymentRow>());
        db.RemoveRange(db.Set<AttemptRow>());
        await db.SaveChangesAsync();
    }

    private static Task<SettlementRow> RowAsync(TestGateway gateway, string id) =>
        gateway.RowAsync<SettlementRow>(row => row.Id == id);
}
