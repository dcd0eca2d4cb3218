using Ecert.Gateway.Bills;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Bills;

public sealed class GetBillPaymentTests
{
    [Fact]
    public async Task Bill_is_told_as_it_stands_to_its_citizen_and_nobody_else()
    {
        await using var gateway = await TestGateway.StartAsync();
        var verb = gateway.Get<GetBillPayment>();
        var paying = await gateway.PayingBillAsync();
        await gateway.ApplyAsync(paying.PaymentId, gateway.WeChat.Paid(BillSteps.Amount));

        var payment = await verb.RunAsync(paying.BillPaymentId, People.Citizen, CancellationToken.None);

        Assert.Equal((BillPaymentState.Complete, "W-" + paying.PaymentId), (payment.State, payment.BillerNumber));
        Assert.Null(payment.PayerAction);
        await TestGateway.RefusedAsync(RefusalCatalogue.BillPaymentNotFound,
            () => verb.RunAsync(paying.BillPaymentId, People.Stranger, CancellationToken.None));
        await TestGateway.RefusedAsync(RefusalCatalogue.InvalidRequest,
            () => verb.RunAsync("", People.Citizen, CancellationToken.None));
    }

    [Fact]
    public async Task Quote_is_a_payment_that_was_not_begun()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.QuotedBillAsync();

        var payment = await gateway.Get<GetBillPayment>().RunAsync(bill.BillId, People.Citizen, CancellationToken.None);

        Assert.Equal((BillPaymentState.Created, ""), (payment.State, payment.PaymentId));
        Assert.Equal(bill, payment.Bill);
    }
}
