using Ecert.Certificates.Cose;
using Ecert.Certificates.Status;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Kernel.Identifiers;

namespace Ecert.Certificates;

/// <summary>
/// A province's document signer at work: issues certificates and signs status lists. Safe between threads.
/// </summary>
/// <param name="division">The province the signer's X.509 certificate is bound to.</param>
/// <param name="keyId">The id of that certificate: <see cref="KeyId.Of"/> of its DER.</param>
/// <param name="key">The signer's key.</param>
public sealed class CertificateIssuer(DivisionCode division, KeyId keyId, SigningKey key)
{
    /// <summary>The province.</summary>
    public DivisionCode Division => division;

    /// <summary>The id of the signer's X.509 certificate.</summary>
    public KeyId KeyId => keyId;

    /// <summary>Signs a certificate.</summary>
    /// <exception cref="ArgumentException">The claims break a rule of <see cref="CertificateClaims"/>.</exception>
    public async ValueTask<SignedCertificate> IssueAsync(CertificateClaims claims, CancellationToken ct)
    {
        Check(claims);
        var payload = ClaimsFormat.Encode(claims);
        var bytes = await CoseSign1.SignAsync(new CoseHeader(key.Suite, keyId), payload, key, tagged: true, ct);
        return SignedCertificate.Read(bytes, "certificate");
    }

    /// <summary>Signs a status list as a Status List Token in CWT form.</summary>
    /// <param name="address">The address the list is published at (<c>sub</c>).</param>
    /// <param name="statuses">The statuses.</param>
    /// <param name="issuedAt">When the statuses were true (<c>iat</c>).</param>
    /// <param name="expiresAt">After when nobody may rely on them (<c>exp</c>).</param>
    /// <param name="timeToLive">How long a copy may be kept before asking again (<c>ttl</c>); whole seconds.</param>
    /// <param name="ct">Cancels the signing.</param>
    public ValueTask<byte[]> SignStatusListAsync(
        Uri address, StatusArray statuses, DateTimeOffset issuedAt, DateTimeOffset expiresAt, TimeSpan timeToLive,
        CancellationToken ct)
    {
        var payload = StatusListFormat.Encode(address, statuses, issuedAt, expiresAt, timeToLive);
        var header = new CoseHeader(key.Suite, keyId, StatusListFormat.MediaType);
        return CoseSign1.SignAsync(header, payload, key, tagged: true, ct);
    }

    /// <summary>Signs a status list as a Status List Token in JWT form, for those who read JSON alone.</summary>
    /// <param name="address">The address the list is published at (<c>sub</c>).</param>
    /// <param name="statuses">The statuses.</param>
    /// <param name="issuedAt">When the statuses were true (<c>iat</c>).</param>
    /// <param name="expiresAt">After when nobody may rely on them (<c>exp</c>).</param>
    /// <param name="timeToLive">How long a copy may be kept before asking again (<c>ttl</c>); whole seconds.</param>
    /// <param name="ct">Cancels the signing.</param>
    /// <exception cref="NotSupportedException">
    /// The key is an SM2 key: JOSE has no registered algorithm for it, so there is no such token.
    /// </exception>
    public ValueTask<string> SignStatusListJwtAsync(
        Uri address, StatusArray statuses, DateTimeOffset issuedAt, DateTimeOffset expiresAt, TimeSpan timeToLive,
        CancellationToken ct) =>
        StatusListJwt.SignAsync(
            StatusListJwt.Encode(address, statuses, issuedAt, expiresAt, timeToLive), keyId, key, ct);

    private void Check(CertificateClaims claims)
    {
        Require(claims.Issuer == division, "The certificate's issuer is not the signer's division.");
        Require(claims.InsuredPlace.Province == division.Province, "The insured place lies outside the province.");
        Require(ClaimsFormat.IsId(claims.Id.Value), "The certificate id is not 1 to 26 visible ASCII characters.");
        Require(ClaimsFormat.IsId(claims.Subject.Value), "The subject is not 1 to 26 visible ASCII characters.");
        Require(ClaimsFormat.IsScheme(claims.Scheme), "The scheme is not three digits.");
        Require(Enum.IsDefined(claims.Assurance), "The assurance level is not one of the list.");
        Require(claims.Status is { List: >= 0 and <= ushort.MaxValue, Index: >= 0 }, "There is no such status place.");
        Require(claims.IssuedAt <= claims.NotBefore, "The certificate would hold before it is issued.");
        Require(claims.NotBefore < claims.ExpiresAt, "The certificate would never hold.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new ArgumentException(otherwise);
    }
}
