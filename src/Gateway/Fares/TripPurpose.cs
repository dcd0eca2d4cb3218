using Ecert.Adapters.Ports;
using Ecert.Gateway.Books;
using Ecert.Gateway.Janitor;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Fares;

/// <summary>
/// Collects the fares of ended trips under the riders' agreements, behind the gate. A fare that cannot be collected is
/// owed, and the key that rode for it opens no more gates.
/// </summary>
internal sealed class TripPurpose(
    IDbContextFactory<GatewayDb> databases, PaymentOrders orders, CollectionBookings bookings,
    PersonalDataCipher cipher, GatewayOptions options, TimeProvider clock, ILogger<TripPurpose> logger)
    : IPaymentPurpose, IUnfinishedBusiness
{
    public const string Name = "trip";
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(30);

    public string Kind => Name;

    public async Task PaidAsync(PaymentRow payment, CancellationToken ct)
    {
        var trip = await LoadAsync(payment.BusinessId, ct);
        await bookings.CollectFareAsync(trip.Id, trip.OperatorId, new Money(trip.FareFen), payment.Channel, ct);
        await EndAsync(trip.Id, TripStage.Paid, ct);
    }

    public Task NotPaidAsync(PaymentRow payment, CancellationToken ct) =>
        EndAsync(payment.BusinessId, TripStage.Owed, ct);

    /// <summary>Only an order that was paid after it had ended here is given back: the trip stays owed.</summary>
    public Task RefundEndedAsync(PaymentRow payment, RefundRow refund, CancellationToken ct) => Task.CompletedTask;

    public async Task<IReadOnlyList<UnfinishedRecord>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = await db.Set<TripRow>().AsNoTracking().Where(row => row.NextStepAt <= now)
            .OrderBy(row => row.NextStepAt).Take(100).Select(row => row.Id).ToListAsync(ct);
        return [.. due.Select(id => new UnfinishedRecord(id, token => CollectAsync(id, token)))];
    }

    private async Task CollectAsync(string tripId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var mine = db.Set<TripRow>().Where(row => row.Id == tripId && row.Stage == TripStage.Collecting);
        // Put off first: another replica leaves it alone meanwhile, and one that fails does not crowd out the others.
        var taken = await mine.Where(row => row.NextStepAt <= now).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.NextStepAt, now + TryAgainAfter), ct);
        if (taken == 0)
            return;
        var trip = await LoadAsync(tripId, ct);
        await bookings.AccrueFareAsync(trip.Id, trip.OperatorId, new Money(trip.FareFen), ct);
        var wallet = await db.Set<WalletRow>().AsNoTracking().SingleAsync(row => row.Id == trip.WalletId, ct);
        await orders.OpenAsync(Order(trip, wallet), ct);
        // On record now: the order itself sees to its end and tells us.
        await mine.ExecuteUpdateAsync(set => set.SetProperty(row => row.NextStepAt, (DateTimeOffset?)null), ct);
    }

    private PaymentRow Order(TripRow trip, WalletRow wallet)
    {
        var now = clock.GetUtcNow();
        return new PaymentRow
        {
            Id = trip.ExitOperationId!, Party = $"citizen:{trip.Subject}", Channel = wallet.Channel,
            Scene = ChannelScene.Agreement, PayerId = cipher.Unprotect(wallet.Agreement, BindWallet.Place(wallet.Id)),
            AmountFen = trip.FareFen, Description = $"Metro trip {trip.Id}", Purpose = Name, BusinessId = trip.Id,
            State = PaymentState.Created, ExpiresAt = now + options.PaymentLifetime, CreatedAt = now,
        };
    }

    private async Task EndAsync(string tripId, TripStage stage, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var trip = await db.Set<TripRow>().SingleAsync(row => row.Id == tripId, ct);
        if (trip.Stage != TripStage.Collecting)
            return;
        (trip.Stage, trip.NextStepAt) = (stage, null);
        if (stage == TripStage.Owed)
            (await db.Set<RideKeyRow>().SingleAsync(key => key.Id == trip.RideKeyId, ct)).State = RideKeyState.Blocked;
        await db.SaveChangesAsync(ct);
        TripLog.Ended(logger, tripId, stage);
    }

    private async Task<TripRow> LoadAsync(string tripId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<TripRow>().AsNoTracking().SingleAsync(row => row.Id == tripId, ct);
    }
}

/// <summary>What trips say.</summary>
internal static partial class TripLog
{
    [LoggerMessage(701, LogLevel.Information, "The fare of trip {Trip} ended as {Stage}.")]
    public static partial void Ended(ILogger logger, string trip, TripStage stage);
}
