using System.Data.Common;
using Ecert.Kernel;
using Ecert.Ledger.Sqlite;
using Microsoft.Data.Sqlite;

namespace Ecert.Ledger;

/// <summary>What an audit proves. Each rule holds after every commit.</summary>
public enum AuditRule
{
    /// <summary>Over all accounts, debits equal credits, posted and pending.</summary>
    DebitsEqualCredits = 1,

    /// <summary>No account is past its limit, by its transfers.</summary>
    LimitsKept = 2,

    /// <summary>What is stored as an account's balances is the sum of its transfers.</summary>
    BalancesEqualTransfers = 3,

    /// <summary>Every posted transfer traces to one business record.</summary>
    TracedToBusiness = 4,

    /// <summary>No pending transfer is open past its expiry.</summary>
    PendingInTime = 5,

    /// <summary>Every amount is above zero and moves between two different open accounts.</summary>
    TransfersWellFormed = 6,

    /// <summary>
    /// A pending transfer is posted or voided by exactly one transfer, and by none if open or expired.
    /// </summary>
    PendingResolvedOnce = 7,
}

/// <summary>One place where the books are wrong.</summary>
/// <param name="Rule">What does not hold.</param>
/// <param name="Subject">The account or transfer, or <c>books</c>.</param>
/// <param name="Words">What was found, in one sentence with numbers.</param>
public sealed record AuditViolation(AuditRule Rule, string Subject, string Words);

/// <summary>
/// Proves the books from their rows alone, sharing nothing with the code that writes them: sums are taken over the
/// transfers again, in the database, on one snapshot.
/// </summary>
public static class Audit
{
    private const string Derived =
        """
        WITH entry (account, debits_pending, debits_posted, credits_pending, credits_posted) AS (
          SELECT debit_account, 0, amount, 0, 0 FROM transfer WHERE kind IN (1, 3)
          UNION ALL SELECT credit_account, 0, 0, 0, amount FROM transfer WHERE kind IN (1, 3)
          UNION ALL SELECT debit_account, amount, 0, 0, 0 FROM transfer JOIN pending USING (id) WHERE state = 1
          UNION ALL SELECT credit_account, 0, 0, amount, 0 FROM transfer JOIN pending USING (id) WHERE state = 1),
        derived AS (
          SELECT account, SUM(debits_pending) AS debits_pending, SUM(debits_posted) AS debits_posted,
            SUM(credits_pending) AS credits_pending, SUM(credits_posted) AS credits_posted
          FROM entry GROUP BY account)
        SELECT stored.id, stored.balance_limit,
          stored.debits_pending, stored.debits_posted, stored.credits_pending, stored.credits_posted,
          COALESCE(derived.debits_pending, 0), COALESCE(derived.debits_posted, 0),
          COALESCE(derived.credits_pending, 0), COALESCE(derived.credits_posted, 0)
        FROM account_balance AS stored LEFT JOIN derived ON derived.account = stored.id
        """;

    private const string Malformed =
        """
        SELECT id, amount, debit_account, credit_account FROM transfer
        WHERE amount <= 0 OR debit_account = credit_account
          OR NOT EXISTS (SELECT 1 FROM account WHERE account.id = debit_account)
          OR NOT EXISTS (SELECT 1 FROM account WHERE account.id = credit_account)
        """;

    private const string Untraced =
        """
        SELECT id, business_record FROM transfer
        WHERE kind IN (1, 3) AND NOT (business_record GLOB '?*/?*' AND length(business_record) <= 128)
        """;

    private const string Overdue = "SELECT id, expires_at FROM pending WHERE state = 1 AND expires_at < $1";

    private const string Unresolved =
        """
        WITH resolver AS (
          SELECT pending_of AS id, SUM(kind = 3) AS posts, SUM(kind = 4) AS voids
          FROM transfer WHERE kind IN (3, 4) GROUP BY pending_of)
        SELECT transfer.id, pending.state, COALESCE(posts, 0), COALESCE(voids, 0)
        FROM transfer LEFT JOIN pending USING (id) LEFT JOIN resolver USING (id)
        WHERE transfer.kind = 2 AND (pending.state IS NULL
          OR COALESCE(posts, 0) <> (pending.state = 2) OR COALESCE(voids, 0) <> (pending.state = 3))
        UNION ALL
        SELECT resolver.id, NULL, posts, voids FROM resolver
        WHERE NOT EXISTS (SELECT 1 FROM transfer WHERE transfer.id = resolver.id AND transfer.kind = 2)
        """;

