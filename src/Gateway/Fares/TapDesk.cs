using System.Security.Cryptography;
using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Fares;

/// <summary>What both directions have in common: the request, the key behind the code, the code itself.</summary>
internal sealed class TapDesk(GatewayOptions options, SharedState shared, TimeProvider clock)
{
    private static readonly Dictionary<byte, PublicKey> NoKeys = [];

    /// <summary>Checks the request and finds the operator's fares.</summary>
    /// <exception cref="RefusedException">The request is at fault.</exception>
    public FareNetwork Accept(Tap tap, Caller.Institution caller)
    {
        tap.Check(caller, clock.GetUtcNow());
        var network = QuoteFare.Network(options, tap.OperatorCode);
        return network.Stations.Any(station => station.Id == tap.StationId)
            ? network
            : throw QuoteFare.NoStation([tap.StationId]);
    }

    /// <summary>The key that the code names; nothing is believed yet.</summary>
    public static async Task<RideKeyRow?> FindKeyAsync(GatewayDb db, Tap tap, CancellationToken ct) =>
        RideCode.TryRead(tap.Code.Span, out var code, out _)
            ? await db.Set<RideKeyRow>().SingleOrDefaultAsync(key => key.Id == code.Rights.AccountNumber, ct)
            : null;

    /// <summary>Verifies the code as a gate would, with what is known of its key here, and spends it.</summary>
    /// <param name="tap">The scan.</param>
    /// <param name="key">The key behind it.</param>
    /// <param name="amount">What the ride costs; null at the entry.</param>
    /// <param name="blockedMayPass">True at the exit: the blacklist keeps people out, not in.</param>
    /// <param name="code">The code, when the decision is to open.</param>
    public GateDecision Decide(Tap tap, RideKeyRow? key, Money? amount, bool blockedMayPass, out RideCode code)
    {
        var verdict = RideCodeVerifier.Verify(tap.Code.Span, new RideContext
        {
            Now = clock.GetUtcNow(), Amount = amount, AuthorityKeys = options.RideKeys?.AuthorityKeys ?? NoKeys,
            IsBlacklisted = _ => !blockedMayPass && key is { State: RideKeyState.Blocked },
            Spend = (id, until) => shared.TryClaim($"ride/{id}", tap.OperationId, until),
        });
        code = (verdict as RideVerdict.Open)?.Code!;
        if (code is null)
            return ToDecision(verdict);
        // Signed by a trusted issuer, but of a key that is not on record here.
        if (key is null || !CryptographicOperations.FixedTimeEquals(key.RiderKey, code.Rights.RiderKey.ToCompressed()))
            return GateDecision.KeyUnknown;
        return key.LastCodeAt == code.GeneratedAt ? GateDecision.Replayed : GateDecision.Open;
    }

    private static GateDecision ToDecision(RideVerdict verdict) => verdict switch
    {
        RideVerdict.Malformed => GateDecision.Malformed,
        RideVerdict.KeyUnknown => GateDecision.KeyUnknown,
        RideVerdict.BadIssuerCertificate => GateDecision.BadIssuerCertificate,
        RideVerdict.BadIssuerSignature => GateDecision.BadIssuerSignature,
        RideVerdict.BadRiderSignature => GateDecision.BadRiderSignature,
        RideVerdict.Expired => GateDecision.Expired,
        RideVerdict.AboveCeiling => GateDecision.AboveCeiling,
        RideVerdict.Blacklisted => GateDecision.Blacklisted,
        RideVerdict.Replayed => GateDecision.Replayed,
        _ => throw new InvalidOperationException($"No decision for {verdict.GetType().Name}."),
    };
}
