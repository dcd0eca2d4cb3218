using Ecert.Certificates;
using Ecert.Certificates.Presentations;
using Ecert.Certificates.Suites;
using Ecert.Kernel;

namespace Ecert.Standalone.Journey.Actors;

/// <summary>
/// The citizen's phone: holds the certificate and the key, and shows fresh presentations with or without a network.
/// </summary>
internal sealed record Wallet(
    TimeProvider Clock, string OpenId, SignedCertificate Certificate, SigningKey HolderKey, DPoPToken Token)
{
    /// <summary>What the QR picture says now.</summary>
    public ValueTask<string> ShowAsync(AudienceKind audience, CancellationToken ct) => HolderPresentation.CreateAsync(
        Certificate, HolderStatement.New(Clock.GetUtcNow(), audience, null, RandomSource.System), HolderKey, ct);
}
