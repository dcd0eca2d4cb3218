using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Bills;

/// <summary>A bill's payment as it changes, until nothing more can happen to it.</summary>
internal sealed class WatchBillPayment(GetBillPayment bills, ChangeFeed changes)
{
    public async Task RunAsync(
        WatchBillPaymentRequest request, Caller.Citizen citizen,
        IServerStreamWriter<WatchBillPaymentResponse> responses,
        CancellationToken ct)
    {
        var looks = changes.FollowAsync(request.BillPaymentId, request.ResumeToken,
            token => bills.RunAsync(request.BillPaymentId, citizen, token), ct);
        await foreach (var look in looks)
        {
            if (look.IsNew)
                await responses.WriteAsync(
                    new WatchBillPaymentResponse { ResumeToken = look.Token, BillPayment = look.Message }, ct);
            if (IsFinal(look.Message))
                return;
        }
    }

    private static bool IsFinal(BillPayment payment) =>
        payment.State is BillPaymentState.Complete or BillPaymentState.Refunded or BillPaymentState.Closed;
}
