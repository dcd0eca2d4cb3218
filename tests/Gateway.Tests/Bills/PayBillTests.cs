using Ecert.Gateway.Bills;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Bills;

public sealed class PayBillTests
{
    [Fact]
    public async Task Bill_waits_for_its_cash()
    {
        await using var gateway = await TestGateway.StartAsync();

        var payment = await gateway.PayingBillAsync();

        Assert.Equal(BillPaymentState.Pending, payment.State);
        Assert.Equal(BillSteps.Amount, payment.Bill.AmountFen);
        Assert.NotEmpty(payment.PaymentId);
    }

    [Fact]
    public async Task Amount_other_than_shown_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.QuotedBillAsync();

        await TestGateway.RefusedAsync(
            RefusalCatalogue.BillAmountChanged, () => gateway.PayAsync(bill, amount: BillSteps.Amount + 1));

        Assert.Empty(gateway.WeChat.Calls);
    }

    [Fact]
    public async Task Quote_that_is_too_old_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.QuotedBillAsync();
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));

        await TestGateway.RefusedAsync(RefusalCatalogue.BillExpired, () => gateway.PayAsync(bill));
    }

    [Fact]
    public async Task Bill_is_paid_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.QuotedBillAsync();
        var first = await gateway.PayAsync(bill, "01KCPAYMENT");

        Assert.Equal(first, await gateway.PayAsync(bill, "01KCPAYMENT"));
        await TestGateway.RefusedAsync(RefusalCatalogue.BillAlreadyPaid, () => gateway.PayAsync(bill));
        Assert.Equal(1, gateway.WeChat.Count("create"));
    }

    [Fact]
    public async Task Two_at_once_do_not_both_pay()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.QuotedBillAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await gateway.PayAsync(bill)).State.ToString();
            }
            catch (RefusedException refused)
            {
                return refused.Refusal.Reason.Code;
            }
        })));

        Assert.Single(outcomes, "Pending");
        Assert.Equal(3, outcomes.Count(outcome => outcome == RefusalCatalogue.BillAlreadyPaid.Code));
    }

    [Fact]
    public async Task Bill_of_another_is_not_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.QuotedBillAsync();

        await TestGateway.RefusedAsync(RefusalCatalogue.BillNotFound, () => gateway.Get<PayBill>().RunAsync(
            new PayBillRequest { BillId = bill.BillId, ExpectedAmountFen = bill.AmountFen, Payer = BillSteps.Payer },
            People.Stranger, gateway.NewId(), CancellationToken.None));
    }

    [Fact]
    public async Task Faults_are_named_all_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.Get<PayBill>().RunAsync(
            new PayBillRequest(), People.Citizen, gateway.NewId(), CancellationToken.None));

        Assert.Equal(["bill_id", "expected_amount_fen", "payer"], refusal.Violations.Select(one => one.Field));
    }
}
