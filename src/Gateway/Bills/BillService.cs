using Ecert.Gateway.Edge;
using Ecert.V1;
using Grpc.Core;

namespace Ecert.Gateway.Bills;

/// <summary>The verbs on bills.</summary>
internal sealed class BillService(
    ListBillers list, QueryBill query, PayBill pay, GetBillPayment get, WatchBillPayment watch)
        : V1.BillService.BillServiceBase
{
    public override Task<ListBillersResponse> ListBillers(ListBillersRequest request, ServerCallContext context) =>
        Task.FromResult(list.Run(request));

    public override Task<QueryBillResponse> QueryBill(QueryBillRequest request, ServerCallContext context) =>
        query.RunAsync(request, context.Citizen(), context.Edge().OperationId, context.CancellationToken);

    public override Task<PayBillResponse> PayBill(PayBillRequest request, ServerCallContext context) =>
        pay.RunAsync(request, context.Citizen(), context.Edge().OperationId, context.CancellationToken);

    public override async Task<GetBillPaymentResponse> GetBillPayment(
        GetBillPaymentRequest request, ServerCallContext context) =>
        new() { BillPayment = await get.RunAsync(request.BillPaymentId, context.Citizen(), context.CancellationToken) };

    public override Task WatchBillPayment(WatchBillPaymentRequest request,
        IServerStreamWriter<WatchBillPaymentResponse> responseStream, ServerCallContext context) =>
        watch.RunAsync(request, context.Citizen(), responseStream, context.CancellationToken);
}
