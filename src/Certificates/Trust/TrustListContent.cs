using Ecert.Certificates.Cose;
using Ecert.Certificates.Suites;

namespace Ecert.Certificates.Trust;

/// <summary>What the national operator puts into a trust list.</summary>
/// <param name="Version">Greater than that of every list before; from 1.</param>
/// <param name="IssuedAt">Now.</param>
/// <param name="ExpiresAt">From when on nobody may rely on it.</param>
/// <param name="Entries">The signers; one whose documents still live stays listed after it retired.</param>
public sealed record TrustListContent(
    long Version, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, IReadOnlyList<TrustListEntry> Entries)
{
    /// <summary>Signs the list.</summary>
    /// <param name="signerCertificate">The trust-list signer's X.509 certificate in DER, issued by the root.</param>
    /// <param name="key">Its key.</param>
    /// <param name="ct">Cancels the signing.</param>
    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signerCertificate, SigningKey key, CancellationToken ct)
    {
        var header = new CoseHeader(key.Suite, null, TrustProfile.TrustListType, [signerCertificate]);
        return CoseSign1.SignAsync(header, TrustListFormat.Encode(this), key, tagged: true, ct);
    }
}

/// <summary>One signer of a trust list.</summary>
/// <param name="SignerCertificate">The document signer's X.509 certificate in DER.</param>
/// <param name="ProvinceCertificate">Its province CA's, issued by the root.</param>
/// <param name="StatusLists">
/// The absolute address below which the province publishes its status lists, by number.
/// </param>
/// <param name="RetiredAt">Since when the signer signs no more; what it signed before stays good.</param>
public sealed record TrustListEntry(
    ReadOnlyMemory<byte> SignerCertificate, ReadOnlyMemory<byte> ProvinceCertificate, Uri StatusLists,
    DateTimeOffset? RetiredAt = null);
