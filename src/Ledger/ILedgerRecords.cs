namespace Ecert.Ledger;

/// <summary>
/// What a <see cref="StateMachine"/> reads beneath itself: committed accounts and transfers. Answers may not change
/// while a state machine works on them.
/// </summary>
public interface ILedgerRecords
{
    /// <summary>The committed account of that id, or null.</summary>
    AccountState? FindAccount(string id);

    /// <summary>The committed transfer of that id, or null.</summary>
    BookedTransfer? FindTransfer(string id);

    /// <summary>The ids of committed pending transfers that are open though their time is over.</summary>
    /// <param name="now">The time to compare with.</param>
    IReadOnlyList<string> FindDue(DateTimeOffset now);
}

/// <summary>Nothing beneath: a ledger that lives in memory alone.</summary>
internal sealed class EmptyRecords : ILedgerRecords
{
    public AccountState? FindAccount(string id) => null;

    public BookedTransfer? FindTransfer(string id) => null;

    public IReadOnlyList<string> FindDue(DateTimeOffset now) => [];
}
