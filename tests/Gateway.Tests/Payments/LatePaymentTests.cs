using Ecert.Adapters.Ports;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Tests.Support;
using Ecert.V1;
using PaymentState = Ecert.Gateway.Payments.PaymentState;
using RefundState = Ecert.Gateway.Payments.RefundState;

namespace Ecert.Gateway.Tests.Payments;

/// <summary>Cash that comes in after its order had ended here goes back by itself, whatever cuts in.</summary>
public sealed class LatePaymentTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Success_after_the_end_is_refunded_by_itself(bool refusedBefore)
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        await gateway.ApplyAsync(bill.PaymentId,
            refusedBefore ? new ChannelOutcome.Refused("X", "x") : new ChannelOutcome.Closed());

        await gateway.ApplyAsync(bill.PaymentId, gateway.WeChat.Paid(BillSteps.Amount));
        await gateway.SweepAsync();

        await AssertOnItsWayBackAsync(gateway, bill);
        Assert.Equal(1, gateway.WeChat.Count("refund"));
    }

    [Fact]
    public async Task Crash_before_the_refund_is_on_record_is_made_good()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        await gateway.ApplyAsync(bill.PaymentId, new ChannelOutcome.Closed());
        await gateway.ApplyAsync(bill.PaymentId, gateway.WeChat.Paid(BillSteps.Amount));
        // What such a crash leaves: the payment's new state, and no refund.
        await ForgetRefundsAsync(gateway);
        await gateway.ChangeAsync<PaymentRow>(row => (row.RefundOpenedFen, row.NextCheckAt) = (0,
            gateway.Clock.GetUtcNow()));

        await gateway.RestartAsync();
        await gateway.SweepAsync();

        await AssertOnItsWayBackAsync(gateway, bill);
    }

    [Fact]
    public async Task Purpose_that_was_not_told_of_the_end_is_not_told_of_the_cash()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        await gateway.ApplyAsync(bill.PaymentId, new ChannelOutcome.Closed());
        // What a crash between the order's end and the notice leaves.
        await gateway.ChangeAsync<PaymentRow>(row => (row.PurposeTold, row.NextCheckAt) = (false,
            gateway.Clock.GetUtcNow()));
        await gateway.ChangeAsync<BillPaymentRow>(row => row.Stage = BillStage.Paying);

        await gateway.RestartAsync();
        await gateway.ApplyAsync(bill.PaymentId, gateway.WeChat.Paid(BillSteps.Amount));
        await gateway.SweepAsync();

        await AssertOnItsWayBackAsync(gateway, bill);
        Assert.Equal(BillStage.Closed, await gateway.StageAsync(bill));
    }

    [Fact]
    public async Task Told_again_and_again_it_goes_back_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        await gateway.ApplyAsync(bill.PaymentId, new ChannelOutcome.Closed());
        var paid = gateway.WeChat.Paid(BillSteps.Amount);
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(BillSteps.Amount));

        for (var time = 0; time < 3; time++)
        {
            await gateway.ApplyAsync(bill.PaymentId, paid);
            await gateway.SweepAsync();
        }

        Assert.Equal(1, gateway.WeChat.Count("refund"));
        var refund = await gateway.RowAsync<RefundRow>(row => row.PaymentId == bill.PaymentId);
        Assert.Equal((RefundState.Succeeded, BillSteps.Amount, true), (refund.State, refund.AmountFen,
            refund.PurposeTold));
        Assert.Equal(BillStage.Closed, await gateway.StageAsync(bill));
        Assert.Equal(0, await gateway.PostedAsync(Visits.Clearing));
    }

    private static async Task AssertOnItsWayBackAsync(TestGateway gateway, BillPayment bill)
    {
        var payment = await gateway.RowAsync<PaymentRow>(row => row.Id == bill.PaymentId);
        Assert.Equal((PaymentState.Succeeded, BillSteps.Amount), (payment.State, payment.RefundOpenedFen));
        var refund = await gateway.RowAsync<RefundRow>(row => row.PaymentId == bill.PaymentId);
        Assert.Equal((PaymentOrders.LateRefundId(payment.Id), BillSteps.Amount), (refund.Id, refund.AmountFen));
        Assert.Empty(gateway.Power.WriteOffs);
        Assert.Equal(0, await gateway.PostedAsync(Visits.Clearing));
    }

    private static async Task ForgetRefundsAsync(TestGateway gateway)
    {
        await using var db = await gateway.DbAsync();
        db.RemoveRange(db.Set<RefundRow>());
        await db.SaveChangesAsync();
    }
}
