using Ecert.Certificates;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Kernel.Identifiers;

namespace Ecert.CertsDev;

/// <summary>National root → province CA → document signer, and the trust-list signer. All P-256.</summary>
/// <param name="Root">The root that verifiers pin.</param>
/// <param name="TrustListSigner">Signs trust lists.</param>
/// <param name="Provinces">The provinces' keys.</param>
public sealed record NationalTrust(
    KeyedCertificate Root, KeyedCertificate TrustListSigner, IReadOnlyDictionary<DivisionCode, ProvinceKeys> Provinces)
{
    /// <summary>A province's document signer, ready to issue.</summary>
    public CertificateIssuer Issuer(DivisionCode province)
    {
        var signer = Provinces[province].DocumentSigner;
        return new CertificateIssuer(
            province, KeyId.Of(signer.Certificate.RawData), SignatureSuite.Es256.ImportPem(signer.PrivateKeyPem));
    }

    /// <summary>Signs a trust list with every province's document signer on it.</summary>
    /// <param name="version">Greater than before.</param>
    /// <param name="now">When it is issued.</param>
    /// <param name="lifetime">How long it may be relied upon.</param>
    /// <param name="statusLists">The address below which a province publishes its status lists.</param>
    /// <param name="ct">Cancels the signing.</param>
    public ValueTask<byte[]> SignTrustListAsync(
        long version, DateTimeOffset now, TimeSpan lifetime, Func<DivisionCode, Uri> statusLists, CancellationToken ct)
    {
        var entries = Provinces.OrderBy(province => province.Key.Value, StringComparer.Ordinal).Select(province =>
            new TrustListEntry(
                province.Value.DocumentSigner.Certificate.RawData, province.Value.Authority.Certificate.RawData,
                statusLists(province.Key)));
        var key = SignatureSuite.Es256.ImportPem(TrustListSigner.PrivateKeyPem);
        return new TrustListContent(version, now, now + lifetime, [.. entries])
            .SignAsync(TrustListSigner.Certificate.RawData, key, ct);
    }

    internal static NationalTrust Read(DevelopmentChain chain) => new(
        chain.Certificate(Layout.Root),
        chain.Certificate(Layout.TrustListSigner),
        Cast.Provinces.ToDictionary(DivisionCode.Parse, code => new ProvinceKeys(
            chain.Certificate(Layout.ProvinceAuthority(code)), chain.Certificate(Layout.DocumentSigner(code)))));
}

/// <summary>A province's keys.</summary>
/// <param name="Authority">Its CA, bound to its division.</param>
/// <param name="DocumentSigner">What signs its certificates and status lists.</param>
public sealed record ProvinceKeys(KeyedCertificate Authority, KeyedCertificate DocumentSigner);
