namespace Ecert.Kernel.Refusals;

// Why a certificate, a presentation or a token of a visit is refused.
public static partial class RefusalCatalogue
{
    /// <summary>There is no such e-certificate, or it is not the caller's to see.</summary>
    public static readonly RefusalReason CertificateNotFound = new(
        "CERTIFICATE_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such e-certificate, or it is not the caller's to see.",
        "Check the certificate_id; an app sees its own user's certificate alone.");

    /// <summary>The e-certificate is suspended, revoked or expired.</summary>
    public static readonly RefusalReason CertificateNotActive = new(
        "CERTIFICATE_NOT_ACTIVE", RefusalStatus.FailedPrecondition,
        "The e-certificate is suspended, revoked or expired.",
        "Ask the holder to activate a new one, or have the suspension lifted.");

    /// <summary>
    /// What was shown is not a valid presentation; the message begins with the verdict, such as STALE or REPLAYED.
    /// </summary>
    public static readonly RefusalReason PresentationNotValid = new(
        "PRESENTATION_NOT_VALID", RefusalStatus.FailedPrecondition,
        "What was shown is not a valid presentation; the message begins with the verdict, such as STALE or REPLAYED.",
        "Ask the holder to show the code again; after a second failure use VerifyPresentation for the whole verdict.");

    /// <summary>The ec_token is unknown, expired, or bound to another institution, business type or operator.</summary>
    public static readonly RefusalReason EcTokenInvalid = new(
        "EC_TOKEN_INVALID", RefusalStatus.FailedPrecondition,
        "The ec_token is unknown, expired, or bound to another institution, business type or operator.",
        "Scan the e-certificate again for this business at this desk.");

    /// <summary>This party may not name a person by this kind of voucher.</summary>
    public static readonly RefusalReason VoucherNotPermitted = new(
        "VOUCHER_NOT_PERMITTED", RefusalStatus.PermissionDenied,
        "This party may not name a person by this kind of voucher.",
        "Use an ec_token, or ask for the permission at registration.");

    /// <summary>No trust list that is still believed is at hand, so nothing can be verified.</summary>
    public static readonly RefusalReason TrustListNotReady = new(
        "TRUST_LIST_NOT_READY", RefusalStatus.Unavailable,
        "No trust list that is still believed is at hand, so nothing can be verified.",
        "Repeat after backing off; operators look at the trust list's source.");
}
