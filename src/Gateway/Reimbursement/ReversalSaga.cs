using Ecert.Gateway.Books;
using Ecert.Gateway.Payments;
using Ecert.V1;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// A settlement taken back: the cash goes back through its channel first, then every part is booked the other way at
/// once.
/// </summary>
internal sealed class ReversalSaga(
    SettlementSaga settlements, SettlementBookings bookings, PaymentOrders orders, PaymentRefunds refunds)
{
    /// <summary>Goes on from wherever the reversal stands, until it is done or waits for the channel.</summary>
    public async Task ContinueAsync(string reversalId, CancellationToken ct)
    {
        var reversal = await settlements.LoadAsync(reversalId, ct);
        if (reversal.Stage != SettlementStage.Refunding || reversal.OriginalId is null)
            return;
        var original = await settlements.LoadAsync(reversal.OriginalId, ct);
        if (original.PaymentId is null)
        {
            await CompleteAsync(original, reversal, null, ct);
            return;
        }
        var payment = await orders.LoadAsync(original.PaymentId, ct);
        await refunds.OpenAsync(payment, original.Cash, reversal.Id, reversal.Id, "Settlement reversed", ct);
        await settlements.WaitForNewsAsync(reversal.Id, ct);
    }

    /// <summary>The refund ended.</summary>
    public async Task RefundEndedAsync(PaymentRow payment, RefundRow refund, CancellationToken ct)
    {
        var reversal = await settlements.LoadAsync(refund.BusinessId, ct);
        if (reversal.Stage != SettlementStage.Refunding || reversal.OriginalId is null)
            return;
        var original = await settlements.LoadAsync(reversal.OriginalId, ct);
        if (refund.State == Payments.RefundState.Succeeded)
            await CompleteAsync(original, reversal, payment, ct);
        else
            await GiveUpAsync(original, reversal, ct);
    }

    private async Task CompleteAsync(
        SettlementRow original, SettlementRow reversal, PaymentRow? payment, CancellationToken ct)
    {
        var parts = PreSettlement.Parser.ParseFrom(original.PreSettlement);
        var bookedAt = await bookings.ReverseAsync(original, reversal.Id, parts, payment?.Channel, ct);
        // The original first: a crash between the two leaves the reversal to be taken up again.
        await settlements.MoveAsync(original.Id, SettlementStage.Refunding, SettlementStage.Refunded, "", ct);
        await settlements.MoveAsync(
            reversal.Id, SettlementStage.Refunding, SettlementStage.Complete, "", ct, completedAt: bookedAt);
    }

    private async Task GiveUpAsync(SettlementRow original, SettlementRow reversal, CancellationToken ct)
    {
        const string Why = "The channel refused to give the cash back; a person must look.";
        await settlements.MoveAsync(original.Id, SettlementStage.Refunding, SettlementStage.Complete, Why, ct);
        await settlements.MoveAsync(reversal.Id, SettlementStage.Refunding, SettlementStage.Failed, Why, ct);
    }
}
