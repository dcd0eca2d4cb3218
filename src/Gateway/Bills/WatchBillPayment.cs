using System.Security.Cryptography;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Ecert.Gateway.Bills;

/// <summary>A bill's payment as it changes, until nothing more can happen to it.</summary>
internal sealed class WatchBillPayment(GetBillPayment bills, ChangeFeed changes)
{
    public async Task RunAsync(WatchBillPaymentRequest request, Caller.Citizen citizen,
        IServerStreamWriter<WatchBillPaymentResponse> responses, CancellationToken ct)
    {
        var told = request.ResumeToken;
        while (true)
        {
            var next = changes.Next(request.BillPaymentId);
            var payment = await bills.RunAsync(request.BillPaymentId, citizen, ct);
            var token = Convert.ToHexStringLower(SHA256.HashData(payment.ToByteArray())[..8]);
            if (token != told)
                await responses.WriteAsync(
                    new WatchBillPaymentResponse { ResumeToken = token, BillPayment = payment }, ct);
            told = token;
            if (payment.State is BillPaymentState.Complete or BillPaymentState.Refunded or BillPaymentState.Closed)
                return;
            await ChangeFeed.WaitAsync(next, ct);
        }
    }
}
