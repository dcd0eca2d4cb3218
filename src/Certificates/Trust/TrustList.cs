using Ecert.Certificates.Cose;

namespace Ecert.Certificates.Trust;

/// <summary>
/// The document signers a verifier trusts: a signed list, checked against nothing but the pinned national root.
/// Immutable and safe between threads.
/// </summary>
public sealed class TrustList
{
    private readonly Dictionary<KeyId, TrustedSigner[]> _byKeyId;

    private TrustList(TrustListContent content, IReadOnlyList<TrustedSigner> signers, IReadOnlyList<string> rejected)
    {
        (Version, IssuedAt, ExpiresAt) = (content.Version, content.IssuedAt, content.ExpiresAt);
        (Signers, Rejected) = (signers, rejected);
        _byKeyId = signers.GroupBy(signer => signer.KeyId).ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>Grows with every list the operator signs.</summary>
    public long Version { get; }

    /// <summary>When the list was signed: what it says of signers was true then.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>From when on it may not be relied upon.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The signers whose chains stand, in the list's order.</summary>
    public IReadOnlyList<TrustedSigner> Signers { get; }

    /// <summary>
    /// Why each of the other entries was passed over. One province's mistake must not close the gates of all, so that a
    /// bad entry loses its signer and not the list; whoever loads the list reports these.
    /// </summary>
    public IReadOnlyList<string> Rejected { get; }

    /// <summary>Every signer with this id: one, as a rule, but ids may collide.</summary>
    public IReadOnlyList<TrustedSigner> Find(KeyId keyId) => _byKeyId.GetValueOrDefault(keyId, []);

    /// <summary>Reads and verifies a signed list.</summary>
    /// <param name="signed">The list as published.</param>
    /// <param name="rootCertificate">The pinned national root, X.509 in DER.</param>
    /// <param name="now">The time of the reader's clock.</param>
    /// <param name="knownVersion">The version last loaded: an older list is refused.</param>
    /// <param name="revocationLists">
    /// CRLs (RFC 5280 §5, DER) of the root and of province CAs. Each must stand, or nothing is loaded: whoever can
    /// spoil a revocation list must not gain by it.
    /// </param>
    public static TrustListOutcome Load(
        ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> rootCertificate, DateTimeOffset now, long knownVersion = 0,
        IReadOnlyList<ReadOnlyMemory<byte>>? revocationLists = null)
    {
        if (TrustCertificateReader.TryRead(rootCertificate) is not { } root)
            return new TrustListOutcome.Refused("The pinned root is no X.509 certificate of this profile.");
        if (TrustChain.CheckRoot(root, now) is { } fault)
            return new TrustListOutcome.Refused(fault);
        try
        {
            var message = CoseSign1.Decode(signed, tagged: true, "trust_list");
            return Load(message, root, now, knownVersion, revocationLists ?? []);
        }
        catch (MalformedException exception)
        {
            return new TrustListOutcome.Refused($"The list is malformed at {exception.Where}.");
        }
    }

    private static TrustListOutcome Load(
        CoseSign1 message, TrustCertificate root, DateTimeOffset now, long knownVersion,
        IReadOnlyList<ReadOnlyMemory<byte>> revocationLists)
    {
        if (message.Header.Type != TrustProfile.TrustListType || message.Header.Chain is not [var signerDer])
            return new TrustListOutcome.Refused("The list's header is not that of a trust list.");
        if (TrustCertificateReader.TryRead(signerDer) is not { } signer)
            return new TrustListOutcome.Refused("The list's signer has no X.509 certificate of this profile.");
        if (TrustChain.CheckTrustListSigner(root, signer, now) is { } fault)
            return new TrustListOutcome.Refused(fault);
        if (!message.VerifiedBy(signer.PublicKey))
            return new TrustListOutcome.Refused("The list's signature does not hold.");
        var content = TrustListFormat.Decode(message.Payload);
        if (content.Version < knownVersion)
            return new TrustListOutcome.Refused($"The list's version {content.Version} is older than {knownVersion}.");
        if (content.ExpiresAt <= now)
            return new TrustListOutcome.Refused("The list has expired.");
        var revocations = Revocations.Load(revocationLists, root, content.Entries, now);
        if (revocations is Revocations.Unusable unusable)
            return new TrustListOutcome.Refused(unusable.Why);
        var known = (Revocations.Known)revocations;
        return known.Contains(signer)
            ? new TrustListOutcome.Refused("The trust-list signer was revoked.")
            : new TrustListOutcome.Loaded(Build(content, root, known, now));
    }

    private static TrustList Build(
        TrustListContent content, TrustCertificate root, Revocations.Known revocations, DateTimeOffset now)
    {
        var signers = new List<TrustedSigner>();
        var rejected = new List<string>();
        for (var index = 0; index < content.Entries.Count; index++)
        {
            var fault = TryAdd(content.Entries[index], root, revocations, now, signers);
            if (fault is not null)
                rejected.Add($"Entry {index}: {fault}");
        }
        return new TrustList(content, signers, rejected);
    }

    private static string? TryAdd(
        TrustListEntry entry, TrustCertificate root, Revocations.Known revocations, DateTimeOffset now,
        List<TrustedSigner> signers)
    {
        if (TrustCertificateReader.TryRead(entry.SignerCertificate) is not { } signer
            || TrustCertificateReader.TryRead(entry.ProvinceCertificate) is not { } province)
            return "A certificate is not of this profile.";
        if (TrustChain.CheckDocumentSigner(root, province, signer, now) is { } fault)
            return fault;
        if (revocations.Contains(province) || revocations.Contains(signer))
            return "The signer or its CA was revoked.";
        var until = entry.RetiredAt is { } retired && retired < signer.NotAfter ? retired : signer.NotAfter;
        var division = province.Subject.Division!.Value;
        signers.Add(new TrustedSigner(
            signer.KeyId, division, signer.PublicKey, signer.NotBefore, until, entry.StatusLists));
        return null;
    }
}

/// <summary>What loading a trust list ends in.</summary>
public abstract record TrustListOutcome
{
    private TrustListOutcome() { }

    /// <summary>The list stands.</summary>
    public sealed record Loaded(TrustList List) : TrustListOutcome;

    /// <summary>It does not; keep the one before.</summary>
    /// <param name="Why">One sentence for the operator.</param>
    public sealed record Refused(string Why) : TrustListOutcome;
}
