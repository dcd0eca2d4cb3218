using Ecert.Kernel;

namespace Ecert.Certificates.Presentations;

/// <summary>What a verifier finds. Closed: there is no other outcome, and verifying never throws.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>The verdict's name in UPPER_SNAKE: stable, for machines.</summary>
    public abstract string Code { get; }

    /// <summary>One English sentence for whoever runs the verifier; no personal data.</summary>
    public abstract string Sentence { get; }

    /// <summary>All holds.</summary>
    /// <param name="AsOf">
    /// The freshness of the verdict: nothing that happened after this time (a revocation, a withdrawn signer) was
    /// known.
    /// </param>
    /// <param name="Claims">What the certificate says.</param>
    /// <param name="Statement">What the holder said.</param>
    /// <param name="Presentation">Names this showing: what a replay guard keeps.</param>
    public sealed record Valid(
        DateTimeOffset AsOf, CertificateClaims Claims, HolderStatement Statement, PresentationId Presentation) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "VALID";

        /// <inheritdoc/>
        public override string Sentence => $"Valid as of {AsOf:yyyy-MM-ddTHH:mm:ssZ}.";
    }

    /// <summary>The certificate has run out.</summary>
    /// <param name="At">When.</param>
    public sealed record Expired(DateTimeOffset At) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "EXPIRED";

        /// <inheritdoc/>
        public override string Sentence => $"The certificate expired at {At:yyyy-MM-ddTHH:mm:ssZ}.";
    }

    /// <summary>The certificate, or the holder's statement, lies in the future.</summary>
    /// <param name="From">From when it would hold.</param>
    public sealed record NotYetValid(DateTimeOffset From) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "NOT_YET_VALID";

        /// <inheritdoc/>
        public override string Sentence => $"It does not hold before {From:yyyy-MM-ddTHH:mm:ssZ}; check the clocks.";
    }

    /// <summary>
    /// No signer of the trust list may have signed it: unknown, retired before, or of another division.
    /// </summary>
    /// <param name="KeyId">The id the certificate names its signer by.</param>
    public sealed record UnknownSigner(Trust.KeyId KeyId) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "UNKNOWN_SIGNER";

        /// <inheritdoc/>
        public override string Sentence =>
            $"No trusted signer {KeyId} may sign certificates of this division and date.";
    }

    /// <summary>The issuer's signature does not hold.</summary>
    public sealed record BadIssuerSignature : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "BAD_ISSUER_SIGNATURE";

        /// <inheritdoc/>
        public override string Sentence => "The certificate was not signed by the signer it names.";
    }

    /// <summary>The holder's signature does not hold.</summary>
    public sealed record BadHolderSignature : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "BAD_HOLDER_SIGNATURE";

        /// <inheritdoc/>
        public override string Sentence => "The presentation was not signed with the key of the certificate's holder.";
    }

    /// <summary>The holder's statement is too old: a copy, or a picture shown too long.</summary>
    /// <param name="MadeAt">When it was made.</param>
    public sealed record Stale(DateTimeOffset MadeAt) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "STALE";

        /// <inheritdoc/>
        public override string Sentence =>
            $"The presentation was made at {MadeAt:yyyy-MM-ddTHH:mm:ssZ}: show a fresh one.";
    }

    /// <summary>This very presentation was shown here before.</summary>
    public sealed record Replayed : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "REPLAYED";

        /// <inheritdoc/>
        public override string Sentence => "This presentation was used before: show a fresh one.";
    }

    /// <summary>It was meant for another kind of place.</summary>
    /// <param name="MeantFor">For which.</param>
    public sealed record WrongAudience(AudienceKind MeantFor) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "WRONG_AUDIENCE";

        /// <inheritdoc/>
        public override string Sentence => $"The presentation is meant for {MeantFor}, not for here.";
    }

    /// <summary>The amount is more than the holder agreed to.</summary>
    /// <param name="Ceiling">What the holder agreed to.</param>
    public sealed record AboveCeiling(Money Ceiling) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "ABOVE_CEILING";

        /// <inheritdoc/>
        public override string Sentence => $"The holder agreed to no more than {Ceiling} yuan.";
    }

    /// <summary>The certificate was revoked for good.</summary>
    /// <param name="AsOf">The time of the status list that says so.</param>
    public sealed record Revoked(DateTimeOffset AsOf) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "REVOKED";

        /// <inheritdoc/>
        public override string Sentence => "The certificate was revoked.";
    }

    /// <summary>The certificate is suspended: it may come back.</summary>
    /// <param name="AsOf">The time of the status list that says so.</param>
    public sealed record Suspended(DateTimeOffset AsOf) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "SUSPENDED";

        /// <inheritdoc/>
        public override string Sentence => "The certificate is suspended.";
    }

    /// <summary>Whether it holds cannot be told offline: ask the gateway.</summary>
    /// <param name="Why">Why not.</param>
    public sealed record MustGoOnline(OnlineReason Why) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "MUST_GO_ONLINE";

        /// <inheritdoc/>
        public override string Sentence => Why switch
        {
            OnlineReason.OneTimeCode => "A one-time code can be redeemed online only.",
            OnlineReason.TrustListExpired => "The trust list at hand has expired.",
            OnlineReason.StatusUnknown => "No status list at hand covers the certificate.",
            OnlineReason.StatusTooOld => "The status list at hand is too old.",
            OnlineReason.AmountTooHigh => "The amount is above what may be accepted offline.",
            _ => throw new InvalidOperationException($"There is no reason {Why}."),
        };
    }

    /// <summary>It is no presentation of this format, or not in the one form the format allows.</summary>
    /// <param name="Where">The path of the field at fault, such as <c>presentation.statement.nonce</c>.</param>
    public sealed record Malformed(string Where) : Verdict
    {
        /// <inheritdoc/>
        public override string Code => "MALFORMED";

        /// <inheritdoc/>
        public override string Sentence => $"The text is not a well-formed presentation, at {Where}.";
    }
}

/// <summary>Why a verdict cannot be reached offline.</summary>
public enum OnlineReason
{
    /// <summary>The text is a 28-digit one-time code.</summary>
    OneTimeCode = 1,

    /// <summary>The trust list at hand has expired.</summary>
    TrustListExpired = 2,

    /// <summary>No status list at hand covers the certificate.</summary>
    StatusUnknown = 3,

    /// <summary>The status list at hand is expired or older than the policy allows.</summary>
    StatusTooOld = 4,

    /// <summary>The amount is above the policy's offline ceiling.</summary>
    AmountTooHigh = 5,
}
