using Ecert.Adapters.Ports;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Tests.Support;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;
using PaymentState = Ecert.Gateway.Payments.PaymentState;
using RefundState = Ecert.Gateway.Payments.RefundState;

namespace Ecert.Gateway.Tests.Payments;

public sealed class PaymentOrdersTests
{
    private static readonly TimeSpan CheckDue = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(31);

    [Fact]
    public async Task Order_waits_for_its_payer_with_what_the_app_needs()
    {
        await using var gateway = await TestGateway.StartAsync();

        var bill = await gateway.PayingBillAsync();

        var payment = await PaymentAsync(gateway, bill);
        Assert.Equal(PaymentState.Pending, payment.State);
        Assert.Equal("prepay_id=wx1", bill.PayerAction.ClientParameters["package"]);
        var attempt = await gateway.RowAsync<AttemptRow>(row => row.Number == payment.Id);
        Assert.Equal(("create", "Waiting"), (attempt.Verb, attempt.Outcome));
    }

    [Fact]
    public async Task Attempt_is_on_record_before_the_channel_is_called()
    {
        await using var gateway = await TestGateway.StartAsync();
        AttemptRow? seen = null;
        gateway.WeChat.OnCreate = async order =>
        {
            seen = await gateway.RowAsync<AttemptRow>(row => row.Number == order.Payment.Value);
            return ScriptedChannel.Waiting;
        };

        await gateway.PayingBillAsync();

        Assert.NotNull(seen);
        Assert.Null(seen.Outcome);
        Assert.Null(seen.EndedAt);
    }

