using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Fares;

/// <summary>May this code enter? A closed gate is an answer. An open one begins a trip, one per key.</summary>
internal sealed class TapIn(IDbContextFactory<GatewayDb> databases, TapDesk desk)
{
    public async Task<TapInResponse> RunAsync(Tap tap, Caller.Institution caller, CancellationToken ct)
    {
        desk.Accept(tap, caller);
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Set<TripRow>().AnyAsync(trip => trip.Id == tap.OperationId, ct))
            return Opened(tap);
        var key = await TapDesk.FindKeyAsync(db, tap, ct);
        var decision = desk.Decide(tap, key, amount: null, blockedMayPass: false, out var code);
        if (decision == GateDecision.Open && key!.OpenTripId is not null)
            decision = GateDecision.AlreadyEntered;
        if (decision != GateDecision.Open)
            return new TapInResponse { Decision = decision };
        (key!.OpenTripId, key.LastCodeAt) = (tap.OperationId, code.GeneratedAt);
        db.Add(Begin(tap, key));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another gate was first with another code of the same key.
            return new TapInResponse { Decision = GateDecision.AlreadyEntered };
        }
        return Opened(tap);
    }

    private static TapInResponse Opened(Tap tap) => new() { Decision = GateDecision.Open, TripId = tap.OperationId };

    private static TripRow Begin(Tap tap, RideKeyRow key) => new()
    {
        Id = tap.OperationId, OperatorId = tap.OperatorCode, Subject = key.Subject, CertificateId = key.CertificateId,
        RideKeyId = key.Id, Stage = TripStage.Inside, EntryStation = tap.StationId, EntryGate = tap.GateId,
        EntryAt = tap.At, WalletId = key.WalletId,
    };
}
