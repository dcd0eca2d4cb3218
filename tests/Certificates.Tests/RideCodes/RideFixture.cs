using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Kernel;

namespace Ecert.Certificates.Tests.RideCodes;

/// <summary>A transit CA, an issuer it certified, and a rider.</summary>
internal sealed class RideFixture
{
    internal const byte Index = 7;
    internal static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    internal SigningKey Authority { get; } = SignatureSuite.Sm2.GenerateKey();
    internal SigningKey IssuerKey { get; } = SignatureSuite.Sm2.GenerateKey();
    internal SigningKey Rider { get; } = SignatureSuite.Sm2.GenerateKey();
    internal HashSet<string> Blacklist { get; } = [];
    internal HashSet<string> Spent { get; } = [];

    internal RideContext Context(DateTimeOffset? now = null, Money? amount = null) => new()
    {
        Now = now ?? Now, Amount = amount, IsBlacklisted = Blacklist.Contains, Spend = (id, _) => Spent.Add(id),
        AuthorityKeys = new Dictionary<byte, PublicKey> { [Index] = Authority.PublicKey },
    };

    internal Task<RideIssuerCertificate> CertifyAsync(SigningKey? authority = null, DateOnly? lastMonth = null) =>
        RideIssuerCertificate.CertifyAsync(authority ?? Authority, Index, "12345678", 42,
            lastMonth ?? new DateOnly(2027, 1, 1), IssuerKey.PublicKey, CancellationToken.None);

    internal RideRights Rights(int customSize = 0) => new(
        "6200000000000001", new string('0', 20), "12345678", "00000001", 1, new Money(2_000), Rider.PublicKey,
        Now.AddDays(30), TimeSpan.FromSeconds(60),
        Enumerable.Range(0, customSize).Select(value => (byte)value).ToArray());

    internal async Task<byte[]> AuthoriseAsync(RideRights? rights = null, RideIssuerCertificate? certificate = null) =>
        await new RideKeyIssuer(certificate ?? await CertifyAsync(), IssuerKey)
            .AuthoriseAsync(rights ?? Rights(), CancellationToken.None);

    internal async Task<byte[]> CodeAsync(
        DateTimeOffset? at = null, RideRights? rights = null, RideIssuerCertificate? certificate = null,
        SigningKey? rider = null) => await RideCode.CompleteAsync(
            await AuthoriseAsync(rights, certificate), at ?? Now, rider ?? Rider, CancellationToken.None);
}
