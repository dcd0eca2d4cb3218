using Ecert.Adapters.Ports;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>
/// The life of refunds: opened once per number, never above what was paid, re-submitted only under the same number.
/// </summary>
internal sealed class PaymentRefunds(
    IDbContextFactory<GatewayDb> databases, ChannelCalls channels, PurposeNotices notices, ChangeFeed changes,
    TimeProvider clock, ILogger<PaymentRefunds> logger)
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(5);

    /// <summary>Puts a refund on record and submits it. The same id again continues where it stands.</summary>
    /// <param name="payment">The paid order.</param>
    /// <param name="amount">What goes back.</param>
    /// <param name="refundId">Our number of the refund, at most 32 characters.</param>
    /// <param name="businessId">The business record that asks for it.</param>
    /// <param name="reason">What the payer reads; no personal data.</param>
    /// <param name="ct">Cancels the call; what is on record is taken up later.</param>
    /// <exception cref="RefusedException">Not paid, or more than is left to refund.</exception>
    public async Task<RefundRow> OpenAsync(
        PaymentRow payment, Money amount, string refundId, string businessId, string reason, CancellationToken ct)
    {
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            var known = await db.Set<RefundRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == refundId, ct);
            if (known is { State: not RefundState.Created })
                return known;
            if (known is null)
                await RecordAsync(db, payment, amount, refundId, businessId, reason, ct);
        }
        return await SubmitAsync(refundId, ct);
    }

    /// <summary>
    /// Asks the channel how a refund stands, or submits it under its number when the channel never heard of it.
    /// </summary>
    public async Task<RefundRow> CheckAsync(string refundId, CancellationToken ct)
    {
        var (payment, refund) = await LoadAsync(refundId, ct);
        if (refund.IsFinal)
            return refund;
        var outcome = await channels.QueryRefundAsync(payment, refund, ct);
        return outcome is RefundOutcome.NotFound
            ? await SubmitAsync(refundId, ct)
            : await ApplyAsync(refundId, outcome, ct);
    }

    /// <summary>Takes in what the channel said of a refund, however it came.</summary>
    public async Task<RefundRow> ApplyAsync(string refundId, RefundOutcome outcome, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refund = await db.Set<RefundRow>().SingleOrDefaultAsync(row => row.Id == refundId, ct)
            ?? throw RefusalCatalogue.RefundNotFound.AsRefusal().ToException();
        var before = refund.State;
        Move(refund, outcome);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await ApplyAsync(refundId, outcome, ct);
        }
        if (refund.State != before)
        {
            PaymentLog.RefundMoved(logger, refund.Id, before, refund.State);
            changes.Publish(refund.PaymentId);
        }
        if (refund is { IsFinal: true, PurposeTold: false })
            await notices.TellAsync(
                await db.Set<PaymentRow>().AsNoTracking().SingleAsync(row => row.Id == refund.PaymentId, ct),
                refund, ct);
        return refund;
    }

    private async Task<RefundRow> SubmitAsync(string refundId, CancellationToken ct)
    {
        var (payment, refund) = await LoadAsync(refundId, ct);
        return await ApplyAsync(refundId, await channels.RefundAsync(payment, refund, ct), ct);
    }

    private async Task<(PaymentRow, RefundRow)> LoadAsync(string refundId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refund = await db.Set<RefundRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == refundId, ct)
            ?? throw RefusalCatalogue.RefundNotFound.AsRefusal().ToException();
        return (await db.Set<PaymentRow>().AsNoTracking().SingleAsync(row => row.Id == refund.PaymentId, ct), refund);
    }

    private async Task RecordAsync(GatewayDb db, PaymentRow payment, Money amount, string refundId, string businessId,
        string reason, CancellationToken ct)
    {
        if (!amount.IsPositive)
            throw RefusalCatalogue.RefundExceedsPayment.With("A refund gives back a positive amount.").ToException();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The sum of refunds is moved by the database itself, so that two at once cannot both fit into the same
        // remainder.
        var fitted = await db.Set<PaymentRow>()
            .Where(row => row.Id == payment.Id && row.State == PaymentState.Succeeded
                && row.RefundOpenedFen + amount.Fen <= row.AmountFen)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.RefundOpenedFen, row => row.RefundOpenedFen + amount.Fen), ct);
        if (fitted == 0)
            throw RefusalCatalogue.RefundExceedsPayment.AsRefusal().ToException();
        var now = clock.GetUtcNow();
        db.Add(new RefundRow
        {
            Id = refundId, PaymentId = payment.Id, AmountFen = amount.Fen, Reason = reason, BusinessId = businessId,
            State = RefundState.Created, CreatedAt = now, NextCheckAt = now + CheckEvery,
        });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private void Move(RefundRow refund, RefundOutcome outcome)
    {
        var now = clock.GetUtcNow();
        if (refund.IsFinal)
            return;
        refund.NextCheckAt = now + CheckEvery;
        switch (outcome)
        {
            case RefundOutcome.Refunded refunded when refunded.Amount != refund.Amount:
                PaymentLog.AmountDiffers(logger, refund.Id, refund.AmountFen, refunded.Amount.Fen);
                refund.State = RefundState.Unknown;
                break;
            case RefundOutcome.Refunded refunded:
                (refund.State, refund.ChannelNumber, refund.RefundedAt) =
                    (RefundState.Succeeded, refunded.ChannelNumber, refunded.RefundedAt);
                refund.AcceptedAt ??= now;
                break;
            case RefundOutcome.Processing processing:
                (refund.State, refund.ChannelNumber) = (RefundState.Processing, processing.ChannelNumber);
                refund.AcceptedAt ??= now;
                break;
            case RefundOutcome.Refused refused:
                PaymentLog.Refused(logger, refund.Id, refused.Code);
                refund.State = RefundState.Failed;
                break;
            default:
                refund.State = RefundState.Unknown;
                break;
        }
    }
}
