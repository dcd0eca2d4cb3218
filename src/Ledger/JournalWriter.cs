using System.Security.Cryptography;
using System.Threading.Channels;
using Ecert.Ledger.Sqlite;

namespace Ecert.Ledger;

/// <summary>
/// The one loop that writes. While a group is on its way to the disk the next requests gather, and then share one
/// transaction and one sync; each is answered only after that commit.
/// </summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly SqliteStore _store;
    private readonly TimeProvider _clock;
    private readonly int _groupSizeMax;
    private readonly Channel<Entry> _entries;
    private readonly Task _loop;

    public JournalWriter(SqliteStore store, TimeProvider clock, int groupSizeMax, int queueLengthMax)
    {
        _store = store;
        _clock = clock;
        _groupSizeMax = groupSizeMax;
        _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(queueLengthMax) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    private sealed class Entry(JournalRequest request, CancellationToken ct)
    {
        private readonly TaskCompletionSource<JournalResult> _answer =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public JournalRequest Request { get; } = request;

        public Task<JournalResult> Answer => _answer.Task;

        public JournalResult? Result { get; set; }

        public void Tell() => _answer.TrySetResult(Result!);

        public void Fail(Exception failure) => _answer.TrySetException(failure);

        /// <summary>Nobody waits any more and nothing was done yet: the request is dropped.</summary>
        public bool IsDropped() => ct.IsCancellationRequested && _answer.TrySetCanceled(ct);
    }

    public async Task<JournalResult> SubmitAsync(JournalRequest request, CancellationToken ct)
    {
        var entry = new Entry(request, ct);
        await _entries.Writer.WriteAsync(entry, ct);
        return await entry.Answer.WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _loop;
        _store.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < _groupSizeMax && _entries.Reader.TryRead(out var entry))
                if (!entry.IsDropped())
                    group.Add(entry);
            if (group.Count > 0)
                CommitGroup(group);
        }
    }

    private void CommitGroup(List<Entry> group)
    {
        try
        {
            Commit(group);
        }
        catch (Exception) when (group.Count > 1)
        {
            // One of them broke the transaction for all: alone, each meets its own fate.
            foreach (var entry in group)
                CommitGroup([entry]);
            return;
        }
        catch (Exception failure)
        {
            group[0].Fail(failure);
            return;
        }
        foreach (var entry in group)
            entry.Tell();
    }

    private void Commit(List<Entry> group)
    {
        // To the millisecond, as the rows keep it: what the machine decides on is what a later reader finds.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        _store.Begin();
        try
        {
            var machine = new StateMachine(_store);
            machine.Expire(now);
            foreach (var entry in group)
                entry.Result = Decide(entry.Request, machine, now);
            _store.Write(machine, now);
            _store.Commit();
        }
        catch
        {
            _store.Rollback();
            throw;
        }
    }

    private JournalResult Decide(JournalRequest request, StateMachine machine, DateTimeOffset now)
    {
        if (request.Answer is { } answer && _store.FindAnswer(answer.Scope, answer.RequestId) is { } first)
            return CryptographicOperations.FixedTimeEquals(first.Digest, answer.Digest)
                ? new JournalResult.Replayed(first)
                : new JournalResult.RequestIdReused();

        var mark = machine.Mark();
        var accounts = request.Accounts.Select(machine.Open).ToArray();
        var transfers = machine.Apply(Chained(request.Transfers), now);
        if (!accounts.All(Outcomes.IsOpen) || !transfers.All(Outcomes.IsBooked))
        {
            machine.ReturnTo(mark);
            return new JournalResult.Refused(
                [.. accounts.Select(static outcome => outcome.IsOpen() ? AccountOutcome.LinkedFailed : outcome)],
                [.. transfers.Select(static outcome => outcome.IsBooked() ? TransferOutcome.LinkedFailed : outcome)]);
        }
        if (request.Answer is { } remembered)
            _store.WriteAnswer(remembered, now);
        foreach (var message in request.Outbox)
            _store.WriteOutbox(message);
        foreach (var number in request.SentMessages)
            _store.DeleteMessage(number);
        if (request.ForgetAnswersBefore is { } before)
            _store.DeleteAnswers(before);
        return new JournalResult.Committed(accounts, transfers, now);
    }

    private static Transfer[] Chained(IReadOnlyList<Transfer> transfers) =>
        [.. transfers.Select((transfer, index) => transfer with { Linked = index < transfers.Count - 1 })];
}
