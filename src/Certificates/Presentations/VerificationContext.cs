using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;
using Ecert.Kernel;

namespace Ecert.Certificates.Presentations;

/// <summary>
/// Admits a presentation that was not shown before and remembers it; false when it was. Called last, and only for a
/// presentation that is otherwise valid. Safe between threads.
/// </summary>
/// <param name="presentation">Names the showing.</param>
/// <param name="until">From when on it may be forgotten: by then it is stale anyway.</param>
public delegate bool ReplayGuard(PresentationId presentation, DateTimeOffset until);

/// <summary>Where and when a presentation is verified, and what is known there.</summary>
public sealed record VerificationContext
{
    /// <summary>The time of the verifier's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What kind of place this is.</summary>
    public required AudienceKind Audience { get; init; }

    /// <summary>What the holder is about to be charged with, or null when nothing is charged.</summary>
    public Money? Amount { get; init; }

    /// <summary>Who may sign.</summary>
    public required TrustList Trust { get; init; }

    /// <summary>What is known of revocations.</summary>
    public StatusLists Status { get; init; } = StatusLists.None;

    /// <summary>
    /// What remembers the presentations shown here. Null leaves replays to the caller, who then spends
    /// <see cref="Verdict.Valid.Presentation"/> itself, as a server with several replicas does.
    /// </summary>
    public ReplayGuard? Replay { get; init; }

    /// <summary>What this place accepts.</summary>
    public VerificationPolicy Policy { get; init; } = VerificationPolicy.Default;
}

/// <summary>What a place accepts.</summary>
public sealed record VerificationPolicy
{
    /// <summary>
    /// Fresh for a minute, thirty seconds of clock skew, status no older than a day, no offline ceiling.
    /// </summary>
    public static VerificationPolicy Default { get; } = new();

    /// <summary>How long after it was made a presentation is fresh.</summary>
    public TimeSpan PresentationLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>By how much the holder's clock may differ from this one's, either way.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How old the status list may be. Null: a certificate that no list at hand covers is accepted, and the verdict's
    /// freshness is then that of the trust list or the certificate's issue, whichever is earlier.
    /// </summary>
    public TimeSpan? MaximumStatusAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The most that may be accepted offline; null: any amount.</summary>
    public Money? OfflineCeiling { get; init; }
}
