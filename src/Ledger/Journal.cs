using System.Globalization;
using Ecert.Ledger.Sqlite;

namespace Ecert.Ledger;

/// <summary>How a journal is opened.</summary>
/// <param name="Path">The database file; made if it is not there.</param>
public sealed record JournalOptions(string Path)
{
    /// <summary>How many requests may share one commit.</summary>
    public int GroupSizeMax { get; init; } = 256;

    /// <summary>How many requests may wait; further callers wait to be let in.</summary>
    public int QueueLengthMax { get; init; } = 4096;
}

/// <summary>
/// The books on disk (SQLite, WAL, every commit synced). Safe for any number of concurrent callers. A cancelled call's
/// outcome is unknown; repeating it with the same ids answers what became of it.
/// </summary>
public sealed class Journal : IAsyncDisposable
{
    private readonly JournalWriter _writer;
    private readonly SqliteReader _reader;

    private Journal(JournalWriter writer, SqliteReader reader)
    {
        _writer = writer;
        _reader = reader;
    }

    /// <summary>Opens the file, making or upgrading its tables.</summary>
    /// <param name="options">Which file, and how.</param>
    /// <param name="clock">The clock bookings and expiries go by.</param>
    /// <param name="ct">Cancels the opening.</param>
    /// <exception cref="InvalidOperationException">The file was written by a later version.</exception>
    public static Task<Journal> OpenAsync(JournalOptions options, TimeProvider clock, CancellationToken ct = default) =>
        Task.Run(
            () => new Journal(
                new JournalWriter(new SqliteStore(options.Path), clock, options.GroupSizeMax, options.QueueLengthMax),
                new SqliteReader(options.Path)),
            ct);

    /// <summary>Commits a request whole or not at all; returns after it is on disk.</summary>
    public Task<JournalResult> SubmitAsync(JournalRequest request, CancellationToken ct = default) =>
        _writer.SubmitAsync(request, ct);

    /// <summary>
    /// Releases pending transfers whose time is over. Every commit does so too; this is for quiet hours, so that
    /// nothing stays pending past its expiry.
    /// </summary>
    public Task ExpireAsync(CancellationToken ct = default) => _writer.SubmitAsync(new JournalRequest([]), ct);

    /// <summary>An account and its sums; null if it is not open.</summary>
    public Task<AccountState?> FindAccountAsync(string id, CancellationToken ct = default) =>
        _reader.FindAccountAsync(id, ct);

    /// <summary>A transfer by its id; null if it is not booked.</summary>
    public Task<BookedTransfer?> FindTransferAsync(string id, CancellationToken ct = default) =>
        _reader.FindTransferAsync(id, ct);

    /// <summary>Every transfer of one business record, in order of booking.</summary>
    public Task<IReadOnlyList<BookedTransfer>> TransfersOfAsync(
        string businessRecord, CancellationToken ct = default) =>
        _reader.TransfersOfAsync(businessRecord, ct);

    /// <summary>The transfers booked on one day of Beijing's calendar, in order of booking, a page at a time.</summary>
    /// <param name="day">The day.</param>
    /// <param name="pageToken">Empty for the first page, then what the page before gave.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="FormatException">The token is not one of ours.</exception>
    public Task<TransferPage> TransfersOfDayAsync(
        DateOnly day, string pageToken, int pageSize, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pageSize, Math.Clamp(pageSize, 1, 1000));
        var after = pageToken.Length == 0
            ? 0
            : long.Parse(pageToken, NumberStyles.None, CultureInfo.InvariantCulture);
        return _reader.TransfersOfDayAsync(day, after, pageSize, ct);
    }

    /// <summary>The sums of all accounts by code.</summary>
    public Task<TrialBalance> TrialBalanceAsync(CancellationToken ct = default) => _reader.TrialBalanceAsync(ct);

    /// <summary>The answer remembered for a request id; null if there is none.</summary>
    public Task<IdempotencyRecord?> FindAnswerAsync(string scope, string requestId, CancellationToken ct = default) =>
        _reader.FindAnswerAsync(scope, requestId, ct);

    /// <summary>The oldest messages waiting to leave.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Cancels the reading.</param>
    public Task<IReadOnlyList<OutboxEntry>> WaitingMessagesAsync(int limit, CancellationToken ct = default) =>
        _reader.WaitingMessagesAsync(limit, ct);

    /// <summary>Forgets messages that have left.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="ct">Cancels the wait; the outcome is then unknown and the messages may come again.</param>
    public Task ForgetMessagesAsync(IReadOnlyList<long> numbers, CancellationToken ct = default) =>
        _writer.SubmitAsync(new JournalRequest([]) { SentMessages = numbers }, ct);

    /// <summary>Forgets answers remembered before a time; their request ids may then be used again.</summary>
    public Task ForgetAnswersAsync(DateTimeOffset before, CancellationToken ct = default) =>
        _writer.SubmitAsync(new JournalRequest([]) { ForgetAnswersBefore = before }, ct);

    /// <summary>Proves the books from their rows alone; see <see cref="Audit"/>.</summary>
    public Task<IReadOnlyList<AuditViolation>> AuditAsync(DateTimeOffset asOf, CancellationToken ct = default) =>
        _reader.AuditAsync(asOf, ct);

    /// <summary>Finishes what was submitted and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _reader.Dispose();
    }
}

/// <summary>A page of transfers.</summary>
/// <param name="Transfers">The transfers, in order of booking.</param>
/// <param name="NextPageToken">What to ask the next page with; empty after the last.</param>
public sealed record TransferPage(IReadOnlyList<BookedTransfer> Transfers, string NextPageToken);

/// <summary>The sums of all accounts of one code.</summary>
/// <param name="Code">The accounts' code.</param>
/// <param name="AccountCount">How many accounts.</param>
/// <param name="Balances">Their sums.</param>
public sealed record TrialBalanceLine(int Code, long AccountCount, Balances Balances);

/// <summary>The sums of all accounts.</summary>
/// <param name="Lines">By code, ascending.</param>
public sealed record TrialBalance(IReadOnlyList<TrialBalanceLine> Lines)
{
    /// <summary>All of them together.</summary>
    public Balances Total => Lines.Aggregate(default(Balances), static (sum, line) => sum + line.Balances);

    /// <summary>Debits equal credits, posted and pending.</summary>
    public bool IsBalanced =>
        Total.DebitsPosted == Total.CreditsPosted && Total.DebitsPending == Total.CreditsPending;
}
