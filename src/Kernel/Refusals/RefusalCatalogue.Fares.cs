namespace Ecert.Kernel.Refusals;

// Why a ride key, a quote or a trip is refused. A gate that stays closed is an answer, not a refusal.
public static partial class RefusalCatalogue
{
    /// <summary>The rider has unpaid trips and gets no new ride key.</summary>
    public static readonly RefusalReason RiderBlocked = new(
        "RIDER_BLOCKED", RefusalStatus.FailedPrecondition,
        "The rider has unpaid trips and gets no new ride key.",
        "Have the trips paid first.");

    /// <summary>The proof was not made with the private key that belongs to the public key.</summary>
    public static readonly RefusalReason ProofOfPossessionInvalid = new(
        "PROOF_OF_POSSESSION_INVALID", RefusalStatus.InvalidArgument,
        "The proof was not made with the private key that belongs to the public key.",
        "Sign the request_id with the key whose public part is sent.");

    /// <summary>There is no such transport operator.</summary>
    public static readonly RefusalReason OperatorNotFound = new(
        "OPERATOR_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such transport operator.",
        "Check the operator_code.");

    /// <summary>The operator has no such station, or no fare is known between the two.</summary>
    public static readonly RefusalReason StationNotFound = new(
        "STATION_NOT_FOUND", RefusalStatus.NotFound,
        "The operator has no such station, or no fare is known between the two.",
        "Check the station ids against the fare table in force.");

    /// <summary>There is no such trip, or it is not the caller's to see.</summary>
    public static readonly RefusalReason TripNotFound = new(
        "TRIP_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such trip, or it is not the caller's to see.",
        "Check the trip_id.");

    /// <summary>The trip has both ends, or its time in the paid area is not over.</summary>
    public static readonly RefusalReason TripNotCompletable = new(
        "TRIP_NOT_COMPLETABLE", RefusalStatus.FailedPrecondition,
        "The trip has both ends, or its time in the paid area is not over.",
        "Read the trip; only a missing end can be completed.");

    /// <summary>The stream is not one header followed by as many taps as it announces.</summary>
    public static readonly RefusalReason TapUploadMalformed = new(
        "TAP_UPLOAD_MALFORMED", RefusalStatus.InvalidArgument,
        "The stream is not one header followed by as many taps as it announces.",
        "Send the header first and once, then every tap once.");
}
