using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Payments;

/// <summary>
/// A payment as it changes: first as it stands, then after every change, until nothing more can happen to it.
/// </summary>
internal sealed class WatchPayment(GetPayment payments, ChangeFeed changes)
{
    public async Task RunAsync(
        WatchPaymentRequest request, Caller caller, IServerStreamWriter<WatchPaymentResponse> responses,
        CancellationToken ct)
    {
        var looks = changes.FollowAsync(request.PaymentId, request.ResumeToken,
            token => payments.RunAsync(request.PaymentId, caller, token), ct);
        await foreach (var look in looks)
        {
            if (look.IsNew)
                await responses.WriteAsync(
                    new WatchPaymentResponse { ResumeToken = look.Token, Payment = look.Message }, ct);
            if (IsFinal(look.Message))
                return;
        }
    }

    private static bool IsFinal(Payment payment) =>
        payment.State is V1.PaymentState.Closed or V1.PaymentState.Failed
        || (payment.State == V1.PaymentState.Succeeded && payment.RefundedFen == payment.AmountFen);
}
