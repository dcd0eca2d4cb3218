using Ecert.Gateway.Books;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Fares;

/// <summary>
/// May this code leave, and what does the trip cost? The fare is fixed and booked here and the gate answered at once;
/// <see cref="TripPurpose"/> collects behind it. Of two gates at once one ends the trip.
/// </summary>
internal sealed class TapOut(
    IDbContextFactory<GatewayDb> databases, TapDesk desk, CollectionBookings bookings, TimeProvider clock)
{
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(5);

    public async Task<TapOutResponse> RunAsync(Tap tap, Caller.Institution caller, CancellationToken ct)
    {
        var network = desk.Accept(tap, caller);
        await using var db = await databases.CreateDbContextAsync(ct);
        var ended = await db.Set<TripRow>().AsNoTracking()
            .SingleOrDefaultAsync(trip => trip.ExitOperationId == tap.OperationId, ct);
        if (ended is not null)
            return Opened(ended, Overstayed(ended, network, tap));
        var key = await TapDesk.FindKeyAsync(db, tap, ct);
        var trip = await OpenTripAsync(db, key, tap, ct);
        var overstayed = trip is not null && Overstayed(trip, network, tap);
        var fare = trip is null ? null : await FareOfAsync(db, trip, network, tap, overstayed, ct);
        var decision = desk.Decide(tap, key, fare?.Charged, blockedMayPass: true, out var code);
        if (decision != GateDecision.Open)
            return Closed(decision);
        if (trip is null)
            return Closed(await WhyNotInsideAsync(db, key!, tap, ct));
        End(trip, tap, fare!);
        (key!.OpenTripId, key.LastCodeAt) = (null, code.GeneratedAt);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another gate was first with another code of the same key.
            return Closed(GateDecision.LeftJustNow);
        }
        if (fare!.Charged.IsPositive)
            await bookings.AccrueFareAsync(trip.Id, trip.OperatorId, fare.Charged, ct);
        return Opened(trip, overstayed);
    }

    private static async Task<TripRow?> OpenTripAsync(GatewayDb db, RideKeyRow? key, Tap tap, CancellationToken ct) =>
        key?.OpenTripId is { } id
            ? await db.Set<TripRow>().SingleOrDefaultAsync(
                trip => trip.Id == id && trip.OperatorId == tap.OperatorCode, ct)
            : null;

    private static bool Overstayed(TripRow trip, FareNetwork network, Tap tap) =>
        (trip.ExitAt ?? tap.At) - trip.EntryAt > network.LongestStay;

    private static async Task<Fare> FareOfAsync(
        GatewayDb db, TripRow trip, FareNetwork network, Tap tap, bool overstayed, CancellationToken ct)
    {
        var spent = await MonthSpentAsync(db, trip, tap.At, ct);
        var fare = QuoteFare.Expect(
            FareTable.Quote(network, trip.EntryStation, tap.StationId, RiderCategory.Adult, spent));
        return overstayed ? FareTable.Overstayed(network, fare) : fare;
    }

    /// <summary>What the rider spent with this operator in the calendar month (Beijing) of the tap.</summary>
    private static async Task<Money> MonthSpentAsync(
        GatewayDb db, TripRow trip, DateTimeOffset at, CancellationToken ct)
    {
        var day = BeijingDays.Of(at);
        var start = BeijingDays.Start(new DateOnly(day.Year, day.Month, 1));
        var end = BeijingDays.Start(new DateOnly(day.Year, day.Month, 1).AddMonths(1));
        return new Money(await db.Set<TripRow>()
            .Where(row => row.Subject == trip.Subject && row.OperatorId == trip.OperatorId && row.ExitAt >= start
                && row.ExitAt < end)
            .SumAsync(row => row.FareFen, ct));
    }

    private static async Task<GateDecision> WhyNotInsideAsync(
        GatewayDb db, RideKeyRow key, Tap tap, CancellationToken ct)
    {
        var since = tap.At - JustNow;
        return await db.Set<TripRow>().AnyAsync(
            trip => trip.RideKeyId == key.Id && trip.ExitStation == tap.StationId && trip.ExitAt >= since, ct)
            ? GateDecision.LeftJustNow
            : GateDecision.NotEntered;
    }

    private void End(TripRow trip, Tap tap, Fare fare)
    {
        (trip.ExitStation, trip.ExitGate, trip.ExitAt) = (tap.StationId, tap.GateId, tap.At);
        (trip.FareFen, trip.BaseFareFen) = (fare.Charged.Fen, fare.Base.Fen);
        (trip.MonthlyDiscountFen, trip.SurchargeFen) = (fare.MonthlyDiscount.Fen, fare.Surcharge.Fen);
        (trip.DistanceMetres, trip.FareTable) = (fare.DistanceMetres, fare.Table);
        trip.ExitOperationId = tap.OperationId;
        trip.Stage = fare.Charged.IsPositive ? TripStage.Collecting : TripStage.Free;
        trip.NextStepAt = fare.Charged.IsPositive ? clock.GetUtcNow() : null;
    }

    private static TapOutResponse Closed(GateDecision decision) => new() { Decision = decision };

    private static TapOutResponse Opened(TripRow trip, bool overstayed) => new()
    {
        Decision = overstayed ? GateDecision.Overstayed : GateDecision.Open,
        Trip = TripMessages.ToMessage(trip, payment: null, overdue: false),
    };
}
