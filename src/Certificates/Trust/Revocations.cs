namespace Ecert.Certificates.Trust;

/// <summary>
/// What the revocation lists at hand take back. One that is spoilt, stale or nobody's makes all unusable.
/// </summary>
internal abstract record Revocations
{
    private Revocations() { }

    /// <summary>Every list stands.</summary>
    internal sealed record Known(IReadOnlyList<RevocationList> Lists) : Revocations
    {
        internal bool Contains(TrustCertificate certificate) => Lists.Any(list => list.Revokes(certificate));
    }

    /// <summary>One does not.</summary>
    internal sealed record Unusable(string Why) : Revocations;

    internal static Revocations Load(
        IReadOnlyList<ReadOnlyMemory<byte>> encoded, TrustCertificate root, IReadOnlyList<TrustListEntry> entries,
        DateTimeOffset now)
    {
        if (encoded.Count == 0)
            return new Known([]);
        var provinces = entries.Select(entry => TrustCertificateReader.TryRead(entry.ProvinceCertificate))
            .OfType<TrustCertificate>()
            .Where(province => province.IssuedBy(root));
        TrustCertificate[] authorities = [root, .. provinces];
        var lists = new List<RevocationList>();
        for (var index = 0; index < encoded.Count; index++)
        {
            if (RevocationListReader.TryRead(encoded[index]) is not { } list)
                return new Unusable($"Revocation list {index} is not of this profile.");
            if (!authorities.Any(list.IssuedBy))
                return new Unusable($"Revocation list {index} is signed by no authority of the trust list.");
            if (now < list.ThisUpdate || list.NextUpdate <= now)
                return new Unusable($"Revocation list {index} is out of its validity.");
            lists.Add(list);
        }
        return new Known(lists);
    }
}

/// <summary>A CRL (RFC 5280 §5) as far as it matters here: the full list of one authority.</summary>
internal sealed record RevocationList
{
    internal required ReadOnlyMemory<byte> ToBeSigned { get; init; }
    internal required string SignatureAlgorithm { get; init; }
    internal required byte[] Signature { get; init; }
    internal required DistinguishedName Issuer { get; init; }
    internal required DateTimeOffset ThisUpdate { get; init; }
    internal required DateTimeOffset NextUpdate { get; init; }
    internal required IReadOnlySet<string> SerialNumbers { get; init; }

    internal bool IssuedBy(TrustCertificate authority) =>
        Issuer.Encoded.Span.SequenceEqual(authority.Subject.Encoded.Span)
        && SignatureAlgorithm == authority.PublicKey.Suite.SignatureObjectIdentifier
        && authority.PublicKey.Verify(ToBeSigned.Span, Signature);

    internal bool Revokes(TrustCertificate certificate) =>
        Issuer.Encoded.Span.SequenceEqual(certificate.Issuer.Encoded.Span)
        && SerialNumbers.Contains(Convert.ToHexString(certificate.SerialNumber.Span));
}
