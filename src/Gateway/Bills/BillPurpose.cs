using Ecert.Adapters.Ports;
using Ecert.Gateway.Books;
using Ecert.Gateway.Janitor;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Bills;

/// <summary>
/// What follows a bill's payment: book it, tell the biller, and give the money back if the biller refuses. The biller's
/// books win; an unknown write-off is asked again under the same number until it answers.
/// </summary>
internal sealed class BillPurpose(
    IDbContextFactory<GatewayDb> databases, IEnumerable<IBiller> billers, CollectionBookings bookings,
    PaymentRefunds refunds,
    PersonalDataCipher cipher, ChangeFeed changes, TimeProvider clock, ILogger<BillPurpose> logger)
    : IPaymentPurpose, IUnfinishedBusiness
{
    public const string Name = "bill";
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    public string Kind => Name;

    public async Task PaidAsync(PaymentRow payment, CancellationToken ct)
    {
        var bill = await MoveAsync(payment.BusinessId, BillStage.Paying, BillStage.Paid, ct);
        if (bill.Stage == BillStage.Paid)
            await WriteOffAsync(bill, payment, ct);
    }

    public Task NotPaidAsync(PaymentRow payment, CancellationToken ct) =>
        MoveAsync(payment.BusinessId, BillStage.Paying, BillStage.Closed, ct);

    public async Task RefundEndedAsync(PaymentRow payment, RefundRow refund, CancellationToken ct)
    {
        if (refund.State != RefundState.Succeeded)
            return;
        var bill = await LoadAsync(payment.BusinessId, ct);
        if (bill.Stage == BillStage.Refunding)
            await bookings.ReturnBillAsync(bill.Id, bill.BillerId, bill.Amount, payment.Channel, ct);
        await MoveAsync(payment.BusinessId, BillStage.Refunding, BillStage.Refunded, ct);
    }

    public async Task<IReadOnlyList<UnfinishedRecord>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = await db.Set<BillPaymentRow>().AsNoTracking().Where(row => row.NextStepAt <= now)
            .OrderBy(row => row.NextStepAt).Take(100).Select(row => row.Id).ToListAsync(ct);
        return [.. due.Select(id => new UnfinishedRecord(id, token => ResumeAsync(id, token)))];
    }

    private async Task ResumeAsync(string billId, CancellationToken ct)
    {
        var bill = await LoadAsync(billId, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var payment = await db.Set<PaymentRow>().AsNoTracking().SingleAsync(row => row.Id == bill.PaymentId, ct);
        if (bill.Stage == BillStage.Paid)
            await WriteOffAsync(bill, payment, ct);
        else if (bill.Stage == BillStage.Refunding)
            await GiveBackAsync(bill, payment, ct);
    }

    private async Task WriteOffAsync(BillPaymentRow bill, PaymentRow payment, CancellationToken ct)
    {
        await bookings.CollectBillAsync(bill.Id, bill.BillerId, bill.Amount, payment.Channel, ct);
        var accountNumber = cipher.Unprotect(bill.AccountNumber, QueryBill.Place(bill.Id));
        var outcome = await billers.Single(biller => biller.BillerId == bill.BillerId).WriteOffAsync(
            new WriteOff(payment.Id, accountNumber, bill.BillNumber, bill.Amount, payment.Channel), ct);
        switch (outcome)
        {
            case WriteOffOutcome.WrittenOff written:
                await MoveAsync(bill.Id, BillStage.Paid, BillStage.WrittenOff, ct, row =>
                    (row.BillerNumber, row.WrittenOffAt) = (written.BillerNumber, clock.GetUtcNow()));
                break;
            case WriteOffOutcome.Refused refused:
                BillLog.WriteOffRefused(logger, bill.Id, refused.Code);
                if ((await MoveAsync(bill.Id, BillStage.Paid, BillStage.Refunding, ct)).Stage == BillStage.Refunding)
                    await GiveBackAsync(bill, payment, ct);
                break;
            default:
                BillLog.WriteOffUnknown(logger, bill.Id);
                await LookAgainAsync(bill.Id, clock.GetUtcNow() + AskAgainAfter, ct);
                break;
        }
    }

    private async Task GiveBackAsync(BillPaymentRow bill, PaymentRow payment, CancellationToken ct)
    {
        await refunds.OpenAsync(
            payment, bill.Amount, payment.Id + "R", bill.Id, "The biller did not accept the payment", ct);
        // From here the refund brings it on.
        await LookAgainAsync(bill.Id, null, ct);
    }

    private async Task LookAgainAsync(string billId, DateTimeOffset? at, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Set<BillPaymentRow>().Where(row => row.Id == billId && row.NextStepAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextStepAt, at), ct);
    }

    private async Task<BillPaymentRow> LoadAsync(string billId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<BillPaymentRow>().AsNoTracking().SingleAsync(row => row.Id == billId, ct);
    }

    /// <summary>Moves the bill on when it stands where the move starts; answers it as it stands after.</summary>
    private async Task<BillPaymentRow> MoveAsync(
        string billId, BillStage from, BillStage to, CancellationToken ct, Action<BillPaymentRow>? also = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var bill = await db.Set<BillPaymentRow>().SingleAsync(row => row.Id == billId, ct);
        if (bill.Stage != from)
            return bill;
        bill.Stage = to;
        bill.NextStepAt = to is BillStage.Paid or BillStage.Refunding ? clock.GetUtcNow() + AskAgainAfter : null;
        also?.Invoke(bill);
        await db.SaveChangesAsync(ct);
        BillLog.Moved(logger, billId, from, to);
        changes.Publish(billId);
        return bill;
    }
}

/// <summary>What bills say.</summary>
internal static partial class BillLog
{
    [LoggerMessage(401, LogLevel.Information, "The payment of bill {Bill} went from {Before} to {After}.")]
    public static partial void Moved(ILogger logger, string bill, BillStage before, BillStage after);

    [LoggerMessage(
        402, LogLevel.Warning, "The biller refused the write-off of {Bill} with code {Code}; the money goes back.")]
    public static partial void WriteOffRefused(ILogger logger, string bill, string code);

    [LoggerMessage(403, LogLevel.Warning, "Whether {Bill} is written off is not known; the biller is asked again.")]
    public static partial void WriteOffUnknown(ILogger logger, string bill);
}
