using System.Text;
using Ecert.Fixtures;
using Ecert.Kernel;

namespace Ecert.Ledger.Tests;

public sealed class JournalTests : IAsyncLifetime
{
    private static readonly Account Fund = new("fund", 1001, NormalSide.Debit, BalanceLimit.None);
    private static readonly Account Hospital = new("hospital", 2101, NormalSide.Credit, BalanceLimit.None);
    private static readonly Account Citizen = new(
        "citizen", 2001, NormalSide.Credit, BalanceLimit.DebitsMayNotExceedCredits);

    private readonly ManualTimeProvider _clock = new();
    private readonly JournalFile _file = new();
    private Journal _journal = null!;

    public async Task InitializeAsync()
    {
        _journal = await Journal.OpenAsync(new JournalOptions(_file.Path), _clock);
        await _journal.SubmitAsync(
            JournalRequest.Of(Transfer.Single("OPEN", "fund", "citizen", new Money(100_00), 1, "topup/1")) with
            {
                Accounts = [Fund, Hospital, Citizen],
            });
    }

    public async Task DisposeAsync()
    {
        await _journal.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task A_request_is_committed_and_read_back()
    {
        var reserve = Transfer.Reserve(
            "T1", "citizen", "hospital", new Money(30_00), TimeSpan.FromMinutes(15), 7, "settlement/S1");

        var result = await _journal.SubmitAsync(JournalRequest.Of(reserve));
        var again = await _journal.SubmitAsync(JournalRequest.Of(reserve));

        Assert.Equal([TransferOutcome.Created], Assert.IsType<JournalResult.Committed>(result).Transfers);
        Assert.Equal([TransferOutcome.Exists], Assert.IsType<JournalResult.Committed>(again).Transfers);
        var booked = Assert.Single(await _journal.TransfersOfAsync("settlement/S1"));
        Assert.Equal(reserve, booked.Transfer);
        Assert.Equal(PendingState.Open, booked.State);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromMinutes(15), booked.ExpiresAt);
        Assert.Equal(new Money(70_00), (await _journal.FindAccountAsync("citizen"))!.Available);
    }

    [Fact]
    public async Task A_request_stands_or_falls_whole()
    {
        var other = new Account("other", 2101, NormalSide.Credit, BalanceLimit.None);
        var request = JournalRequest.Of(
            Transfer.Single("T1", "fund", "other", new Money(5), 1, "settlement/S1"),
            Transfer.Single("T2", "citizen", "other", new Money(100_01), 1, "settlement/S1")) with
        {
            Accounts = [other],
            Answer = Answer("R1", "content", "done"),
            Outbox = [new OutboxMessage("settlement.settled", [1])],
        };

        var refused = Assert.IsType<JournalResult.Refused>(await _journal.SubmitAsync(request));

        Assert.Equal([TransferOutcome.LinkedFailed, TransferOutcome.ExceedsCredits], refused.Transfers);
        Assert.Equal([AccountOutcome.LinkedFailed], refused.Accounts);
        Assert.Equal(TransferOutcome.ExceedsCredits, refused.Reason);
        Assert.Null(await _journal.FindAccountAsync("other"));
        Assert.Null(await _journal.FindTransferAsync("T1"));
        Assert.Null(await _journal.FindAnswerAsync("hospital/settle", "R1"));
        Assert.Empty(await _journal.WaitingMessagesAsync(10));
    }

    [Fact]
    public async Task The_first_answer_is_given_again()
    {
        var transfer = Transfer.Single("T1", "fund", "hospital", new Money(5), 1, "settlement/S1");
        var request = JournalRequest.Of(transfer) with
        {
            Answer = Answer("R1", "content", "first"),
            Outbox = [new OutboxMessage("settlement.settled", [1])],
        };
        await _journal.SubmitAsync(request);

        var replayed = await _journal.SubmitAsync(request with { Answer = Answer("R1", "content", "second") });
        var reused = await _journal.SubmitAsync(request with { Answer = Answer("R1", "other content", "second") });

        Assert.Equal("first"u8, Assert.IsType<JournalResult.Replayed>(replayed).First.Answer);
        Assert.IsType<JournalResult.RequestIdReused>(reused);
        Assert.Single(await _journal.WaitingMessagesAsync(10));

        await _journal.ForgetAnswersAsync(_clock.GetUtcNow() + TimeSpan.FromMilliseconds(1));
        Assert.Null(await _journal.FindAnswerAsync("hospital/settle", "R1"));
    }

