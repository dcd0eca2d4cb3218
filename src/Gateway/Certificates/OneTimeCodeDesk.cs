using Ecert.Certificates.Presentations;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// Redeems 28-digit codes at the issuer, who spends each once for all replicas and says how its certificate stands at
/// that moment.
/// </summary>
internal sealed class OneTimeCodeDesk(CertificateRegistry registry, TimeProvider clock)
{
    /// <summary>Spends a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="spender">The operation that spends it.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="RefusedException">It is not good; the message begins with the verdict.</exception>
    public async Task<Shown> SpendAsync(OneTimeCode code, string spender, CancellationToken ct)
    {
        var asOf = clock.GetUtcNow();
        return await registry.RedeemAsync(code.Value, spender, ct) switch
        {
            CodeOutcome.Redeemed redeemed => Admit(redeemed.Certificate, asOf),
            CodeOutcome.Spent => throw Refuse("REPLAYED: This code was used before: show a fresh one."),
            CodeOutcome.Lapsed => throw Refuse("STALE: This code has lapsed: show a fresh one."),
            _ => throw Refuse("MALFORMED: These digits are no code in use."),
        };
    }

    private static Shown Admit(KnownCertificate certificate, DateTimeOffset asOf) => certificate.State switch
    {
        CertificateState.Active => new Shown(
            certificate.Subject, certificate.Id, certificate.AssuranceLevel,
            new PresentationVerification
            {
                Verdict = PresentationVerdict.Valid, ValidAsOf = asOf.ToTimestamp(),
                Detail = $"Valid as of {asOf:yyyy-MM-ddTHH:mm:ssZ}.",
            }),
        CertificateState.Suspended => throw Refuse("SUSPENDED: The certificate is suspended."),
        CertificateState.Revoked => throw Refuse("REVOKED: The certificate was revoked."),
        _ => throw Refuse("EXPIRED: The certificate has expired."),
    };

    private static RefusedException Refuse(string message) =>
        RefusalCatalogue.PresentationNotValid.With(message).ToException();
}

/// <summary>What a good presentation, of either kind, says.</summary>
/// <param name="Subject">The pseudonym of its holder.</param>
/// <param name="CertificateId">The certificate shown.</param>
/// <param name="AssuranceLevel">Assurance level of the activation.</param>
/// <param name="Verification">The verdict and what it rests on.</param>
internal sealed record Shown(
    string Subject, string CertificateId, int AssuranceLevel, PresentationVerification Verification);
