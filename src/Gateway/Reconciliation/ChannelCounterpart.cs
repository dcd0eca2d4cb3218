using Ecert.Adapters.Ports;
using Ecert.Gateway.Books;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;
using PaymentState = Ecert.Gateway.Payments.PaymentState;
using Transfer = Ecert.Ledger.Transfer;

namespace Ecert.Gateway.Reconciliation;

/// <summary>
/// A payment channel: its bill against our payments and refunds, and each of ours against the ledger. A payment counts
/// on the day it was paid, a refund on the day the channel accepted it, as the channels' bills have it.
/// </summary>
internal sealed class ChannelCounterpart(
    IChannelStatement statement, IDbContextFactory<GatewayDb> databases, JournalStore journal) : ICounterpart
{
    public CounterpartKind Kind => CounterpartKind.Channel;

    public string Code => statement.Name == ChannelName.WeChatPay ? "WECHAT_PAY" : "ALIPAY";

    public async Task<IReadOnlyList<BookLine>> OursAsync(DateOnly day, CancellationToken ct)
    {
        var (from, to) = (BeijingDays.Start(day), BeijingDays.Start(day.AddDays(1)));
        await using var db = await databases.CreateDbContextAsync(ct);
        var payments = await db.Set<PaymentRow>().AsNoTracking().Where(row => row.Channel == statement.Name
            && row.State == PaymentState.Succeeded && row.PaidAt >= from && row.PaidAt < to).ToListAsync(ct);
        var refunds = await db.Set<RefundRow>().AsNoTracking()
            .Where(row => row.AcceptedAt >= from && row.AcceptedAt < to)
            .Join(db.Set<PaymentRow>().Where(payment => payment.Channel == statement.Name), refund => refund.PaymentId,
                payment => payment.Id, (refund, payment) => new { Refund = refund, Payment = payment })
            .ToListAsync(ct);
        var lines = new List<BookLine>();
        foreach (var payment in payments)
            lines.Add(await LineAsync(payment, ct));
        foreach (var pair in refunds)
            lines.Add(await LineAsync(pair.Payment, pair.Refund, ct));
        return lines;
    }

    public async Task<IReadOnlyList<BookLine>> TheirsAsync(DateOnly day, CancellationToken ct) =>
        [.. (await statement.DownloadAsync(day, ct)).Select(
            line => new BookLine(line.OurNumber, line.ChannelNumber, line.Amount, line.State, true))];

    private async Task<BookLine> LineAsync(PaymentRow payment, CancellationToken ct)
    {
        var booked = await IsBookedAsync($"{payment.Purpose}/{payment.BusinessId}",
            transfer => transfer.DebitAccount == Clearing && transfer.Amount == payment.Amount, ct);
        // Paid after its business had ended: never booked, given back whole.
        var returned = payment.RefundOpenedFen == payment.AmountFen;
        return new BookLine(payment.Id, payment.ChannelNumber ?? "", payment.Amount,
            booked ? "SUCCEEDED" : returned ? "RETURNED" : "NOT_BOOKED", booked || returned);
    }

    private async Task<BookLine> LineAsync(PaymentRow payment, RefundRow refund, CancellationToken ct)
    {
        var booked = await IsBookedAsync($"{payment.Purpose}/{refund.BusinessId}",
            transfer => transfer.CreditAccount == Clearing && transfer.Amount == refund.Amount, ct);
        var neverBooked = refund.Id == PaymentOrders.LateRefundId(payment.Id);
        return new BookLine(refund.Id, refund.ChannelNumber ?? "", -refund.Amount,
            booked ? "REFUNDED" : neverBooked ? "RETURNED" : "NOT_BOOKED", booked || neverBooked);
    }

    private string Clearing => ChartOfAccounts.Clearing(statement.Name).Id;

    private async Task<bool> IsBookedAsync(string record, Func<Transfer, bool> fits, CancellationToken ct) =>
        (await journal.Journal.TransfersOfAsync(record, ct)).Any(booked => fits(booked.Transfer));
}