    /// <summary>Checks every rule on one snapshot of the journal.</summary>
    /// <param name="connection">An open connection to the journal's file.</param>
    /// <param name="asOf">The time pending transfers are compared with.</param>
    /// <param name="ct">Cancels the audit.</param>
    /// <returns>Every violation; empty when the books are right.</returns>
    public static async Task<IReadOnlyList<AuditViolation>> ProveAsync(
        SqliteConnection connection, DateTimeOffset asOf, CancellationToken ct = default)
    {
        // Deferred: a reader's snapshot, which takes no lock from the writer.
        await using var snapshot = connection.BeginTransaction(deferred: true);
        var found = new List<AuditViolation>();
        var total = new Totals();
        await ReadAsync(snapshot, Derived, row => found.AddRange(CheckAccount(row, total)), ct);
        found.AddRange(total.Check());
        await ReadAsync(snapshot, Malformed, row => found.Add(new AuditViolation(
            AuditRule.TransfersWellFormed, row.GetString(0),
            $"It moves {new Money(row.GetInt64(1))} from {row.GetString(2)} to {row.GetString(3)}.")), ct);
        await ReadAsync(snapshot, Untraced, row => found.Add(new AuditViolation(
            AuditRule.TracedToBusiness, row.GetString(0),
            $"Its business record is '{row.GetString(1)}', which is not of the form kind/id.")), ct);
        await ReadAsync(snapshot, Overdue, row => found.Add(new AuditViolation(
            AuditRule.PendingInTime, row.GetString(0),
            $"It is open but expired at {DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)):O}.")),
            ct, asOf.ToUnixTimeMilliseconds());
        await ReadAsync(snapshot, Unresolved, row => found.Add(CheckPending(row)), ct);
        return found;
    }

    private static IEnumerable<AuditViolation> CheckAccount(DbDataReader row, Totals total)
    {
        var id = row.GetString(0);
        var limit = (BalanceLimit)row.GetInt32(1);
        var stored = SqliteRows.ReadBalances(row, 2);
        var derived = SqliteRows.ReadBalances(row, 6);
        total.Add(stored);
        if (stored != derived)
            yield return new AuditViolation(
                AuditRule.BalancesEqualTransfers, id,
                $"Stored are {Words(stored)}; its transfers sum to {Words(derived)}.");
        if (!derived.Keep(limit))
            yield return new AuditViolation(AuditRule.LimitsKept, id, $"{limit}, but it has {Words(derived)}.");
    }

    private static AuditViolation CheckPending(DbDataReader row) => new(
        AuditRule.PendingResolvedOnce, row.GetString(0),
        (row.IsDBNull(1) ? "It is not known as pending" : $"It is {(PendingState)row.GetInt32(1)}") +
        $", but posted {row.GetInt64(2)} times and voided {row.GetInt64(3)} times.");

    private static string Words(Balances sums) =>
        $"debits {sums.DebitsPosted} (+{sums.DebitsPending} pending), " +
        $"credits {sums.CreditsPosted} (+{sums.CreditsPending} pending)";

    private static async Task ReadAsync(
        DbTransaction snapshot, string sql, Action<DbDataReader> each, CancellationToken ct, params object[] values)
    {
        await using var command = snapshot.Connection!.CreateCommand();
        command.Transaction = snapshot;
        command.CommandText = sql;
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"${command.Parameters.Count + 1}";
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            each(row);
    }

    /// <summary>The sums over all accounts; wider than 64 bits, so that the check itself cannot overflow.</summary>
    private sealed class Totals
    {
        private Int128 _debitsPosted, _creditsPosted, _debitsPending, _creditsPending;

        public void Add(Balances sums)
        {
            _debitsPosted += sums.DebitsPosted.Fen;
            _creditsPosted += sums.CreditsPosted.Fen;
            _debitsPending += sums.DebitsPending.Fen;
            _creditsPending += sums.CreditsPending.Fen;
        }

        public IEnumerable<AuditViolation> Check()
        {
            if (_debitsPosted != _creditsPosted)
                yield return new AuditViolation(
                    AuditRule.DebitsEqualCredits, "books",
                    $"Posted debits are {_debitsPosted} fen, posted credits {_creditsPosted} fen.");
            if (_debitsPending != _creditsPending)
                yield return new AuditViolation(
                    AuditRule.DebitsEqualCredits, "books",
                    $"Pending debits are {_debitsPending} fen, pending credits {_creditsPending} fen.");
        }
    }
}