    [Fact]
    public async Task Messages_leave_in_the_order_of_commits_and_are_forgotten_once_sent()
    {
        for (byte number = 1; number <= 3; number++)
            await _journal.SubmitAsync(new JournalRequest([]) { Outbox = [new OutboxMessage("topic", [number])] });

        var waiting = await _journal.WaitingMessagesAsync(2);
        await _journal.ForgetMessagesAsync([.. waiting.Select(static entry => entry.Number)]);
        var left = Assert.Single(await _journal.WaitingMessagesAsync(2));

        Assert.Equal([1, 2], waiting.Select(static entry => entry.Message.Payload[0]));
        Assert.Equal([3], left.Message.Payload);
    }

    [Fact]
    public async Task Pending_transfers_expire_by_the_clock()
    {
        var reserve = Transfer.Reserve(
            "T1", "citizen", "hospital", new Money(30_00), TimeSpan.FromMinutes(15), 7, "settlement/S1");
        await _journal.SubmitAsync(JournalRequest.Of(reserve));

        _clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromMilliseconds(1));
        var overdue = Assert.Single(await _journal.AuditAsync(_clock.GetUtcNow()));
        await _journal.ExpireAsync();
        var post = await _journal.SubmitAsync(JournalRequest.Of(Transfer.Post("P1", "T1", 1, "settlement/S1")));

        Assert.Equal((AuditRule.PendingInTime, "T1"), (overdue.Rule, overdue.Subject));
        Assert.Equal(TransferOutcome.PendingExpired, Assert.IsType<JournalResult.Refused>(post).Reason);
        Assert.Equal(PendingState.Expired, (await _journal.FindTransferAsync("T1"))!.State);
        Assert.Equal(new Money(100_00), (await _journal.FindAccountAsync("citizen"))!.Available);
        Assert.Empty(await _journal.AuditAsync(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task Days_are_those_of_Beijing_and_come_in_pages()
    {
        var day = new DateOnly(2026, 11, 2);
        // The clock stands at 09:00 in Beijing; OPEN was booked then. 14 h 59 min 59 s later it is still the 2nd there.
        _clock.Advance(new TimeSpan(14, 59, 59));
        for (var number = 1; number <= 4; number++)
            await _journal.SubmitAsync(JournalRequest.Of(
                Transfer.Single($"T{number}", "fund", "hospital", new Money(1), 1, "settlement/S1")));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _journal.SubmitAsync(JournalRequest.Of(
            Transfer.Single("NEXT", "fund", "hospital", new Money(1), 1, "settlement/S1")));

        var first = await _journal.TransfersOfDayAsync(day, "", 3);
        var second = await _journal.TransfersOfDayAsync(day, first.NextPageToken, 3);
        var next = await _journal.TransfersOfDayAsync(day.AddDays(1), "", 3);

        Assert.Equal(["OPEN", "T1", "T2"], first.Transfers.Select(static booked => booked.Transfer.Id));
        Assert.Equal(["T3", "T4"], second.Transfers.Select(static booked => booked.Transfer.Id));
        Assert.Equal("", second.NextPageToken);
        Assert.Equal("NEXT", Assert.Single(next.Transfers).Transfer.Id);
    }

    [Fact]
    public async Task Sixty_four_callers_share_commits_and_overdraw_nothing()
    {
        var tasks = Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            var booked = 0;
            for (var number = 0; number < 10; number++)
            {
                var id = $"C{caller}-{number}";
                var result = await _journal.SubmitAsync(JournalRequest.Of(
                    Transfer.Single(id, "citizen", "hospital", new Money(20), 1, $"settlement/{id}"),
                    Transfer.Single($"{id}-f", "fund", "hospital", new Money(80), 1, $"settlement/{id}")));
                if (result is JournalResult.Committed)
                {
                    booked++;
                    // Answered means on disk: a reader of its own sees it.
                    Assert.Equal(2, (await _journal.TransfersOfAsync($"settlement/{id}")).Count);
                }
            }
            return booked;
        }));

