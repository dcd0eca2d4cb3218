using Ecert.Fixtures;
using Ecert.Kernel;
using Microsoft.Data.Sqlite;

namespace Ecert.Ledger.Tests;

/// <summary>
/// Books that are right pass; every way of breaking a row on purpose is caught by the rule it breaks.
/// </summary>
public sealed class AuditTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly JournalFile _file = new();
    private Journal _journal = null!;

    public async Task InitializeAsync()
    {
        _journal = await Journal.OpenAsync(new JournalOptions(_file.Path), _clock);
        var timeout = TimeSpan.FromMinutes(15);
        var committed = await _journal.SubmitAsync(
            JournalRequest.Of(
                Transfer.Single("OPEN", "fund", "citizen", new Money(100_00), 1, "topup/1"),
                Transfer.Reserve("HELD", "citizen", "hospital", new Money(30_00), timeout, 1, "settlement/S1"),
                Transfer.Reserve("TAKEN", "citizen", "hospital", new Money(20_00), timeout, 1, "settlement/S2"),
                Transfer.Post("POST", "TAKEN", 1, "settlement/S2"),
                Transfer.Reserve("LEFT", "citizen", "hospital", new Money(10_00), timeout, 1, "settlement/S3"),
                Transfer.Void("VOID", "LEFT", 1, "settlement/S3")) with
            {
                Accounts = LedgerSteps.Accounts,
            });
        Assert.IsType<JournalResult.Committed>(committed);
        // A second commit, so that the unlimited accounts have changes that are not folded.
        await _journal.SubmitAsync(JournalRequest.Of(
            Transfer.Single("MORE", "fund", "hospital", new Money(5_00), 1, "settlement/S4")));
    }

    public async Task DisposeAsync()
    {
        await _journal.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Books_that_are_right_pass() => Assert.Empty(await _journal.AuditAsync(_clock.GetUtcNow()));

    [Theory]
    [InlineData(
        "UPDATE account SET credits_posted = credits_posted + 1 WHERE id = 'citizen'",
        "BalancesEqualTransfers citizen", "DebitsEqualCredits books")]
    [InlineData(
        "UPDATE balance_change SET debits_posted = debits_posted - 1 WHERE account = 'fund'",
        "BalancesEqualTransfers fund", "DebitsEqualCredits books")]
    [InlineData(
        "DELETE FROM balance_change",
        "BalancesEqualTransfers fund", "BalancesEqualTransfers hospital")]
    [InlineData(
        "UPDATE account SET debits_pending = 0 WHERE id = 'citizen'",
        "BalancesEqualTransfers citizen", "DebitsEqualCredits books")]
    [InlineData(
        "UPDATE transfer SET amount = 2999 WHERE id = 'HELD'",
        "BalancesEqualTransfers citizen", "BalancesEqualTransfers hospital")]
    [InlineData(
        "UPDATE transfer SET amount = 100000 WHERE id = 'POST'",
        "BalancesEqualTransfers citizen", "LimitsKept citizen", "BalancesEqualTransfers hospital")]
    [InlineData(
        "UPDATE transfer SET amount = 0 WHERE id = 'MORE'",
        "BalancesEqualTransfers fund", "BalancesEqualTransfers hospital", "TransfersWellFormed MORE")]
    [InlineData(
        "UPDATE transfer SET credit_account = 'nowhere' WHERE id = 'MORE'",
        "BalancesEqualTransfers hospital", "TransfersWellFormed MORE")]
    [InlineData(
        "UPDATE transfer SET credit_account = 'fund' WHERE id = 'MORE'",
        "BalancesEqualTransfers fund", "BalancesEqualTransfers hospital", "TransfersWellFormed MORE")]
    [InlineData(
        "DELETE FROM transfer WHERE id = 'MORE'",
        "BalancesEqualTransfers fund", "BalancesEqualTransfers hospital")]
    [InlineData("UPDATE transfer SET business_record = '' WHERE id = 'MORE'", "TracedToBusiness MORE")]
    [InlineData("UPDATE transfer SET business_record = 'settlement/' WHERE id = 'POST'", "TracedToBusiness POST")]
    [InlineData("UPDATE pending SET expires_at = 0 WHERE id = 'HELD'", "PendingInTime HELD")]
    [InlineData(
        "UPDATE pending SET state = 4 WHERE id = 'HELD'",
        "BalancesEqualTransfers citizen", "BalancesEqualTransfers hospital")]
    [InlineData("UPDATE pending SET state = 3 WHERE id = 'TAKEN'", "PendingResolvedOnce TAKEN")]
    [InlineData("DELETE FROM pending WHERE id = 'LEFT'", "PendingResolvedOnce LEFT")]
    [InlineData("UPDATE transfer SET pending_of = 'OPEN' WHERE id = 'VOID'",
        "PendingResolvedOnce LEFT", "PendingResolvedOnce OPEN")]
    public async Task A_broken_row_is_caught(string sql, params string[] expected)
    {
        Break(sql);

        var found = await _journal.AuditAsync(_clock.GetUtcNow());

        Assert.Equal(expected.Order(), found.Select(static one => $"{one.Rule} {one.Subject}").Order());
        Assert.All(found, static one => Assert.EndsWith(".", one.Words));
    }

    private void Break(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _file.Path, ForeignKeys = false, Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
