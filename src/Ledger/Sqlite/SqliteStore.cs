using System.Data;
using Microsoft.Data.Sqlite;

namespace Ecert.Ledger.Sqlite;

/// <summary>
/// The writing side of a journal file: one connection, one transaction per group. What it reads inside the transaction
/// is what a <see cref="StateMachine"/> stands on; what that changed is written before the commit.
/// </summary>
internal sealed class SqliteStore : ILedgerRecords, IDisposable
{
    /// <summary>After so many appended changes an unlimited account's balances are folded into its row.</summary>
    private const int FoldAfter = 64;

    /// <summary>So many accounts are remembered from group to group before all are forgotten.</summary>
    private const int RememberedMax = 100_000;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _findAccount, _findTransfer, _findDue, _findAnswer;
    private readonly SqliteStatement _insertAccount, _updateAccount, _insertChange, _deleteChanges;
    private readonly SqliteStatement _insertTransfer, _insertPending, _updatePending, _insertAnswer, _insertOutbox;
    private readonly SqliteStatement _deleteAnswers, _deleteMessage;
    private readonly SqliteStatement _dataVersion;
    private readonly Dictionary<string, Remembered> _remembered = [];
    private long _rememberedAt;
    private SqliteTransaction? _transaction;

    /// <summary>A committed account, and how many of its changes are not folded.</summary>
    private readonly record struct Remembered(AccountState State, int Unfolded);

    public SqliteStore(string path)
    {
        _connection = SqliteSchema.OpenForWriting(path);
        _dataVersion = Prepare("PRAGMA data_version", 0);
        _findAccount = Prepare(
            $"SELECT {SqliteRows.AccountColumns}, unfolded FROM account_balance WHERE id = $1", 1);
        _findTransfer = Prepare($"{SqliteRows.SelectTransfer} WHERE transfer.id = $1", 1);
        _findDue = Prepare("SELECT id FROM pending WHERE state = 1 AND expires_at <= $1 ORDER BY expires_at", 1);
        _findAnswer = Prepare("SELECT digest, answer FROM answer WHERE scope = $1 AND request_id = $2", 2);
        _insertAccount = Prepare("INSERT INTO account VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 9);
        _updateAccount = Prepare(
            """
            UPDATE account SET debits_pending = $2, debits_posted = $3, credits_pending = $4, credits_posted = $5
            WHERE id = $1
            """, 5);
        _insertChange = Prepare("INSERT INTO balance_change VALUES (NULL, $1, $2, $3, $4, $5)", 5);
        _deleteChanges = Prepare("DELETE FROM balance_change WHERE account = $1", 1);
        _insertTransfer = Prepare(
            "INSERT INTO transfer VALUES (NULL, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", 11);
        _insertPending = Prepare("INSERT INTO pending VALUES ($1, $2, $3)", 3);
        _updatePending = Prepare("UPDATE pending SET state = $2 WHERE id = $1", 2);
        _insertAnswer = Prepare("INSERT INTO answer VALUES ($1, $2, $3, $4, $5)", 5);
        _insertOutbox = Prepare("INSERT INTO outbox (topic, payload) VALUES ($1, $2)", 2);
        _deleteAnswers = Prepare("DELETE FROM answer WHERE answered_at < $1", 1);
        _deleteMessage = Prepare("DELETE FROM outbox WHERE number = $1", 1);
    }

    private SqliteTransaction Transaction =>
        _transaction ?? throw new InvalidOperationException("No group is open.");

    public void Begin()
    {
        // Immediate: the right to write is taken before the first read, so what was read still holds at the commit.
        _transaction = _connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
        // SQLite's data_version moves when another connection has committed: then nothing remembered is sure any more.
        var version = DataVersion();
        if (version != _rememberedAt || _remembered.Count > RememberedMax)
            _remembered.Clear();
        _rememberedAt = version;
    }

    public void Commit()
    {
        Transaction.Commit();
        Transaction.Dispose();
        _transaction = null;
    }

    public void Rollback()
    {
        // Disposing an open transaction rolls it back, and does nothing where SQLite has already done so.
        _transaction?.Dispose();
        _transaction = null;
        _remembered.Clear();
    }

    public AccountState? FindAccount(string id)
    {
        if (_remembered.TryGetValue(id, out var remembered))
            return remembered.State;
        using var row = _findAccount.Query(Transaction, id);
        if (!row.Read())
            return null;
        var state = SqliteRows.ReadAccount(row);
        _remembered[id] = new Remembered(state, row.GetInt32(8));
        return state;
    }

    public BookedTransfer? FindTransfer(string id)
    {
        using var row = _findTransfer.Query(Transaction, id);
        return row.Read() ? SqliteRows.ReadTransfer(row) : null;
    }

    public IReadOnlyList<string> FindDue(DateTimeOffset now)
    {
        var due = new List<string>();
        using var row = _findDue.Query(Transaction, now.ToUnixTimeMilliseconds());
        while (row.Read())
            due.Add(row.GetString(0));
        return due;
    }

    public IdempotencyRecord? FindAnswer(string scope, string requestId)
    {
        using var row = _findAnswer.Query(Transaction, scope, requestId);
        return row.Read()
            ? new IdempotencyRecord(scope, requestId, row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1))
            : null;
    }