        var booked = (await Task.WhenAll(tasks)).Sum();

        // 100.00 yuan at 0.20 a time.
        Assert.Equal(500, booked);
        Assert.Equal(Money.Zero, (await _journal.FindAccountAsync("citizen"))!.Available);
        Assert.Equal(new Money(500_00), (await _journal.FindAccountAsync("hospital"))!.Posted);
        Assert.Empty(await _journal.AuditAsync(_clock.GetUtcNow()));
        var trial = await _journal.TrialBalanceAsync();
        Assert.True(trial.IsBalanced);
        Assert.Equal(new Money(600_00), trial.Total.DebitsPosted);
        Assert.Equal([1001, 2001, 2101], trial.Lines.Select(static line => line.Code));
    }

    [Fact]
    public async Task A_request_the_database_rejects_fails_alone()
    {
        var requests = Enumerable.Range(0, 40).Select(number =>
            JournalRequest.Of(Transfer.Single($"T{number}", "fund", "hospital", new Money(1), 1, "settlement/S1")) with
            {
                // The column takes no null: the statement, and with it the whole transaction, breaks.
                Outbox = [new OutboxMessage(number == 20 ? null! : "topic", [1])],
            }).ToArray();

        var calls = requests.Select(request => Task.Run(() => _journal.SubmitAsync(request))).ToArray();
        var failure = await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => calls[20]);
        var others = await Task.WhenAll(calls.Where((_, number) => number != 20));

        Assert.Contains("NOT NULL", failure.Message);
        Assert.All(others, static result => Assert.IsType<JournalResult.Committed>(result));
        Assert.Null(await _journal.FindTransferAsync("T20"));
        Assert.Equal(39, (await _journal.WaitingMessagesAsync(100)).Count);
        Assert.Empty(await _journal.AuditAsync(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task Two_writers_on_one_file_never_act_on_what_they_remember()
    {
        await using var other = await Journal.OpenAsync(new JournalOptions(_file.Path), _clock);
        var outcomes = new List<JournalResult>();
        for (var number = 0; number < 6; number++)
            outcomes.Add(await (number % 2 == 0 ? _journal : other).SubmitAsync(JournalRequest.Of(
                Transfer.Single($"T{number}", "citizen", "hospital", new Money(30_00), 1, "settlement/S1"))));

        // 100.00 yuan at 30.00 a time: three, whoever writes.
        Assert.Equal(3, outcomes.OfType<JournalResult.Committed>().Count());
        Assert.All(outcomes[3..], static outcome => Assert.Equal(
            TransferOutcome.ExceedsCredits, Assert.IsType<JournalResult.Refused>(outcome).Reason));
        Assert.Empty(await _journal.AuditAsync(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_refused()
    {
        using var later = new JournalFile();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={later.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Journal.OpenAsync(new JournalOptions(later.Path), _clock));

        Assert.Contains("version 99", refusal.Message);
    }

    [Fact]
    public async Task Books_open_again_as_they_were_closed()
    {
        for (var number = 0; number < 200; number++)
            await _journal.SubmitAsync(JournalRequest.Of(
                Transfer.Single($"T{number}", "fund", "hospital", new Money(1), 1, "settlement/S1")));
        await _journal.DisposeAsync();
        _journal = await Journal.OpenAsync(new JournalOptions(_file.Path), _clock);

        Assert.Equal(new Money(2_00), (await _journal.FindAccountAsync("hospital"))!.Posted);
        Assert.Equal(201, (await _journal.TransfersOfDayAsync(new DateOnly(2026, 11, 2), "", 1000)).Transfers.Count);
        Assert.Empty(await _journal.AuditAsync(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_cancelled_caller_is_released_and_may_ask_again()
    {
        var transfer = Transfer.Single("T1", "fund", "hospital", new Money(1), 1, "settlement/S1");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _journal.SubmitAsync(JournalRequest.Of(transfer), cancelled.Token));

        Assert.IsType<JournalResult.Committed>(await _journal.SubmitAsync(JournalRequest.Of(transfer)));
    }

    private static IdempotencyRecord Answer(string requestId, string digest, string answer) =>
        new("hospital/settle", requestId, Encoding.UTF8.GetBytes(digest), Encoding.UTF8.GetBytes(answer));
}
