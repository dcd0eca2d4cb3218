namespace Ecert.Kernel.Refusals;

/// <summary>
/// The class of a refusal. The numbers are those of the gRPC status codes (google.rpc.Code), so that the edge can
/// carry them over without a table.
/// </summary>
public enum RefusalStatus
{
    /// <summary>The request itself is wrong, whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>It ran out of the time the caller gave.</summary>
    DeadlineExceeded = 4,

    /// <summary>The named thing does not exist, or the caller may not know that it does.</summary>
    NotFound = 5,

    /// <summary>The thing to be made exists already, with other content.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known but may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota or limit is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The state of the system does not allow it now; repeating the same call will not help.</summary>
    FailedPrecondition = 9,

    /// <summary>A concurrent change got in the way; read again and repeat.</summary>
    Aborted = 10,

    /// <summary>The verb is not offered here.</summary>
    Unimplemented = 12,

    /// <summary>A counterpart cannot be reached; repeat with backing off.</summary>
    Unavailable = 14,

    /// <summary>The caller is not known: no valid client certificate or token.</summary>
    Unauthenticated = 16,
}
