using Ecert.Certificates.Cose;
using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;

namespace Ecert.Certificates.Presentations;

/// <summary>
/// Tells whether a presentation holds: with no network, no clock of its own and no state but the caller's replay guard.
/// Safe between threads. Whatever the text is, the answer is a <see cref="Verdict"/>, never an exception.
/// </summary>
public static class PresentationVerifier
{
    /// <summary>Verifies what a QR picture says.</summary>
    /// <param name="text">The text: <c>HEC1:…</c>, or 28 digits (which only the gateway can redeem).</param>
    /// <param name="context">Where and when, and what is known there.</param>
    public static Verdict Verify(string text, VerificationContext context)
    {
        if (OneTimeCode.TryParse(text, out _))
            return new Verdict.MustGoOnline(OnlineReason.OneTimeCode);
        try
        {
            return Judge(PresentationFormat.Decode(text), context);
        }
        catch (MalformedException exception)
        {
            return new Verdict.Malformed(exception.Where);
        }
    }

    /// <summary>
    /// The checks in order: who signed, then when, then for whom, then status, and the replay guard last.
    /// </summary>
    private static Verdict Judge(DecodedPresentation presentation, VerificationContext context)
    {
        if (context.Trust.ExpiresAt <= context.Now)
            return new Verdict.MustGoOnline(OnlineReason.TrustListExpired);
        var certificate = presentation.Certificate;
        var refusal = CheckIssuer(certificate, context.Trust)
            ?? CheckHolder(presentation)
            ?? CheckValidity(certificate.Claims, context)
            ?? CheckFreshness(presentation.Statement, context)
            ?? CheckUse(presentation.Statement, context);
        if (refusal is not null)
            return refusal;
        var status = context.Status.Find(certificate.Claims.Issuer, certificate.Claims.Status);
        return CheckStatus(status, context) ?? Admit(presentation, status, context);
    }

    private static Verdict? CheckIssuer(SignedCertificate certificate, TrustList trust)
    {
        var known = false;
        foreach (var signer in trust.Find(certificate.KeyId))
        {
            if (!signer.MaySign(certificate.Claims))
                continue;
            known = true;
            if (certificate.SignedBy(signer.PublicKey))
                return null;
        }
        return known ? new Verdict.BadIssuerSignature() : new Verdict.UnknownSigner(certificate.KeyId);
    }

    private static Verdict.BadHolderSignature? CheckHolder(DecodedPresentation presentation) =>
        presentation.Message.VerifiedBy(presentation.Certificate.Claims.HolderKey)
            ? null
            : new Verdict.BadHolderSignature();

    private static Verdict? CheckValidity(CertificateClaims claims, VerificationContext context)
    {
        if (claims.NotBefore > context.Now + context.Policy.ClockSkew)
            return new Verdict.NotYetValid(claims.NotBefore);
        return claims.ExpiresAt <= context.Now ? new Verdict.Expired(claims.ExpiresAt) : null;
    }

    private static Verdict? CheckFreshness(HolderStatement statement, VerificationContext context)
    {
        if (statement.MadeAt > context.Now + context.Policy.ClockSkew)
            return new Verdict.NotYetValid(statement.MadeAt);
        return StaleFrom(statement, context) <= context.Now ? new Verdict.Stale(statement.MadeAt) : null;
    }

    private static Verdict? CheckUse(HolderStatement statement, VerificationContext context)
    {
        if (statement.Audience != context.Audience)
            return new Verdict.WrongAudience(statement.Audience);
        if (context.Amount is not { } amount)
            return null;
        if (statement.Ceiling is { } ceiling && amount > ceiling)
            return new Verdict.AboveCeiling(ceiling);
        return context.Policy.OfflineCeiling is { } most && amount > most
            ? new Verdict.MustGoOnline(OnlineReason.AmountTooHigh)
            : null;
    }

    private static Verdict? CheckStatus(KnownStatus? status, VerificationContext context)
    {
        if (status is null && context.Policy.MaximumStatusAge is null)
            return null;
        if (status is null)
            return new Verdict.MustGoOnline(OnlineReason.StatusUnknown);
        // A revocation is for good, so that even an old list is enough to refuse.
        if (status.Value.Status == CertificateStatus.Revoked)
            return new Verdict.Revoked(status.Value.AsOf);
        var tooOld = status.Value.ExpiresAt <= context.Now
            || (context.Policy.MaximumStatusAge is { } age && status.Value.AsOf + age < context.Now);
        if (tooOld)
            return new Verdict.MustGoOnline(OnlineReason.StatusTooOld);
        return status.Value.Status switch
        {
            CertificateStatus.Valid => null,
            CertificateStatus.Suspended => new Verdict.Suspended(status.Value.AsOf),
            _ => new Verdict.MustGoOnline(OnlineReason.StatusUnknown),
        };
    }

    private static Verdict Admit(DecodedPresentation presentation, KnownStatus? status, VerificationContext context)
    {
        var claims = presentation.Certificate.Claims;
        var id = PresentationId.Of(claims.Id, presentation.Statement.Nonce.Span);
        if (context.Replay is { } guard && !guard(id, StaleFrom(presentation.Statement, context)))
            return new Verdict.Replayed();
        var other = status?.AsOf ?? claims.IssuedAt;
        var asOf = other < context.Trust.IssuedAt ? other : context.Trust.IssuedAt;
        return new Verdict.Valid(asOf, claims, presentation.Statement, id);
    }

    private static DateTimeOffset StaleFrom(HolderStatement statement, VerificationContext context) =>
        statement.MadeAt + context.Policy.PresentationLifetime + context.Policy.ClockSkew;
}
