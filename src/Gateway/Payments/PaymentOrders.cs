using Ecert.Adapters.Ports;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>
/// The life of payment orders. Every move is a conditional update of the state it was read in, so that a callback, a
/// query and the janitor may all bring the same news and it counts once; the purpose is told after the state is
/// durable, and again at the next chance when that was cut short.
/// </summary>
internal sealed class PaymentOrders(
    IDbContextFactory<GatewayDb> databases, ChannelCalls channels, PurposeNotices notices, PaymentRefunds refunds,
    ChangeFeed changes, TimeProvider clock, ILogger<PaymentOrders> logger)
{
    private static readonly TimeSpan FirstCheckAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SlowestCheck = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Puts an order on record and places it with its channel. The same id again continues where it stands.
    /// </summary>
    /// <returns>The order as it stands after the first try; possibly already paid, or of unknown outcome.</returns>
    public async Task<PaymentRow> OpenAsync(PaymentRow order, CancellationToken ct)
    {
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            var known = await db.Set<PaymentRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == order.Id, ct);
            if (known is null)
            {
                order.NextCheckAt = clock.GetUtcNow() + FirstCheckAfter;
                db.Add(order);
                await db.SaveChangesAsync(ct);
            }
            else if (known.State != PaymentState.Created)
            {
                return known;
            }
        }
        return await ApplyAsync(order.Id, await channels.CreateAsync(order, ct), ct);
    }

    /// <summary>Asks the channel how an order stands, or places it when the channel never heard of it.</summary>
    public async Task<PaymentRow> CheckAsync(string paymentId, CancellationToken ct)
    {
        var payment = await LoadAsync(paymentId, ct);
        if (payment.IsFinal)
            return payment;
        var expired = payment.ExpiresAt <= clock.GetUtcNow();
        var outcome = await channels.QueryAsync(payment, ct);
        outcome = outcome switch
        {
            ChannelOutcome.NotFound when !expired => await channels.CreateAsync(payment, ct),
            // Also one the channel does not know: a code nobody has scanned yet could be paid until it is cancelled.
            ChannelOutcome.NotFound or ChannelOutcome.Waiting when expired => await CloseAtChannelAsync(payment, ct),
            _ => outcome,
        };
        return await ApplyAsync(paymentId, outcome, ct);
    }

    /// <summary>Closes an unpaid order; one that turns out paid stays paid.</summary>
    public async Task<PaymentRow> CloseAsync(string paymentId, CancellationToken ct)
    {
        var payment = await LoadAsync(paymentId, ct);
        return payment.IsFinal ? payment : await ApplyAsync(paymentId, await CloseAtChannelAsync(payment, ct), ct);
    }

    /// <summary>Takes in what the channel said of an order, however it came.</summary>
    public async Task<PaymentRow> ApplyAsync(string paymentId, ChannelOutcome outcome, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var payment = await db.Set<PaymentRow>().SingleOrDefaultAsync(row => row.Id == paymentId, ct)
            ?? throw RefusalCatalogue.PaymentNotFound.AsRefusal().ToException();
        var before = payment.State;
        Move(payment, outcome);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Other news of the same order was first; read on from there.
            return await ApplyAsync(paymentId, outcome, ct);
        }
        if (payment.State != before)
        {
            PaymentLog.Moved(logger, payment.Id, before, payment.State);
            changes.Publish(payment.Id);
        }
        if (payment.IsFinal && !payment.PurposeTold)
            await FinishAsync(payment, ct);
        return payment;
    }

    /// <summary>
    /// What follows an order's end: cash that came too late goes back, and the purpose is told. May be repeated.
    /// </summary>
    public async Task FinishAsync(PaymentRow payment, CancellationToken ct)
    {
        if (payment.PaidLate)
            await refunds.OpenAsync(
                payment, payment.Amount, LateRefundId(payment.Id), payment.BusinessId, "Paid after closing", ct);
        await notices.TellAsync(payment, ct);
    }

    /// <summary>An order by id.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<PaymentRow> LoadAsync(string paymentId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<PaymentRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == paymentId, ct)
            ?? throw RefusalCatalogue.PaymentNotFound.AsRefusal().ToException();
    }

    /// <summary>The refund of an order that was paid after it had ended here.</summary>
    public static string LateRefundId(string paymentId) => paymentId + "L";

    /// <summary>
    /// An order the channel never heard of is as good as closed: were it paid all the same, the cash would go back.
    /// </summary>
    private async Task<ChannelOutcome> CloseAtChannelAsync(PaymentRow payment, CancellationToken ct)
    {
        var outcome = await channels.CloseAsync(payment, ct);
        return outcome is ChannelOutcome.NotFound ? new ChannelOutcome.Closed() : outcome;
    }

    private void Move(PaymentRow payment, ChannelOutcome outcome)
    {
        switch (outcome)
        {
            case ChannelOutcome.Paid paid when payment.State == PaymentState.Succeeded:
                if (payment.ChannelNumber != paid.ChannelNumber)
                    PaymentLog.PaidTwice(logger, payment.Id, payment.ChannelNumber, paid.ChannelNumber);
                break;
            case ChannelOutcome.Paid paid when paid.Amount != payment.Amount:
                // Never trust an amount without comparing: a person decides, nothing moves.
                PaymentLog.AmountDiffers(logger, payment.Id, payment.AmountFen, paid.Amount.Fen);
                if (!payment.IsFinal)
                    Hang(payment, PaymentState.Unknown);
                break;
            case ChannelOutcome.Paid paid:
                payment.PaidLate = payment.IsFinal;
                payment.PurposeTold = false;
                (payment.State, payment.ChannelNumber, payment.PaidAt) =
                    (PaymentState.Succeeded, paid.ChannelNumber, paid.PaidAt);
                payment.NextCheckAt = clock.GetUtcNow();
                break;
            case var _ when payment.IsFinal:
                break;
            case ChannelOutcome.Waiting waiting:
                payment.PayerAction ??= waiting.PayerAction;
                Hang(payment, PaymentState.Pending);
                break;
            case ChannelOutcome.Closed:
                End(payment, PaymentState.Closed);
                break;
            case ChannelOutcome.Refused refused:
                PaymentLog.Refused(logger, payment.Id, refused.Code);
                End(payment, PaymentState.Failed);
                break;
            default:
                Hang(payment, PaymentState.Unknown);
                break;
        }
    }

    private void End(PaymentRow payment, PaymentState state) =>
        (payment.State, payment.NextCheckAt) = (state, clock.GetUtcNow());

    private void Hang(PaymentRow payment, PaymentState state)
    {
        var now = clock.GetUtcNow();
        var age = now - payment.CreatedAt;
        payment.State = state;
        payment.NextCheckAt = now + (age < FirstCheckAfter ? FirstCheckAfter : age < SlowestCheck ? age : SlowestCheck);
    }
}
