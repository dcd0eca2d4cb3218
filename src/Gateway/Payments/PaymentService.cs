using Ecert.Gateway.Edge;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Payments;

/// <summary>The verbs on payments and wallets.</summary>
internal sealed class PaymentService(GetPayment get, WatchPayment watch, BindWallet bind, ListWallets list)
    : V1.PaymentService.PaymentServiceBase
{
    public override async Task<GetPaymentResponse> GetPayment(GetPaymentRequest request, ServerCallContext context) =>
        new() { Payment = await get.RunAsync(request.PaymentId, context.Edge().Caller, context.CancellationToken) };

    public override Task WatchPayment(
        WatchPaymentRequest request, IServerStreamWriter<WatchPaymentResponse> responseStream,
        ServerCallContext context) =>
        watch.RunAsync(request, context.Edge().Caller, responseStream, context.CancellationToken);

    public override Task<BindWalletResponse> BindWallet(BindWalletRequest request, ServerCallContext context) =>
        bind.RunAsync(request, context.Citizen(), context.Edge().OperationId, context.CancellationToken);

    public override Task<ListWalletsResponse> ListWallets(ListWalletsRequest request, ServerCallContext context) =>
        list.RunAsync(request, context.Citizen(), context.CancellationToken);
}
