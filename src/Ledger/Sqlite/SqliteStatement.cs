using Microsoft.Data.Sqlite;

namespace Ecert.Ledger.Sqlite;

/// <summary>
/// A statement prepared once and run many times, its parameters <c>$1</c>, <c>$2</c>, … set by position.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public SqliteStatement(SqliteConnection connection, string sql, int parameterCount)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var number = 1; number <= parameterCount; number++)
            _command.Parameters.Add(new SqliteParameter($"${number}", null));
    }

    public void Run(SqliteTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bound(transaction, values).ExecuteNonQuery();

    public SqliteDataReader Query(SqliteTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bound(transaction, values).ExecuteReader();

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bound(SqliteTransaction transaction, ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (var index = 0; index < values.Length; index++)
            _command.Parameters[index].Value = values[index] ?? DBNull.Value;
        return _command;
    }
}
