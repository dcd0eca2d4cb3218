namespace Ecert.Kernel.Refusals;

// Why a statement or a difference is refused, and why a list or a stream cannot go on.
public static partial class RefusalCatalogue
{
    /// <summary>There is no statement of this day with this counterpart.</summary>
    public static readonly RefusalReason StatementNotFound = new(
        "STATEMENT_NOT_FOUND", RefusalStatus.NotFound,
        "There is no statement of this day with this counterpart.",
        "Check the day and the counterpart; a day is compared after it has ended.");

    /// <summary>The counterpart has not produced its side of this day yet.</summary>
    public static readonly RefusalReason StatementNotReady = new(
        "STATEMENT_NOT_READY", RefusalStatus.FailedPrecondition,
        "The counterpart has not produced its side of this day yet.",
        "Ask again later in the day.");

    /// <summary>There is no such difference.</summary>
    public static readonly RefusalReason DifferenceNotFound = new(
        "DIFFERENCE_NOT_FOUND", RefusalStatus.NotFound,
        "There is no such difference.",
        "List the differences of the day.");

    /// <summary>The difference is resolved already, with another resolution or note.</summary>
    public static readonly RefusalReason DifferenceAlreadyResolved = new(
        "DIFFERENCE_ALREADY_RESOLVED", RefusalStatus.FailedPrecondition,
        "The difference is resolved already, with another resolution or note.",
        "Read the difference.");

    /// <summary>The page_token was not given by this list with these filters.</summary>
    public static readonly RefusalReason PageTokenInvalid = new(
        "PAGE_TOKEN_INVALID", RefusalStatus.InvalidArgument,
        "The page_token was not given by this list with these filters.",
        "Begin with an empty page_token and keep the filters from page to page.");

    /// <summary>The resume_token was not given by this stream, or is older than what is kept.</summary>
    public static readonly RefusalReason ResumeTokenInvalid = new(
        "RESUME_TOKEN_INVALID", RefusalStatus.InvalidArgument,
        "The resume_token was not given by this stream, or is older than what is kept.",
        "Begin with an empty resume_token: the stream then begins with the present state.");
}
