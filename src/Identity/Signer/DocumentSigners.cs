using Ecert.Certificates;
using Ecert.Certificates.Suites;
using Ecert.Certificates.Trust;
using Ecert.Kernel.Identifiers;

namespace Ecert.Identity.Signer;

/// <summary>The provinces' document signers and the trust-list signer, at work.</summary>
internal sealed class DocumentSigners
{
    private readonly Dictionary<DivisionCode, CertificateIssuer> _issuers = [];
    private readonly SigningKey _trustListKey;
    private readonly TrustListOptions _trustList;

    /// <exception cref="ArgumentException">A province is configured twice or without its chain.</exception>
    public DocumentSigners(IdentityOptions options)
    {
        _trustList = options.TrustList;
        _trustListKey = PrivateKeys.Open(options.TrustList.Key);
        foreach (var province in options.Provinces)
        {
            if (province.Chain.Count < 2)
                throw new ArgumentException($"Province {province.Division} lacks its signer's or its own certificate.");
            var issuer = new CertificateIssuer(
                province.Division, KeyId.Of(province.Chain[0].Span), PrivateKeys.Open(province.Key));
            if (!_issuers.TryAdd(province.Division, issuer))
                throw new ArgumentException($"Province {province.Division} is configured twice.");
        }
    }

    /// <summary>The issuer of a province; null when it has no profile here.</summary>
    public CertificateIssuer? Find(DivisionCode province) => _issuers.GetValueOrDefault(province);

    /// <summary>Signs a trust list.</summary>
    public ValueTask<byte[]> SignAsync(TrustListContent content, CancellationToken ct) =>
        content.SignAsync(_trustList.SignerCertificate, _trustListKey, ct);
}