    public void WriteAnswer(IdempotencyRecord answer, DateTimeOffset now) => _insertAnswer.Run(
        Transaction, answer.Scope, answer.RequestId, answer.Digest, answer.Answer, now.ToUnixTimeMilliseconds());

    public void WriteOutbox(OutboxMessage message) => _insertOutbox.Run(Transaction, message.Topic, message.Payload);

    public void DeleteMessage(long number) => _deleteMessage.Run(Transaction, number);

    public void DeleteAnswers(DateTimeOffset before) =>
        _deleteAnswers.Run(Transaction, before.ToUnixTimeMilliseconds());

    /// <summary>Writes everything the state machine changed.</summary>
    public void Write(StateMachine machine, DateTimeOffset now)
    {
        foreach (var (before, after) in machine.ChangedAccounts())
            WriteAccount(before, after, now);
        foreach (var (before, after) in machine.ChangedTransfers())
            WriteTransfer(before, after);
    }

    public void Dispose()
    {
        Rollback();
        SqliteStatement[] statements =
        [
            _findAccount, _findTransfer, _findDue, _findAnswer, _insertAccount, _updateAccount, _insertChange,
            _deleteChanges, _insertTransfer, _insertPending, _updatePending, _insertAnswer, _insertOutbox,
            _deleteAnswers, _deleteMessage, _dataVersion,
        ];
        foreach (var statement in statements)
            statement.Dispose();
        _connection.Dispose();
    }

    private SqliteStatement Prepare(string sql, int parameterCount) => new(_connection, sql, parameterCount);

    private void WriteAccount(AccountState? before, AccountState after, DateTimeOffset now)
    {
        var account = after.Account;
        var balances = after.Balances;
        var unfolded = _remembered.GetValueOrDefault(account.Id).Unfolded;
        var appends = before is not null && account.Limit == BalanceLimit.None && unfolded < FoldAfter;
        _remembered[account.Id] = new Remembered(after, appends ? unfolded + 1 : 0);
        if (before is null)
            _insertAccount.Run(
                Transaction, account.Id, account.Code, (int)account.Side, (int)account.Limit,
                now.ToUnixTimeMilliseconds(), balances.DebitsPending.Fen, balances.DebitsPosted.Fen,
                balances.CreditsPending.Fen, balances.CreditsPosted.Fen);
        else if (appends)
            WriteBalances(_insertChange, account.Id, balances - before.Balances);
        else
        {
            if (unfolded > 0)
                _deleteChanges.Run(Transaction, account.Id);
            WriteBalances(_updateAccount, account.Id, balances);
        }
    }

    private long DataVersion()
    {
        using var row = _dataVersion.Query(Transaction);
        return row.Read() ? row.GetInt64(0) : 0;
    }

    private void WriteBalances(SqliteStatement statement, string account, Balances balances) => statement.Run(
        Transaction, account, balances.DebitsPending.Fen, balances.DebitsPosted.Fen,
        balances.CreditsPending.Fen, balances.CreditsPosted.Fen);

    private void WriteTransfer(BookedTransfer? before, BookedTransfer after)
    {
        var transfer = after.Transfer;
        if (before is not null)
        {
            _updatePending.Run(Transaction, transfer.Id, (int)after.State);
            return;
        }
        var (kind, timeoutMs, pendingOf) = SqliteRows.Columns(transfer.Kind);
        _insertTransfer.Run(
            Transaction, transfer.Id, transfer.DebitAccount, transfer.CreditAccount, transfer.Amount.Fen, kind,
            timeoutMs, pendingOf, transfer.Code, transfer.BusinessRecord, after.BookedAt.ToUnixTimeMilliseconds(),
            SqliteRows.BusinessDay(after.BookedAt));
        if (after.ExpiresAt is { } expiresAt)
            _insertPending.Run(Transaction, transfer.Id, expiresAt.ToUnixTimeMilliseconds(), (int)after.State);
    }
}
