namespace Ecert.Ledger;

/// <summary>
/// One step of the business, committed whole or not at all: every account open and every transfer booked (now or by an
/// earlier repeat), together with the answer to remember and the messages to send; or nothing of it.
/// </summary>
/// <param name="Transfers">
/// The transfers, in order; they stand or fall together, whatever their linked flags say.
/// </param>
public sealed record JournalRequest(IReadOnlyList<Transfer> Transfers)
{
    /// <summary>A step of these transfers.</summary>
    public static JournalRequest Of(params IReadOnlyList<Transfer> transfers) => new(transfers);

    /// <summary>Accounts to open before the transfers; those already open with the same content are fine.</summary>
    public IReadOnlyList<Account> Accounts { get; init; } = [];

    /// <summary>The answer to remember for the caller's request id; null for none.</summary>
    public IdempotencyRecord? Answer { get; init; }

    /// <summary>Messages for others, delivered at least once after the commit.</summary>
    public IReadOnlyList<OutboxMessage> Outbox { get; init; } = [];

    /// <summary>Numbers of messages that have left and need not be kept.</summary>
    internal IReadOnlyList<long> SentMessages { get; init; } = [];

    /// <summary>Answers remembered before this time are forgotten; null for none.</summary>
    internal DateTimeOffset? ForgetAnswersBefore { get; init; }
}

/// <summary>The first answer to a request id, kept so that repeats get the same.</summary>
/// <param name="Scope">Whose id it is and for which verb: <c>party/verb</c>.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Digest">A digest of the request's content; another digest under the same id is refused.</param>
/// <param name="Answer">The answer, as the caller serialised it.</param>
public sealed record IdempotencyRecord(string Scope, string RequestId, byte[] Digest, byte[] Answer);

/// <summary>A message that leaves after its commit.</summary>
/// <param name="Topic">What it is about, such as <c>settlement.settled</c>.</param>
/// <param name="Payload">The content; no personal data in clear.</param>
public sealed record OutboxMessage(string Topic, byte[] Payload);

/// <summary>A message waiting to leave.</summary>
/// <param name="Number">Its place in the order of commits.</param>
/// <param name="Message">The message.</param>
public sealed record OutboxEntry(long Number, OutboxMessage Message);

/// <summary>What became of a request. Closed.</summary>
public abstract record JournalResult
{
    private JournalResult() { }

    /// <summary>On disk, now or since an earlier repeat.</summary>
    /// <param name="Accounts">Created or Exists, one for each account.</param>
    /// <param name="Transfers">Created or Exists, one for each transfer.</param>
    /// <param name="BookedAt">The time of this commit.</param>
    public sealed record Committed(
        IReadOnlyList<AccountOutcome> Accounts, IReadOnlyList<TransferOutcome> Transfers, DateTimeOffset BookedAt)
        : JournalResult;

    /// <summary>Nothing was done; the outcomes say which part stood in the way.</summary>
    /// <param name="Accounts">One for each account.</param>
    /// <param name="Transfers">One for each transfer; LinkedFailed for those not at fault.</param>
    public sealed record Refused(IReadOnlyList<AccountOutcome> Accounts, IReadOnlyList<TransferOutcome> Transfers)
        : JournalResult
    {
        /// <summary>What the first transfer at fault was refused for; null when an account was at fault.</summary>
        public TransferOutcome? Reason => Transfers
            .Where(static outcome => !outcome.IsBooked() && outcome != TransferOutcome.LinkedFailed)
            .Select(static outcome => (TransferOutcome?)outcome).FirstOrDefault();
    }

    /// <summary>The request id was answered before; nothing was done.</summary>
    /// <param name="First">The first answer.</param>
    public sealed record Replayed(IdempotencyRecord First) : JournalResult;

    /// <summary>The request id was used before with other content; nothing was done.</summary>
    public sealed record RequestIdReused : JournalResult;
}
