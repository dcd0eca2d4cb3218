using Ecert.Adapters.Ports;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Tests.Support;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Bills;

public sealed class WatchBillPaymentTests
{
    [Fact]
    public async Task Bill_is_told_until_its_end()
    {
        await using var gateway = await TestGateway.StartAsync();
        var paying = await gateway.PayingBillAsync();
        var told = new Told<WatchBillPaymentResponse>();

        var watching = gateway.Get<WatchBillPayment>().RunAsync(
            new WatchBillPaymentRequest { BillPaymentId = paying.BillPaymentId }, People.Citizen, told,
            CancellationToken.None);
        Assert.Equal(BillPaymentState.Pending, (await told.NextAsync()).BillPayment.State);
        await gateway.ApplyAsync(paying.PaymentId, new ChannelOutcome.Closed());
        await watching.WaitAsync(TimeSpan.FromSeconds(30));

        var last = await told.NextAsync();
        while (!told.IsSilent)
            last = await told.NextAsync();
        Assert.Equal(BillPaymentState.Closed, last.BillPayment.State);
    }
}
