using Ecert.Adapters.Ports;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using PaymentState = Ecert.V1.PaymentState;
using RefundState = Ecert.V1.RefundState;

namespace Ecert.Gateway.Tests.Payments;

public sealed class GetPaymentTests
{
    [Fact]
    public async Task Payment_is_told_to_the_party_that_opened_it_and_to_nobody_else()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        var verb = gateway.Get<GetPayment>();

        var payment = await verb.RunAsync(bill.PaymentId, People.Citizen, CancellationToken.None);

        Assert.Equal((PaymentState.Pending, BillSteps.Amount, PaymentPurpose.Bill, bill.BillPaymentId),
            (payment.State, payment.AmountFen, payment.Purpose, payment.BusinessId));
        Assert.Equal("prepay_id=wx1", payment.PayerAction.ClientParameters["package"]);
        await TestGateway.RefusedAsync(RefusalCatalogue.PaymentNotFound,
            () => verb.RunAsync(bill.PaymentId, People.Stranger, CancellationToken.None));
        await TestGateway.RefusedAsync(RefusalCatalogue.PaymentNotFound,
            () => verb.RunAsync(bill.PaymentId, People.Hospital, CancellationToken.None));
    }

    [Fact]
    public async Task Refunds_are_listed_and_only_those_that_arrived_are_summed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var paid = await gateway.PaidBillAsync();
        var refunds = gateway.Get<PaymentRefunds>();
        gateway.WeChat.OnRefund = refund => Task.FromResult<RefundOutcome>(refund.Refund.Value == "ONE"
            ? gateway.WeChat.Refunded(100)
            : new RefundOutcome.Unknown("lost"));
        await refunds.OpenAsync(paid, new Money(100), "ONE", paid.BusinessId, "r", CancellationToken.None);
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        await refunds.OpenAsync(paid, new Money(200), "TWO", paid.BusinessId, "r", CancellationToken.None);

        var payment = await gateway.Get<GetPayment>().RunAsync(paid.Id, People.Citizen, CancellationToken.None);

        Assert.Equal([("ONE", RefundState.Succeeded), ("TWO", RefundState.OutcomeUnknown)],
            payment.Refunds.Select(refund => (refund.RefundId, refund.State)));
        Assert.Equal(100, payment.RefundedFen);
        Assert.Null(payment.PayerAction);
    }

    [Fact]
    public async Task Missing_id_is_named()
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(
            () => gateway.Get<GetPayment>().RunAsync("", People.Citizen, CancellationToken.None));

        Assert.Equal(["payment_id"], refusal.Violations.Select(violation => violation.Field));
    }
}
