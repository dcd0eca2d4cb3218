using Ecert.Certificates.RideCodes;
using Ecert.Certificates.Suites;
using Ecert.Gateway;
using Ecert.Gateway.Fares;

namespace Ecert.Standalone.Composition;

/// <summary>
/// A transit certification authority and an issuer under it, made anew at every start as the databases are.
/// </summary>
internal static class RideKeys
{
    private const byte AuthorityKeyIndex = 1;
    private const string IssuerId = "31010001";

    public static async Task<RideKeyOptions> NewAsync(TimeProvider clock, CancellationToken ct)
    {
        var authority = SignatureSuite.Sm2.GenerateKey();
        var issuer = SignatureSuite.Sm2.GenerateKey();
        var lastMonth = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddYears(1);
        var certificate = await RideIssuerCertificate.CertifyAsync(
            authority, AuthorityKeyIndex, IssuerId, serial: 1, lastMonth, issuer.PublicKey, ct);
        return new RideKeyOptions
        {
            Issuer = new RideKeyIssuer(certificate, issuer),
            AuthorityKeys = new Dictionary<byte, PublicKey> { [AuthorityKeyIndex] = authority.PublicKey },
        };
    }
}
