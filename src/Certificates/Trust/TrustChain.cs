namespace Ecert.Certificates.Trust;

/// <summary>
/// Path validation for the two short chains of this profile: a narrowing of RFC 5280 §6 in which every rule is listed.
/// Answers null when the chain stands, or one sentence that says why not.
/// </summary>
internal static class TrustChain
{
    internal static string? CheckRoot(TrustCertificate root, DateTimeOffset now)
    {
        if (!IsAuthority(root) || !root.IssuedBy(root))
            return "The pinned root is no self-signed authority.";
        return root.HoldsAt(now) ? null : "The pinned root is out of its validity.";
    }

    /// <summary>Root → province CA → document signer.</summary>
    internal static string? CheckDocumentSigner(
        TrustCertificate root, TrustCertificate province, TrustCertificate signer, DateTimeOffset now)
    {
        if (!province.IssuedBy(root))
            return "The province CA is not issued by the pinned root.";
        if (!IsAuthority(province) || province.Extensions.PathLength is not 0)
            return "The province CA is no authority with path length 0.";
        if (!province.HoldsAt(now))
            return "The province CA is out of its validity.";
        if (province.Subject.Division is not { } division || division != division.Province)
            return "The province CA names no province.";
        if (province.Extensions.PermittedNames is not [var permitted]
            || permitted.Division != division || !province.Subject.Within(permitted))
            return "The province CA is not constrained to its own division.";
        if (!signer.IssuedBy(province))
            return "The signer is not issued by the province CA.";
        if (!signer.Subject.Within(permitted))
            return "The signer lies outside the division of its CA.";
        return CheckSigner(signer, TrustProfile.DocumentSigning);
    }

    /// <summary>Root → trust-list signer.</summary>
    internal static string? CheckTrustListSigner(TrustCertificate root, TrustCertificate signer, DateTimeOffset now)
    {
        if (!signer.IssuedBy(root))
            return "The trust-list signer is not issued by the pinned root.";
        if (!signer.HoldsAt(now))
            return "The trust-list signer is out of its validity.";
        return CheckSigner(signer, TrustProfile.TrustListSigning);
    }

    private static string? CheckSigner(TrustCertificate signer, string usage)
    {
        if (signer.Extensions.IsAuthority || !signer.Extensions.MaySignDocuments)
            return "The signer is an authority, or may not sign.";
        return signer.Extensions.ExtendedKeyUsages is [var only] && only == usage
            ? null
            : "The signer's extended key usage is another.";
    }

    private static bool IsAuthority(TrustCertificate certificate) =>
        certificate.Extensions is { IsAuthority: true, MaySignCertificates: true };
}
