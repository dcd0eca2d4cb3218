using Ecert.CertsDev;
using Ecert.Kernel;
using Ecert.Standalone.Journey.Actors;
using Ecert.Standalone.Seed;
using Ecert.V1;
using Wallet = Ecert.Standalone.Journey.Actors.Wallet;
using Grpc.Core;

namespace Ecert.Standalone.Journey;

/// <summary>An electricity bill, from the query to the biller's receipt.</summary>
internal sealed class BillSteps(JourneyCast cast, JourneyLog log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public async Task PayElectricityAsync(Wallet wallet, CancellationToken ct)
    {
        using var citizen = new CitizenClient(cast.System, wallet.Token);
        var bills = new BillService.BillServiceClient(citizen.Calls);
        var bill = await log.StepAsync("The citizen looks up an electricity bill", async () =>
        {
            var answer = await bills.QueryBillAsync(new()
            {
                BillerId = Cast.ShanghaiBiller, AccountNumber = Bills.CustomerNumber,
            }, cancellationToken: ct);
            var owed = answer.Bills.Single();
            return (owed, $"{owed.BillNumber} of {owed.MaskedCustomerName}, period {owed.Period}",
                (Money?)new Money(owed.AmountFen));
        });
        await log.StepAsync("The bill is paid with Alipay and written off at the biller", async () =>
        {
            var payment = (await bills.PayBillAsync(new()
            {
                RequestId = cast.NewRequestId(), BillId = bill.BillId, ExpectedAmountFen = bill.AmountFen,
                Payer = new Payer { Channel = PaymentChannel.Alipay, Scene = PaymentScene.InApp,
                    PayerId = SandboxUsers.AlipayBuyer },
            }, cancellationToken: ct)).BillPayment;
            await cast.Sandbox.PayInAlipayAsync(payment.PaymentId, SandboxUsers.AlipayBuyer, ct);
            payment = await WaitAsync(bills, payment.BillPaymentId, ct);
            return ($"{payment.State}, biller's number {payment.BillerNumber}", new Money(payment.Bill.AmountFen));
        });
    }

    private static async Task<BillPayment> WaitAsync(
        BillService.BillServiceClient bills, string billPaymentId, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestWait);
        using var watch = bills.WatchBillPayment(
            new WatchBillPaymentRequest { BillPaymentId = billPaymentId }, cancellationToken: limit.Token);
        BillPayment? last = null;
        try
        {
            while (await watch.ResponseStream.MoveNext(limit.Token))
                last = watch.ResponseStream.Current.BillPayment;
        }
        catch (RpcException exception) when (
            exception.StatusCode == StatusCode.Cancelled && !ct.IsCancellationRequested)
        {
            throw new JourneyFailedException($"The bill's payment is still {last?.State} after {LongestWait}.");
        }
        return last is { State: BillPaymentState.Complete }
            ? last
            : throw new JourneyFailedException($"The bill's payment ended as {last?.State}: {last?.StateDetail}");
    }
}
