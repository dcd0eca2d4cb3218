using Ecert.Kernel;

namespace Ecert.Adapters.Ports;

/// <summary>
/// A company or authority whose bills are collected here (electricity, water, gas, traffic fines). Its books win: a
/// write-off is idempotent on our number, and an unknown one is asked again with the same number.
/// </summary>
public interface IBiller
{
    /// <summary>The biller's code in this system.</summary>
    string BillerId { get; }

    /// <summary>What a customer owes now.</summary>
    /// <param name="accountNumber">The customer's account number at the biller.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<BillQueryOutcome> QueryAsync(string accountNumber, CancellationToken ct);

    /// <summary>Tells the biller that the bill is paid (销账).</summary>
    Task<WriteOffOutcome> WriteOffAsync(WriteOff writeOff, CancellationToken ct);

    /// <summary>The write-offs of a business day by the biller's books.</summary>
    /// <exception cref="StatementNotReadyException">The biller has not produced it yet.</exception>
    /// <exception cref="StatementFailedException">It could not be had, or is not what it should be.</exception>
    Task<IReadOnlyList<StatementLine>> StatementAsync(DateOnly day, CancellationToken ct);
}

/// <summary>A bill as the biller states it.</summary>
/// <param name="AccountNumber">The customer's account number.</param>
/// <param name="BillNumber">The biller's number of this bill.</param>
/// <param name="CustomerName">As the biller prints it, already masked.</param>
/// <param name="Amount">What is owed.</param>
/// <param name="LateFee">The part of the amount that is a late fee.</param>
/// <param name="Period">What it is for, <c>yyyyMM</c> or <c>yyyyMM-yyyyMM</c>.</param>
public sealed record BillerBill(
    string AccountNumber, string BillNumber, string CustomerName, Money Amount, Money LateFee, string Period);

/// <summary>What a query said.</summary>
public abstract record BillQueryOutcome
{
    private BillQueryOutcome() { }

    /// <summary>There is something to pay.</summary>
    public sealed record Owed(BillerBill Bill) : BillQueryOutcome;

    /// <summary>The account exists and owes nothing.</summary>
    public sealed record NothingOwed : BillQueryOutcome;

    /// <summary>No such account.</summary>
    public sealed record NotFound : BillQueryOutcome;

    /// <summary>The biller could not be asked.</summary>
    public sealed record Unknown(string Why) : BillQueryOutcome;
}

/// <summary>A paid bill to be written off.</summary>
/// <param name="Number">Our number, the idempotency key at the biller.</param>
/// <param name="AccountNumber">The customer's account number.</param>
/// <param name="BillNumber">The bill.</param>
/// <param name="Amount">Exactly what the bill says.</param>
/// <param name="Channel">How the cash came.</param>
public sealed record WriteOff(
    string Number, string AccountNumber, string BillNumber, Money Amount, ChannelName Channel);

/// <summary>How a write-off stands.</summary>
public abstract record WriteOffOutcome
{
    private WriteOffOutcome() { }

    /// <summary>The bill is settled at the biller.</summary>
    public sealed record WrittenOff(string BillerNumber) : WriteOffOutcome;

    /// <summary>Refused for good: the payment must be given back.</summary>
    public sealed record Refused(string Code, string Message) : WriteOffOutcome;

    /// <summary>Nobody can say yet; repeat with the same number.</summary>
    public sealed record Unknown(string Why) : WriteOffOutcome;
}
