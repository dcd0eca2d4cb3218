namespace Ecert.Kernel.Refusals;

/// <summary>
/// Every reason this system refuses for, by area. One list, so that the documentation cannot miss one.
/// </summary>
public static partial class RefusalCatalogue
{
    /// <summary>One or more fields are at fault; the violations list all of them.</summary>
    public static readonly RefusalReason InvalidRequest = new(
        "INVALID_REQUEST", RefusalStatus.InvalidArgument,
        "One or more fields of the request are at fault; every one of them is listed.",
        "Correct the listed fields and send the request again.");

    /// <summary>The same request id came with other content.</summary>
    public static readonly RefusalReason RequestIdReused = new(
        "REQUEST_ID_REUSED", RefusalStatus.AlreadyExists,
        "This request_id was used before with other content; nothing was done.",
        "Use a new request_id for a new request, or repeat the first content unchanged to get its answer.");

    /// <summary>The first call with this request id is still running.</summary>
    public static readonly RefusalReason RequestInProgress = new(
        "REQUEST_IN_PROGRESS", RefusalStatus.Aborted,
        "The first call with this request_id is still being worked on.",
        "Repeat the same request after a short while to get its answer.");

    /// <summary>The verb exists in the contract but is not built yet.</summary>
    public static readonly RefusalReason VerbNotOffered = new(
        "VERB_NOT_OFFERED", RefusalStatus.Unimplemented,
        "This verb is part of the contract but not offered by this release.",
        "See the coverage table in the README.");

    /// <summary>No usable client certificate.</summary>
    public static readonly RefusalReason PartyUnknown = new(
        "PARTY_UNKNOWN", RefusalStatus.Unauthenticated,
        "The call came without a client certificate of a registered party.",
        "Connect with the certificate issued at registration.");

    /// <summary>No usable access token, or one bound to another certificate.</summary>
    public static readonly RefusalReason TokenInvalid = new(
        "TOKEN_INVALID", RefusalStatus.Unauthenticated,
        "The access token is missing, expired, not meant for this gateway, or not bound to the certificate in use.",
        "Get a token from the authorization server over the same client certificate and repeat.");

    /// <summary>The party may not call this verb.</summary>
    public static readonly RefusalReason NotPermitted = new(
        "NOT_PERMITTED", RefusalStatus.PermissionDenied,
        "This party may not call this verb: its kind or its token's scope does not cover it.",
        "Ask for the scope at registration, or call as the party that has it.");

    /// <summary>Something inside failed; nothing of it is told.</summary>
    public static readonly RefusalReason CounterpartUnavailable = new(
        "COUNTERPART_UNAVAILABLE", RefusalStatus.Unavailable,
        "A system outside the gateway did not answer in time; nothing is lost.",
        "Repeat with the same request_id after backing off.");

    /// <summary>The party's quota is used up.</summary>
    public static readonly RefusalReason QuotaExceeded = new(
        "QUOTA_EXCEEDED", RefusalStatus.ResourceExhausted,
        "This party sent more calls per second than its quota allows; nothing was done.",
        "Back off and repeat with the same request_id.");
}
