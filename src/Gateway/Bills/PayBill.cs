using Ecert.Gateway.Edge;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Bills;

/// <summary>A citizen pays a bill just as it was shown. The biller is told once the cash is here.</summary>
internal sealed class PayBill(
    IDbContextFactory<GatewayDb> databases, PaymentOrders orders, GetBillPayment bills, TimeProvider clock,
    GatewayOptions options)
{
    public async Task<PayBillResponse> RunAsync(
        PayBillRequest request, Caller.Citizen citizen, string operationId, CancellationToken ct)
    {
        new RequestChecks()
            .RequireText(request.BillId, "bill_id", 26)
            .Require(request.ExpectedAmountFen > 0, "expected_amount_fen", "required, the amount shown")
            .Add(PaymentMessages.Check(request.Payer, "payer"))
            .ThrowIfAny();
        var bill = await ClaimAsync(request, citizen, operationId, ct);
        await orders.OpenAsync(Order(bill, request, citizen, operationId), ct);
        return new PayBillResponse { BillPayment = await bills.RunAsync(bill.Id, citizen, ct) };
    }

    private async Task<BillPaymentRow> ClaimAsync(
        PayBillRequest request, Caller.Citizen citizen, string operationId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var bill = await db.Set<BillPaymentRow>()
            .SingleOrDefaultAsync(row => row.Id == request.BillId && row.Subject == citizen.Subject.Value, ct)
            ?? throw RefusalCatalogue.BillNotFound.AsRefusal().ToException();
        if (bill.PaymentId == operationId)
            return bill;
        if (bill.Stage != BillStage.Quoted)
            throw RefusalCatalogue.BillAlreadyPaid.AsRefusal().ToException();
        if (bill.ExpiresAt <= clock.GetUtcNow())
            throw RefusalCatalogue.BillExpired.AsRefusal().ToException();
        if (bill.AmountFen != request.ExpectedAmountFen)
            throw RefusalCatalogue.BillAmountChanged.AsRefusal().ToException();
        (bill.Stage, bill.PaymentId) = (BillStage.Paying, operationId);
        bill.Channel = PaymentMessages.ToChannel(request.Payer.Channel);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw RefusalCatalogue.BillAlreadyPaid.AsRefusal().ToException();
        }
        return bill;
    }

    private PaymentRow Order(BillPaymentRow bill, PayBillRequest request, Caller.Citizen citizen, string paymentId)
    {
        var now = clock.GetUtcNow();
        return new PaymentRow
        {
            Id = paymentId, Party = citizen.Party, Channel = PaymentMessages.ToChannel(request.Payer.Channel),
            Scene = PaymentMessages.ToScene(request.Payer.Scene), PayerId = request.Payer.PayerId,
            AmountFen = bill.AmountFen,
            Description = $"Bill {bill.BillNumber}", Purpose = BillPurpose.Name, BusinessId = bill.Id,
            State = Payments.PaymentState.Created,
            ExpiresAt = now + options.PaymentLifetime, CreatedAt = now,
        };
    }
}
