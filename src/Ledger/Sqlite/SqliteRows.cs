using System.Data.Common;
using Ecert.Kernel;

namespace Ecert.Ledger.Sqlite;

/// <summary>How accounts and transfers lie in rows, and back.</summary>
internal static class SqliteRows
{
    public const string AccountColumns =
        "id, code, side, balance_limit, debits_pending, debits_posted, credits_pending, credits_posted";

    public const string SelectTransfer =
        """
        SELECT transfer.id, debit_account, credit_account, amount, kind, timeout_ms, pending_of, code, business_record,
          booked_at, expires_at, state, number
        FROM transfer LEFT JOIN pending ON pending.id = transfer.id
        """;

    private static readonly TimeSpan BeijingOffset = TimeSpan.FromHours(8);

    /// <summary>The day on Beijing's clocks as a number, 20261102.</summary>
    public static int BusinessDay(DateTimeOffset at) =>
        Number(DateOnly.FromDateTime(at.ToOffset(BeijingOffset).DateTime));

    public static int Number(DateOnly day) => day.Year * 10_000 + day.Month * 100 + day.Day;

    public static AccountState ReadAccount(DbDataReader row) => new(
        new Account(
            row.GetString(0), row.GetInt32(1), (NormalSide)row.GetInt32(2), (BalanceLimit)row.GetInt32(3)),
        ReadBalances(row, 4));

    public static Balances ReadBalances(DbDataReader row, int first) => new(
        new Money(row.GetInt64(first)), new Money(row.GetInt64(first + 1)),
        new Money(row.GetInt64(first + 2)), new Money(row.GetInt64(first + 3)));

    public static BookedTransfer ReadTransfer(DbDataReader row) => new(
        new Transfer(
            row.GetString(0), row.GetString(1), row.GetString(2), new Money(row.GetInt64(3)), ReadKind(row),
            row.GetInt32(7), row.GetString(8)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)),
        row.IsDBNull(10) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
        row.IsDBNull(11) ? PendingState.NotPending : (PendingState)row.GetInt32(11));

    public static (int Kind, long? TimeoutMs, string? PendingOf) Columns(TransferKind kind) => kind switch
    {
        TransferKind.Pending pending => (2, pending.Timeout.Ticks / TimeSpan.TicksPerMillisecond, null),
        TransferKind.PostPending post => (3, null, post.Of),
        TransferKind.VoidPending cancel => (4, null, cancel.Of),
        _ => (1, null, null),
    };

    private static TransferKind ReadKind(DbDataReader row) => row.GetInt32(4) switch
    {
        1 => new TransferKind.Single(),
        2 => new TransferKind.Pending(TimeSpan.FromMilliseconds(row.GetInt64(5))),
        3 => new TransferKind.PostPending(row.GetString(6)),
        4 => new TransferKind.VoidPending(row.GetString(6)),
        var kind => throw new InvalidDataException($"The journal holds a transfer of the unknown kind {kind}."),
    };
}
