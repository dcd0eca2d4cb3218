using Ecert.Adapters.Ports;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Tests.Payments;

public sealed class PaymentRefundsTests
{
    private const string Number = "REFUND000000000000000001";

    [Fact]
    public async Task Refund_is_submitted_and_ends_when_the_channel_says_so()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();

        var opened = await OpenAsync(gateway, payment, 345);
        Assert.Equal(RefundState.Processing, opened.State);
        gateway.WeChat.OnQueryRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(345));
        gateway.Clock.Advance(TimeSpan.FromSeconds(6));
        await gateway.SweepAsync();

        var ended = await FindAsync(gateway);
        Assert.Equal((RefundState.Succeeded, true, "5000001"), (ended.State, ended.PurposeTold, ended.ChannelNumber));
        Assert.Equal([$"refund {Number}", $"query-refund {Number}"], gateway.WeChat.Calls.Skip(1));
    }

    [Fact]
    public async Task Never_more_goes_back_than_was_paid()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();

        await TestGateway.RefusedAsync(RefusalCatalogue.RefundExceedsPayment,
            () => OpenAsync(gateway, payment, BillSteps.Amount + 1));
        await OpenAsync(gateway, payment, BillSteps.Amount - 1, "REFUND-A");
        await TestGateway.RefusedAsync(RefusalCatalogue.RefundExceedsPayment, () => OpenAsync(gateway, payment, 2,
            "REFUND-B"));
        await OpenAsync(gateway, payment, 1, "REFUND-C");

        Assert.Equal(2, await gateway.CountAsync<RefundRow>());
        Assert.Equal(BillSteps.Amount,
            (await gateway.RowAsync<PaymentRow>(row => row.Id == payment.Id)).RefundOpenedFen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Refund_of_nothing_is_refused(long amount)
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();

        await TestGateway.RefusedAsync(RefusalCatalogue.RefundExceedsPayment, () => OpenAsync(gateway, payment,
            amount));
    }

    [Fact]
    public async Task Unpaid_order_gives_nothing_back()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        var payment = await gateway.RowAsync<PaymentRow>(row => row.Id == bill.PaymentId);

        await TestGateway.RefusedAsync(RefusalCatalogue.RefundExceedsPayment, () => OpenAsync(gateway, payment, 1));

        Assert.Equal(0, gateway.WeChat.Count("refund"));
    }

    [Fact]
    public async Task Two_at_once_do_not_both_fit_into_the_same_rest()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => Task.Run(async () =>
        {
            try
            {
                await OpenAsync(gateway, payment, 7_000, $"REFUND-{index}");
                return "opened";
            }
            catch (RefusedException refused)
            {
                return refused.Refusal.Reason.Code;
            }
        })));

        Assert.Single(outcomes, "opened");
        Assert.Equal(5, outcomes.Count(outcome => outcome == RefusalCatalogue.RefundExceedsPayment.Code));
        Assert.Equal(1, gateway.WeChat.Count("refund"));
    }

    [Fact]
    public async Task Same_number_again_is_the_same_refund()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();

        await OpenAsync(gateway, payment, 345);
        var again = await OpenAsync(gateway, payment, 345);

        Assert.Equal(RefundState.Processing, again.State);
        Assert.Equal(1, gateway.WeChat.Count("refund"));
        Assert.Equal(345, (await gateway.RowAsync<PaymentRow>(row => row.Id == payment.Id)).RefundOpenedFen);
    }

    [Fact]
    public async Task Refund_whose_call_broke_is_submitted_again_under_its_number()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();
        gateway.WeChat.OnRefund = _ => throw new HttpRequestException("reset");
        await Assert.ThrowsAsync<HttpRequestException>(() => OpenAsync(gateway, payment, 345));

        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(345));
        gateway.WeChat.OnQueryRefund = _ => Task.FromResult<RefundOutcome>(new RefundOutcome.NotFound());
        await gateway.RestartAsync();
        gateway.Clock.Advance(TimeSpan.FromSeconds(6));
        await gateway.SweepAsync();

        Assert.Equal(RefundState.Succeeded, (await FindAsync(gateway)).State);
        Assert.Equal([$"refund {Number}", $"query-refund {Number}", $"refund {Number}"], gateway.WeChat.Calls.Skip(1));
    }

    [Fact]
    public async Task Unknown_outcome_is_asked_for()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(new RefundOutcome.Unknown("lost"));

        Assert.Equal(RefundState.Unknown, (await OpenAsync(gateway, payment, 345)).State);
        gateway.WeChat.OnQueryRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(345));
        await gateway.Get<PaymentRefunds>().CheckAsync(Number, CancellationToken.None);

        Assert.Equal(RefundState.Succeeded, (await FindAsync(gateway)).State);
        Assert.Equal(1, gateway.WeChat.Count("refund"));
    }

    [Fact]
    public async Task Other_amount_than_asked_for_is_not_believed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(344));

        var refund = await OpenAsync(gateway, payment, 345);

        Assert.Equal((RefundState.Unknown, false), (refund.State, refund.PurposeTold));
    }

    [Fact]
    public async Task Refused_for_good_stays_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(new RefundOutcome.Refused("NOT_ENOUGH",
            "balance"));

        await OpenAsync(gateway, payment, 345);
        await gateway.Get<PaymentRefunds>().ApplyAsync(Number, gateway.WeChat.Refunded(345), CancellationToken.None);

        var refund = await FindAsync(gateway);
        Assert.Equal((RefundState.Failed, true), (refund.State, refund.PurposeTold));
        Assert.Null(refund.RefundedAt);
    }

    [Fact]
    public async Task Unknown_number_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();

        await TestGateway.RefusedAsync(RefusalCatalogue.RefundNotFound,
            () => gateway.Get<PaymentRefunds>().CheckAsync("none", CancellationToken.None));
    }

    private static Task<RefundRow> OpenAsync(TestGateway gateway, PaymentRow payment, long fen,
        string number = Number) =>
        gateway.Get<PaymentRefunds>().OpenAsync(
            payment, new Money(fen), number, payment.BusinessId, "A test", CancellationToken.None);

    private static Task<RefundRow> FindAsync(TestGateway gateway) =>
        gateway.RowAsync<RefundRow>(row => row.Id == Number);
}
