using System.Data.Common;
using System.Globalization;
using Ecert.Kernel;
using Microsoft.Data.Sqlite;

namespace Ecert.Ledger.Sqlite;

/// <summary>
/// The reading side of a journal file: pooled connections that see the last commit and never block the writer.
/// </summary>
internal sealed class SqliteReader(string path) : IDisposable
{
    private readonly string _connectionString = SqliteSchema.ConnectionString(path, readOnly: true);

    public Task<AccountState?> FindAccountAsync(string id, CancellationToken ct) => FirstAsync(
        $"SELECT {SqliteRows.AccountColumns} FROM account_balance WHERE id = $1", SqliteRows.ReadAccount, ct, id);

    public Task<BookedTransfer?> FindTransferAsync(string id, CancellationToken ct) => FirstAsync(
        $"{SqliteRows.SelectTransfer} WHERE transfer.id = $1", SqliteRows.ReadTransfer, ct, id);

    public Task<IReadOnlyList<BookedTransfer>> TransfersOfAsync(string businessRecord, CancellationToken ct) =>
        AllAsync($"{SqliteRows.SelectTransfer} WHERE business_record = $1 ORDER BY number", SqliteRows.ReadTransfer, ct,
        businessRecord);

    public async Task<TransferPage> TransfersOfDayAsync(DateOnly day, long after, int pageSize, CancellationToken ct)
    {
        // One row more than asked for tells whether there is a next page.
        var rows = await AllAsync(
            $"{SqliteRows.SelectTransfer} WHERE business_day = $1 AND number > $2 ORDER BY number LIMIT $3",
            static row => (Booked: SqliteRows.ReadTransfer(row), Number: row.GetInt64(12)), ct,
            SqliteRows.Number(day), after, pageSize + 1);
        var next = rows.Count > pageSize ? rows[pageSize - 1].Number.ToString(CultureInfo.InvariantCulture) : "";
        return new TransferPage([.. rows.Take(pageSize).Select(static row => row.Booked)], next);
    }

    public async Task<TrialBalance> TrialBalanceAsync(CancellationToken ct) => new(await AllAsync(
        """
        SELECT code, COUNT(*), SUM(debits_pending), SUM(debits_posted), SUM(credits_pending), SUM(credits_posted)
        FROM account_balance GROUP BY code ORDER BY code
        """,
        static row => new TrialBalanceLine(row.GetInt32(0), row.GetInt64(1), SqliteRows.ReadBalances(row, 2)), ct));

    public Task<IdempotencyRecord?> FindAnswerAsync(string scope, string requestId, CancellationToken ct) => FirstAsync(
        "SELECT digest, answer FROM answer WHERE scope = $1 AND request_id = $2",
        row => new IdempotencyRecord(scope, requestId, row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)), ct,
        scope, requestId);

    public Task<IReadOnlyList<OutboxEntry>> WaitingMessagesAsync(int limit, CancellationToken ct) => AllAsync(
        "SELECT number, topic, payload FROM outbox ORDER BY number LIMIT $1",
        static row => new OutboxEntry(
            row.GetInt64(0), new OutboxMessage(row.GetString(1), row.GetFieldValue<byte[]>(2))),
        ct, limit);

    public async Task<IReadOnlyList<AuditViolation>> AuditAsync(DateTimeOffset asOf, CancellationToken ct)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(ct);
        return await Audit.ProveAsync(connection, asOf, ct);
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private async Task<T?> FirstAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken ct, params object[] values) where T : class =>
        (await AllAsync(sql, read, ct, values)).FirstOrDefault();

    private async Task<IReadOnlyList<T>> AllAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken ct, params object[] values)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"${index + 1}", values[index]);
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await row.ReadAsync(ct))
            rows.Add(read(row));
        return rows;
    }
}
