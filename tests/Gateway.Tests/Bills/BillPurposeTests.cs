using Ecert.Adapters.Ports;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Tests.Support;

namespace Ecert.Gateway.Tests.Bills;

/// <summary>What follows the cash of a bill.</summary>
public sealed class BillPurposeTests
{
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Biller_is_told_just_what_was_quoted()
    {
        await using var gateway = await TestGateway.StartAsync();

        var payment = await gateway.PaidBillAsync();

        var told = Assert.Single(gateway.Power.WriteOffs);
        Assert.Equal(
            (payment.Id, BillSteps.AccountNumber, "B202610-1", BillSteps.Amount, ChannelName.WeChatPay),
            (told.Number, told.AccountNumber, told.BillNumber, told.Amount.Fen, told.Channel));
        var bill = await gateway.RowAsync<BillPaymentRow>(_ => true);
        Assert.Equal((BillStage.WrittenOff, "W-" + payment.Id), (bill.Stage, bill.BillerNumber));
        Assert.Equal((BillSteps.Amount, BillSteps.Amount), await BooksAsync(gateway));
    }

    [Fact]
    public async Task Refused_write_off_gives_the_money_back()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Power.OnWriteOff = _ => Task.FromResult<WriteOffOutcome>(new WriteOffOutcome.Refused("E07", "cut off"));

        var payment = await gateway.PaidBillAsync();

        Assert.Equal(BillStage.Refunding, (await gateway.RowAsync<BillPaymentRow>(_ => true)).Stage);
        Assert.Equal((BillSteps.Amount, BillSteps.Amount), await BooksAsync(gateway));
        await gateway.Get<PaymentRefunds>().ApplyAsync(
            payment.Id + "R", gateway.WeChat.Refunded(BillSteps.Amount), CancellationToken.None);
        Assert.Equal(BillStage.Refunded, (await gateway.RowAsync<BillPaymentRow>(_ => true)).Stage);
        Assert.Equal((0, 0), await BooksAsync(gateway));
    }

    [Fact]
    public async Task Unknown_write_off_is_asked_again_after_a_while_under_the_same_number()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Power.OnWriteOff = _ => Task.FromResult<WriteOffOutcome>(new WriteOffOutcome.Unknown("lost"));
        var payment = await gateway.PaidBillAsync();

        await gateway.SweepAsync();
        Assert.Single(gateway.Power.WriteOffs);
        gateway.Clock.Advance(AskedAgain);
        await gateway.SweepAsync();
        await gateway.SweepAsync();
        Assert.Equal(2, gateway.Power.WriteOffs.Count);
        gateway.Power.OnWriteOff = _ => Task.FromResult<WriteOffOutcome>(new WriteOffOutcome.WrittenOff("W1"));
        await gateway.RestartAsync();
        gateway.Clock.Advance(AskedAgain);
        await gateway.SweepAsync();

        Assert.Equal([payment.Id, payment.Id, payment.Id], gateway.Power.WriteOffs.Select(one => one.Number));
        Assert.Equal(BillStage.WrittenOff, (await gateway.RowAsync<BillPaymentRow>(_ => true)).Stage);
        Assert.Equal((BillSteps.Amount, BillSteps.Amount), await BooksAsync(gateway));
    }

    [Fact]
    public async Task Refusal_that_was_cut_short_before_its_refund_goes_on()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Power.OnWriteOff = _ => Task.FromResult<WriteOffOutcome>(new WriteOffOutcome.Refused("E07", "cut off"));
        gateway.WeChat.OnRefund = _ => throw new HttpRequestException("dropped");
        await Assert.ThrowsAsync<HttpRequestException>(gateway.PaidBillAsync);

        await gateway.RestartAsync();
        gateway.WeChat.OnQueryRefund = _ => Task.FromResult<RefundOutcome>(new RefundOutcome.NotFound());
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(BillSteps.Amount));
        gateway.Clock.Advance(AskedAgain);
        await gateway.SweepAsync();

        Assert.Equal(BillStage.Refunded, (await gateway.RowAsync<BillPaymentRow>(_ => true)).Stage);
        Assert.Equal((0, 0), await BooksAsync(gateway));
    }

    [Fact]
    public async Task Refund_the_channel_refuses_leaves_the_bill_to_a_person_and_the_janitor_idle()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Power.OnWriteOff = _ => Task.FromResult<WriteOffOutcome>(new WriteOffOutcome.Refused("E07", "cut off"));
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(new RefundOutcome.Refused("NOT_ENOUGH",
            "balance"));

        await gateway.PaidBillAsync();
        gateway.Clock.Advance(AskedAgain);

        Assert.Equal(BillStage.Refunding, (await gateway.RowAsync<BillPaymentRow>(_ => true)).Stage);
        Assert.Empty(await gateway.Get<BillPurpose>().DueAsync(CancellationToken.None));
        Assert.Equal((BillSteps.Amount, BillSteps.Amount), await BooksAsync(gateway));
    }

    private static async Task<(long Biller, long Clearing)> BooksAsync(TestGateway gateway)
    {
        Assert.True((await gateway.Ledger.TrialBalanceAsync()).IsBalanced);
        return (await gateway.PostedAsync(BillSteps.BillerAccount), await gateway.PostedAsync(Visits.Clearing));
    }
}
