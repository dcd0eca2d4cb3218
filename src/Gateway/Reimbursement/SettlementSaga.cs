using Ecert.Adapters.Ports;
using Ecert.Gateway.Books;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// One settlement over its payers: hold the insurer's and the account's parts, have the cash paid, then book all three
/// in one commit; or let go of everything. Every step may be repeated: ids follow from the settlement's, and a stage is
/// left once.
/// </summary>
internal sealed class SettlementSaga(
    IDbContextFactory<GatewayDb> databases, SettlementBookings bookings, PaymentOrders orders, ChangeFeed changes,
    TimeProvider clock, GatewayOptions options, ILogger<SettlementSaga> logger)
{
    /// <summary>After how long a settlement whose caller is gone is taken up by the janitor.</summary>
    public static readonly TimeSpan TakeUpAfter = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longer than any channel keeps an unpaid order: the parts are let go by us, not by running out.
    /// </summary>
    private static readonly TimeSpan HoldFor = TimeSpan.FromDays(8);

    /// <summary>Goes on from wherever the settlement stands, until it is done or waits for its payer.</summary>
    /// <exception cref="RefusedException">
    /// The personal account no longer covers its part; nothing is held any more.
    /// </exception>
    public async Task ContinueAsync(string settlementId, CancellationToken ct)
    {
        var settlement = await LoadAsync(settlementId, ct);
        if (settlement.Stage != SettlementStage.Settling || settlement.IsReversal)
            return;
        var parts = PreSettlement.Parser.ParseFrom(settlement.PreSettlement);
        if (!await bookings.HoldAsync(settlement, parts, HoldFor, ct))
        {
            await FailAsync(settlement, "The personal account no longer covers its part.", ct);
            throw RefusalCatalogue.AccountBalanceInsufficient.AsRefusal().ToException();
        }
        if (settlement.Payer is null)
            await CompleteAsync(settlement, null, ct);
        else
            await OpenPaymentAsync(settlement, Payer.Parser.ParseFrom(settlement.Payer), ct);
    }

    /// <summary>All parts are in: books them and completes.</summary>
    public async Task CompleteAsync(SettlementRow settlement, ChannelName? channel, CancellationToken ct)
    {
        if (settlement.Stage != SettlementStage.Settling)
            return;
        var bookedAt = await bookings.BookAsync(
            settlement, PreSettlement.Parser.ParseFrom(settlement.PreSettlement), channel, ct);
        await MoveAsync(
            settlement.Id, SettlementStage.Settling, SettlementStage.Complete, "", ct, completedAt: bookedAt);
    }

    /// <summary>The cash does not come, or a limit is in the way: lets go of what is held and ends.</summary>
    public async Task FailAsync(SettlementRow settlement, string why, CancellationToken ct)
    {
        if (settlement.Stage != SettlementStage.Settling)
            return;
        await bookings.ReleaseAsync(settlement, PreSettlement.Parser.ParseFrom(settlement.PreSettlement), ct);
        await MoveAsync(settlement.Id, SettlementStage.Settling, SettlementStage.Failed, why, ct);
    }

    /// <summary>A settlement by id.</summary>
    public async Task<SettlementRow> LoadAsync(string settlementId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<SettlementRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == settlementId, ct)
            ?? throw RefusalCatalogue.SettlementNotFound.AsRefusal().ToException();
    }

    /// <summary>
    /// Leaves a stage for another, if it is still in it. A completed settlement belongs to the day the ledger booked
    /// it, so that the two are of one day whatever the clock says by now.
    /// </summary>
    public async Task MoveAsync(string settlementId, SettlementStage from, SettlementStage to, string detail,
        CancellationToken ct, DateTimeOffset? completedAt = null)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var moved = await db.Set<SettlementRow>().Where(row => row.Id == settlementId && row.Stage == from)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Stage, to)
                .SetProperty(row => row.StageDetail, detail)
                .SetProperty(row => row.UpdatedAt, now)
                .SetProperty(row => row.NextStepAt, (DateTimeOffset?)null)
                .SetProperty(row => row.CompletedAt, row => completedAt ?? row.CompletedAt), ct);
        if (moved == 0)
            return;
        SettlementLog.Moved(logger, settlementId, from, to);
        changes.Publish(settlementId);
    }

    /// <summary>From here the payment or refund brings it on: nothing is to be looked for by itself.</summary>
    public async Task WaitForNewsAsync(string settlementId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Set<SettlementRow>().Where(row => row.Id == settlementId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextStepAt, (DateTimeOffset?)null), ct);
    }

    private async Task OpenPaymentAsync(SettlementRow settlement, Payer payer, CancellationToken ct)
    {
        await orders.OpenAsync(new PaymentRow
        {
            Id = settlement.PaymentId!, Party = $"institution:{settlement.InstitutionId}",
            Channel = PaymentMessages.ToChannel(payer.Channel), Scene = PaymentMessages.ToScene(payer.Scene),
            PayerId = payer.PayerId, AmountFen = settlement.CashFen, Description = $"Medical bill {settlement.VisitId}",
            Purpose = SettlementPurpose.Name, BusinessId = settlement.Id, State = Payments.PaymentState.Created,
            ExpiresAt = settlement.CreatedAt + options.PaymentLifetime, CreatedAt = clock.GetUtcNow(),
        }, ct);
        await WaitForNewsAsync(settlement.Id, ct);
    }
}

/// <summary>What settlements say.</summary>
internal static partial class SettlementLog
{
    [LoggerMessage(501, LogLevel.Information, "Settlement {Settlement} went from {Before} to {After}.")]
    public static partial void Moved(ILogger logger, string settlement, SettlementStage before, SettlementStage after);
}
