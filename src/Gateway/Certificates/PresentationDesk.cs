using Ecert.Certificates.Presentations;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// Verifies presentations online: the offline verdict, and a replay guard that holds for every gate at once.
/// </summary>
internal sealed class PresentationDesk(TrustMaterial trust, SharedState state, TimeProvider clock)
{
    /// <summary>Verifies and, where asked to, spends the presentation.</summary>
    /// <param name="text">What the QR picture says.</param>
    /// <param name="audience">What kind of place the caller is.</param>
    /// <param name="spender">The operation that uses the presentation up; null for a mere look.</param>
    /// <param name="at">The moment to judge by; null for now.</param>
    /// <param name="ct">Cancels fetching trust material.</param>
    public async Task<Verdict> VerifyAsync(
        string text, AudienceKind audience, string? spender, DateTimeOffset? at, CancellationToken ct)
    {
        var material = await trust.CurrentAsync(ct);
        return PresentationVerifier.Verify(text, new VerificationContext
        {
            Now = at ?? clock.GetUtcNow(), Audience = audience, Trust = material.Trust, Status = material.Status,
            Replay = spender is null
                ? null
                : (presentation, until) => state.TryClaim($"presentation/{presentation}", spender, until),
        });
    }

    /// <summary>The kind of place an institution is.</summary>
    public static AudienceKind AudienceOf(InstitutionKind kind) => kind switch
    {
        InstitutionKind.Hospital or InstitutionKind.Pharmacy => AudienceKind.Medical,
        InstitutionKind.TransitOperator => AudienceKind.Transit,
        _ => AudienceKind.PublicService,
    };

    /// <summary>A verdict as the contract carries it.</summary>
    public static PresentationVerification ToMessage(Verdict verdict) => new()
    {
        Verdict = verdict switch
        {
            Verdict.Valid => PresentationVerdict.Valid,
            Verdict.Expired => PresentationVerdict.Expired,
            Verdict.NotYetValid => PresentationVerdict.NotYetValid,
            Verdict.UnknownSigner => PresentationVerdict.UnknownSigner,
            Verdict.BadIssuerSignature => PresentationVerdict.BadIssuerSignature,
            Verdict.BadHolderSignature => PresentationVerdict.BadHolderSignature,
            Verdict.Stale => PresentationVerdict.Stale,
            Verdict.Replayed => PresentationVerdict.Replayed,
            Verdict.Revoked => PresentationVerdict.Revoked,
            Verdict.Suspended => PresentationVerdict.Suspended,
            Verdict.WrongAudience => PresentationVerdict.WrongAudience,
            Verdict.AboveCeiling => PresentationVerdict.AboveCeiling,
            Verdict.MustGoOnline => PresentationVerdict.MustGoOnline,
            Verdict.Malformed => PresentationVerdict.Malformed,
            _ => throw new InvalidOperationException($"The contract has no verdict for {verdict.Code}."),
        },
        Detail = verdict.Sentence,
        ValidAsOf = verdict is Verdict.Valid valid ? valid.AsOf.ToTimestamp() : null,
    };
}
