namespace Ecert.Kernel.Refusals;

// Why a person's insurance cannot be used or told.
public static partial class RefusalCatalogue
{
    /// <summary>The insured-person base does not know this person by this voucher.</summary>
    public static readonly RefusalReason PersonNotFound = new(
        "PERSON_NOT_FOUND", RefusalStatus.NotFound,
        "The insured-person base does not know this person by this voucher.",
        "Check name and number against the document.");

    /// <summary>The person is not insured in the scheme asked for, or the insurance is paused.</summary>
    public static readonly RefusalReason PersonNotInsured = new(
        "PERSON_NOT_INSURED", RefusalStatus.FailedPrecondition,
        "The person is not insured in the scheme asked for, or the insurance is paused.",
        "Settle without insurance, or with another scheme the person is enrolled in.");

    /// <summary>
    /// The scheme does not pay for this kind of care, or care outside the insured place was not filed.
    /// </summary>
    public static readonly RefusalReason CareNotCovered = new(
        "CARE_NOT_COVERED", RefusalStatus.FailedPrecondition,
        "The scheme does not pay for this kind of care, or care outside the insured place was not filed.",
        "Settle without insurance, or have the filing made and repeat.");

    /// <summary>No benefit rules are in force for this insured place on this day.</summary>
    public static readonly RefusalReason PolicyPackMissing = new(
        "POLICY_PACK_MISSING", RefusalStatus.FailedPrecondition,
        "No benefit rules are in force for this insured place on this day.",
        "Settle without insurance; the province hands in its policy pack.");
}
