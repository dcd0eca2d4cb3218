using System.Security.Cryptography;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Gateway.Payments;

/// <summary>
/// A payment as it changes: first as it stands, then after every change, until nothing more can happen to it. The
/// resume token is a digest of what was last told, so that a caller who comes back hears only what is new.
/// </summary>
internal sealed class WatchPayment(GetPayment payments, ChangeFeed changes)
{
    public async Task RunAsync(
        WatchPaymentRequest request, Caller caller, IServerStreamWriter<WatchPaymentResponse> responses,
        CancellationToken ct)
    {
        var told = request.ResumeToken;
        while (true)
        {
            var next = changes.Next(request.PaymentId);
            var payment = await payments.RunAsync(request.PaymentId, caller, ct);
            var token = Convert.ToHexStringLower(SHA256.HashData(payment.ToByteArray())[..8]);
            if (token != told)
                await responses.WriteAsync(new WatchPaymentResponse { ResumeToken = token, Payment = payment }, ct);
            told = token;
            if (payment.State is V1.PaymentState.Closed or V1.PaymentState.Failed
                || (payment.State == V1.PaymentState.Succeeded && payment.RefundedFen == payment.AmountFen))
                return;
            await ChangeFeed.WaitAsync(next, ct);
        }
    }
}