    [Fact]
    public async Task Call_that_breaks_leaves_its_attempt_open_and_the_order_is_placed_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => throw new HttpRequestException("reset");
        var bill = await gateway.QuotedBillAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.PayAsync(bill));

        var payment = await gateway.RowAsync<PaymentRow>(row => row.BusinessId == bill.BillId);
        Assert.Equal(PaymentState.Created, payment.State);
        Assert.Null((await gateway.RowAsync<AttemptRow>(row => row.Number == payment.Id)).Outcome);

        await gateway.RestartAsync();
        gateway.WeChat.OnCreate = _ => Task.FromResult(ScriptedChannel.Waiting);
        gateway.WeChat.OnQuery = _ => Task.FromResult(ScriptedChannel.NotFound);
        gateway.Clock.Advance(CheckDue);
        await gateway.SweepAsync();

        Assert.Equal([$"create {payment.Id}", $"query {payment.Id}", $"create {payment.Id}"], gateway.WeChat.Calls);
        Assert.Equal(PaymentState.Pending, (await gateway.RowAsync<PaymentRow>(row => row.Id == payment.Id)).State);
    }

    [Fact]
    public async Task Success_told_twice_counts_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        var paid = gateway.WeChat.Paid(BillSteps.Amount);

        await gateway.ApplyAsync(bill.PaymentId, paid);
        await gateway.ApplyAsync(bill.PaymentId, paid);
        await gateway.SweepAsync();

        Assert.Equal(BillSteps.Amount, await gateway.PostedAsync(BillSteps.BillerAccount));
        Assert.Equal(BillSteps.Amount, await gateway.PostedAsync(Visits.Clearing));
        Assert.Single(gateway.Power.WriteOffs);
        Assert.True((await PaymentAsync(gateway, bill)).PurposeTold);
    }

    [Fact]
    public async Task Callback_and_query_that_race_count_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        for (var round = 1; round <= 5; round++)
        {
            var bill = await gateway.PayingBillAsync();
            var paid = gateway.WeChat.Paid(BillSteps.Amount, $"42{round}");
            gateway.WeChat.OnQuery = _ => Task.FromResult<ChannelOutcome>(paid);

            await Task.WhenAll(
                Task.Run(() => TryAsync(() => gateway.ApplyAsync(bill.PaymentId, paid))),
                Task.Run(() => TryAsync(
                    () => gateway.Get<PaymentOrders>().CheckAsync(bill.PaymentId, CancellationToken.None))));
            await gateway.SweepAsync();

            Assert.Equal(BillStage.WrittenOff, await gateway.StageAsync(bill));
            Assert.Equal(round * BillSteps.Amount, await gateway.PostedAsync(BillSteps.BillerAccount));
            Assert.Single(gateway.Power.WriteOffs.Where(one => one.Number == bill.PaymentId).Distinct());
        }
    }

    [Fact]
    public async Task Other_amount_than_ordered_moves_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();

        await gateway.ApplyAsync(bill.PaymentId, gateway.WeChat.Paid(BillSteps.Amount - 1));

        var payment = await PaymentAsync(gateway, bill);
        Assert.Equal((PaymentState.Unknown, null, false), (payment.State, payment.ChannelNumber, payment.PurposeTold));
        Assert.Equal(BillStage.Paying, await gateway.StageAsync(bill));
        Assert.Equal(0, await gateway.PostedAsync(Visits.Clearing));
    }

    [Fact]
    public async Task Other_amount_after_closing_leaves_the_order_closed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        await gateway.ApplyAsync(bill.PaymentId, new ChannelOutcome.Closed());

        await gateway.ApplyAsync(bill.PaymentId, gateway.WeChat.Paid(BillSteps.Amount - 1));

        Assert.Equal(PaymentState.Closed, (await PaymentAsync(gateway, bill)).State);
        Assert.Equal(0, gateway.WeChat.Count("refund"));
    }

    [Fact]
    public async Task Unknown_outcome_is_left_by_a_query()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => Task.FromResult(ScriptedChannel.Unknown);
        var bill = await gateway.PayingBillAsync();
        Assert.Equal(BillPaymentState.OutcomeUnknown, bill.State);

        gateway.WeChat.OnQuery = _ => Task.FromResult<ChannelOutcome>(gateway.WeChat.Paid(BillSteps.Amount));
        await gateway.SweepAsync();
        Assert.Equal(0, gateway.WeChat.Count("query"));
        gateway.Clock.Advance(CheckDue);
        await gateway.SweepAsync();

        Assert.Equal(BillStage.WrittenOff, await gateway.StageAsync(bill));
        Assert.Equal(1, gateway.WeChat.Count("create"));
    }

    [Fact]
    public async Task Order_past_its_time_is_closed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();

        gateway.Clock.Advance(Expiry);
        await gateway.SweepAsync();

        Assert.Equal(PaymentState.Closed, (await PaymentAsync(gateway, bill)).State);
        Assert.Equal(BillStage.Closed, await gateway.StageAsync(bill));
        Assert.Equal(1, gateway.WeChat.Count("close"));
    }

    [Fact]
    public async Task Order_past_its_time_that_the_channel_never_knew_is_not_placed_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => Task.FromResult(ScriptedChannel.Unknown);
        gateway.WeChat.OnQuery = _ => Task.FromResult(ScriptedChannel.NotFound);
        gateway.WeChat.OnClose = _ => Task.FromResult(ScriptedChannel.NotFound);
        var bill = await gateway.PayingBillAsync();

        gateway.Clock.Advance(Expiry);
        await gateway.SweepAsync();

        Assert.Equal(PaymentState.Closed, (await PaymentAsync(gateway, bill)).State);
        Assert.Equal(1, gateway.WeChat.Count("create"));
    }

    [Fact]
    public async Task Order_refused_by_the_channel_has_failed()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => Task.FromResult<ChannelOutcome>(new ChannelOutcome.Refused("PARAM_ERROR",
            "openid"));

        var bill = await gateway.PayingBillAsync();

        Assert.Equal(PaymentState.Failed, (await PaymentAsync(gateway, bill)).State);
        Assert.Equal("Refused PARAM_ERROR",
            (await gateway.RowAsync<AttemptRow>(row => row.Number == bill.PaymentId)).Outcome);
        Assert.Equal(BillStage.Closed, await gateway.StageAsync(bill));
    }

    [Fact]
    public async Task Order_that_turns_out_paid_when_it_is_closed_stays_paid()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        gateway.WeChat.OnClose = _ => Task.FromResult<ChannelOutcome>(gateway.WeChat.Paid(BillSteps.Amount));

        var payment = await gateway.Get<PaymentOrders>().CloseAsync(bill.PaymentId, CancellationToken.None);

        Assert.Equal(PaymentState.Succeeded, payment.State);
        Assert.Equal(BillStage.WrittenOff, await gateway.StageAsync(bill));
    }

    [Fact]
    public async Task Closing_an_order_the_channel_never_knew_closes_it_for_good()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChat.OnCreate = _ => Task.FromResult(ScriptedChannel.Unknown);
        gateway.WeChat.OnClose = _ => Task.FromResult(ScriptedChannel.NotFound);
        gateway.WeChat.OnQuery = _ => Task.FromResult(ScriptedChannel.NotFound);
        var bill = await gateway.PayingBillAsync();

        var payment = await gateway.Get<PaymentOrders>().CloseAsync(bill.PaymentId, CancellationToken.None);
        gateway.Clock.Advance(CheckDue);
        await gateway.SweepAsync();

        Assert.Equal(PaymentState.Closed, payment.State);
        Assert.Equal(1, gateway.WeChat.Count("create"));
    }

    [Fact]
    public async Task Second_payment_of_one_order_does_not_replace_the_first()
    {
        await using var gateway = await TestGateway.StartAsync();
        var paid = await gateway.PaidBillAsync();

        await gateway.ApplyAsync(paid.Id, gateway.WeChat.Paid(BillSteps.Amount, "4200002"));

        Assert.Equal("4200001", (await gateway.RowAsync<PaymentRow>(row => row.Id == paid.Id)).ChannelNumber);
        Assert.Equal(BillSteps.Amount, await gateway.PostedAsync(Visits.Clearing));
    }

    [Fact]
    public async Task News_of_an_unknown_order_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();

        await TestGateway.RefusedAsync(Ecert.Kernel.Refusals.RefusalCatalogue.PaymentNotFound,
            () => gateway.ApplyAsync("none", gateway.WeChat.Paid(1)));
    }

    [Fact]
    public async Task Purpose_is_told_again_when_telling_was_cut_short()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        gateway.Power.OnWriteOff = _ => throw new HttpRequestException("reset");

        await Assert.ThrowsAsync<HttpRequestException>(
            () => gateway.ApplyAsync(bill.PaymentId, gateway.WeChat.Paid(BillSteps.Amount)));
        var cut = await PaymentAsync(gateway, bill);
        Assert.Equal((PaymentState.Succeeded, false), (cut.State, cut.PurposeTold));

        gateway.Power.OnWriteOff = _ => Task.FromResult<WriteOffOutcome>(new WriteOffOutcome.WrittenOff("W1"));
        await gateway.RestartAsync();
        await gateway.SweepAsync();
        await gateway.SweepAsync();

        Assert.Equal(BillStage.WrittenOff, await gateway.StageAsync(bill));
        Assert.True((await PaymentAsync(gateway, bill)).PurposeTold);
        Assert.Equal(2, gateway.Power.WriteOffs.Count);
        Assert.Equal(BillSteps.Amount, await gateway.PostedAsync(BillSteps.BillerAccount));
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (DbUpdateConcurrencyException)
        {
            // The other one was first; the janitor goes on.
        }
    }

    private static Task<PaymentRow> PaymentAsync(TestGateway gateway, BillPayment bill) =>
        gateway.RowAsync<PaymentRow>(row => row.Id == bill.PaymentId);
}
