using Ecert.Gateway.Edge;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Bills;

/// <summary>How the payment of a bill stands, to the citizen who pays it.</summary>
internal sealed class GetBillPayment(IDbContextFactory<GatewayDb> databases, PersonalDataCipher cipher)
{
    public async Task<BillPayment> RunAsync(string billPaymentId, Caller.Citizen citizen, CancellationToken ct)
    {
        new RequestChecks().RequireText(billPaymentId, "bill_payment_id", 26).ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var bill = await db.Set<BillPaymentRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == billPaymentId && row.Subject == citizen.Subject.Value, ct)
            ?? throw RefusalCatalogue.BillPaymentNotFound.AsRefusal().ToException();
        var payment = bill.PaymentId is null
            ? null
            : await db.Set<PaymentRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == bill.PaymentId, ct);
        return BillMessages.ToMessage(bill, cipher.Unprotect(bill.AccountNumber, QueryBill.Place(bill.Id)), payment);
    }
}
