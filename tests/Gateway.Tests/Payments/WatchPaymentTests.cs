using Ecert.Adapters.Ports;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using PaymentState = Ecert.V1.PaymentState;

namespace Ecert.Gateway.Tests.Payments;

public sealed class WatchPaymentTests
{
    [Fact]
    public async Task Payment_is_told_as_it_stands_and_at_every_change_until_its_end()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        var told = new Told<WatchPaymentResponse>();

        var watching = gateway.Get<WatchPayment>().RunAsync(
            new WatchPaymentRequest { PaymentId = bill.PaymentId }, People.Citizen, told, CancellationToken.None);
        Assert.Equal(PaymentState.Pending, (await told.NextAsync()).Payment.State);
        await gateway.ApplyAsync(bill.PaymentId, new ChannelOutcome.Closed());

        Assert.Equal(PaymentState.Closed, (await told.NextAsync()).Payment.State);
        await watching.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(told.IsSilent);
    }

    [Fact]
    public async Task Caller_who_comes_back_hears_only_what_is_new()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        await gateway.ApplyAsync(bill.PaymentId, new ChannelOutcome.Closed());
        var first = new Told<WatchPaymentResponse>();
        var verb = gateway.Get<WatchPayment>();
        await verb.RunAsync(new WatchPaymentRequest { PaymentId = bill.PaymentId }, People.Citizen, first,
            CancellationToken.None);
        var resume = (await first.NextAsync()).ResumeToken;

        var second = new Told<WatchPaymentResponse>();
        await verb.RunAsync(new WatchPaymentRequest { PaymentId = bill.PaymentId, ResumeToken = resume },
            People.Citizen, second,
            CancellationToken.None);

        Assert.True(second.IsSilent);
    }

    [Fact]
    public async Task Watching_ends_with_the_call()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        using var call = new CancellationTokenSource();
        var told = new Told<WatchPaymentResponse>();

        var watching = gateway.Get<WatchPayment>().RunAsync(
            new WatchPaymentRequest { PaymentId = bill.PaymentId }, People.Citizen, told, call.Token);
        await told.NextAsync();
        await call.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Payment_of_another_is_not_told()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();

        await TestGateway.RefusedAsync(RefusalCatalogue.PaymentNotFound, () => gateway.Get<WatchPayment>().RunAsync(
            new WatchPaymentRequest { PaymentId = bill.PaymentId }, People.Stranger, new Told<WatchPaymentResponse>(),
            CancellationToken.None));
    }
}
