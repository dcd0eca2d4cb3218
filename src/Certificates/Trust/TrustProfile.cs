namespace Ecert.Certificates.Trust;

/// <summary>
/// The X.509 profile of the chain national root → province CA → document signer, and root → trust-list signer. The
/// object identifiers lie under a UUID (ITU-T X.667, arc 2.25): nobody else's, and nobody to ask.
/// </summary>
public static class TrustProfile
{
    private const string Arc = "2.25.600433585397182587025731316418236992";

    /// <summary>
    /// Extended key usage of a document signer: signs e-certificates and their status lists, nothing else.
    /// </summary>
    public const string DocumentSigning = Arc + ".1";

    /// <summary>Extended key usage of a trust-list signer.</summary>
    public const string TrustListSigning = Arc + ".2";

    /// <summary>
    /// The attribute of a subject that holds the division code (<c>stateOrProvinceName</c>). A province CA's subject
    /// begins with country CN and its division, and a critical name constraint (RFC 5280 §4.2.1.10) permits it
    /// directory names that begin the same way, and no others.
    /// </summary>
    public const string DivisionAttribute = "2.5.4.8";

    /// <summary>The media type in the header of a signed trust list.</summary>
    internal const string TrustListType = "application/ecert-trust-list+cbor";
}
