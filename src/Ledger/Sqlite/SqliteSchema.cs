using Microsoft.Data.Sqlite;

namespace Ecert.Ledger.Sqlite;

/// <summary>
/// The tables of the journal, made at open and versioned by <c>user_version</c>. Times are milliseconds since 1970,
/// amounts are fen. Transfers are only ever inserted; account rows hold the balances of limited accounts and the folded
/// balances of the others, whose later changes lie in <c>balance_change</c>.
/// </summary>
internal static class SqliteSchema
{
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE account (
          id TEXT NOT NULL PRIMARY KEY, code INTEGER NOT NULL, side INTEGER NOT NULL, balance_limit INTEGER NOT NULL,
          opened_at INTEGER NOT NULL,
          debits_pending INTEGER NOT NULL, debits_posted INTEGER NOT NULL,
          credits_pending INTEGER NOT NULL, credits_posted INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE balance_change (
          number INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id),
          debits_pending INTEGER NOT NULL, debits_posted INTEGER NOT NULL,
          credits_pending INTEGER NOT NULL, credits_posted INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX balance_change_account ON balance_change (account);

        CREATE TABLE transfer (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
          debit_account TEXT NOT NULL REFERENCES account (id), credit_account TEXT NOT NULL REFERENCES account (id),
          amount INTEGER NOT NULL, kind INTEGER NOT NULL, timeout_ms INTEGER, pending_of TEXT,
          code INTEGER NOT NULL, business_record TEXT NOT NULL,
          booked_at INTEGER NOT NULL, business_day INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX transfer_business_record ON transfer (business_record);
        CREATE INDEX transfer_business_day ON transfer (business_day);

        CREATE TABLE pending (
          id TEXT NOT NULL PRIMARY KEY REFERENCES transfer (id), expires_at INTEGER NOT NULL, state INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pending_due ON pending (expires_at) WHERE state = 1;

        CREATE TABLE answer (
          scope TEXT NOT NULL, request_id TEXT NOT NULL, digest BLOB NOT NULL, answer BLOB NOT NULL,
          answered_at INTEGER NOT NULL, PRIMARY KEY (scope, request_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX answer_age ON answer (answered_at);

        CREATE TABLE outbox (
          number INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, payload BLOB NOT NULL
        ) STRICT;

        CREATE VIEW account_balance AS
          SELECT account.id, account.code, account.side, account.balance_limit,
            account.debits_pending + COALESCE(SUM(change.debits_pending), 0) AS debits_pending,
            account.debits_posted + COALESCE(SUM(change.debits_posted), 0) AS debits_posted,
            account.credits_pending + COALESCE(SUM(change.credits_pending), 0) AS credits_pending,
            account.credits_posted + COALESCE(SUM(change.credits_posted), 0) AS credits_posted,
            COUNT(change.number) AS unfolded
          FROM account LEFT JOIN balance_change AS change ON change.account = account.id
          GROUP BY account.id;
        """,
    ];

    /// <summary>A connection string for a journal file. Connections are pooled; a busy file is waited for.</summary>
    public static string ConnectionString(string path, bool readOnly) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 10,
        ForeignKeys = true,
    }.ToString();

    /// <summary>
    /// Opens the file for writing: WAL, every commit on disk before it is answered, the schema up to date.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file was written by a later version.</exception>
    public static SqliteConnection OpenForWriting(string path)
    {
        var connection = new SqliteConnection(ConnectionString(path, readOnly: false));
        connection.Open();
        try
        {
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;");
            Upgrade(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Upgrade(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Convert.ToInt32(Scalar(connection, transaction, "PRAGMA user_version"), null);
        if (version > Versions.Length)
            throw new InvalidOperationException(
                $"The journal is of version {version}; this release knows versions up to {Versions.Length}.");
        for (; version < Versions.Length; version++)
            Scalar(connection, transaction, $"{Versions[version]} PRAGMA user_version = {version + 1};");
        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar();
    }
}
