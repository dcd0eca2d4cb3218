using Ecert.Kernel;

namespace Ecert.Ledger;

/// <summary>
/// The side on which an account grows: assets and expenses on the debit side, liabilities and income on the credit
/// side.
/// </summary>
public enum NormalSide
{
    /// <summary>Grows by debits: channel clearing, receivables, expenses.</summary>
    Debit = 1,

    /// <summary>Grows by credits: what is owed to citizens, institutions and funds.</summary>
    Credit = 2,
}

/// <summary>
/// What may never happen to an account. Pending amounts count against a limit, never in favour of it.
/// </summary>
public enum BalanceLimit
{
    /// <summary>
    /// No limit. Such accounts may be hot: their changes are appended and folded, never updated per transfer.
    /// </summary>
    None = 0,

    /// <summary>
    /// debits pending + debits posted may not exceed credits posted: nobody spends what is not there.
    /// </summary>
    DebitsMayNotExceedCredits = 1,

    /// <summary>credits pending + credits posted may not exceed debits posted.</summary>
    CreditsMayNotExceedDebits = 2,
}

/// <summary>An account. Never changed once opened and never deleted.</summary>
/// <param name="Id">
/// Made by the client: 1 to 64 printable ASCII characters without blanks, such as <c>fund/310000/310</c>.
/// </param>
/// <param name="Code">What kind of account it is, for the trial balance; positive.</param>
/// <param name="Side">Where it grows.</param>
/// <param name="Limit">What may never happen to it.</param>
public sealed record Account(string Id, int Code, NormalSide Side, BalanceLimit Limit);

/// <summary>The four sums of an account, each at least zero.</summary>
/// <param name="DebitsPending">Reserved on the debit side by pending transfers that are still open.</param>
/// <param name="DebitsPosted">Booked on the debit side for good.</param>
/// <param name="CreditsPending">Reserved on the credit side by pending transfers that are still open.</param>
/// <param name="CreditsPosted">Booked on the credit side for good.</param>
public readonly record struct Balances(
    Money DebitsPending, Money DebitsPosted, Money CreditsPending, Money CreditsPosted)
{
    /// <summary>Change by change.</summary>
    public static Balances operator +(Balances left, Balances right) => new(
        left.DebitsPending + right.DebitsPending, left.DebitsPosted + right.DebitsPosted,
        left.CreditsPending + right.CreditsPending, left.CreditsPosted + right.CreditsPosted);

    /// <summary>What changed from <paramref name="right"/> to <paramref name="left"/>; may be negative.</summary>
    public static Balances operator -(Balances left, Balances right) => new(
        left.DebitsPending - right.DebitsPending, left.DebitsPosted - right.DebitsPosted,
        left.CreditsPending - right.CreditsPending, left.CreditsPosted - right.CreditsPosted);

    /// <summary>Whether these sums keep the limit.</summary>
    public bool Keep(BalanceLimit limit) => limit switch
    {
        BalanceLimit.DebitsMayNotExceedCredits =>
            (Int128)DebitsPending.Fen + DebitsPosted.Fen <= CreditsPosted.Fen,
        BalanceLimit.CreditsMayNotExceedDebits =>
            (Int128)CreditsPending.Fen + CreditsPosted.Fen <= DebitsPosted.Fen,
        _ => true,
    };
}

/// <summary>An account and its sums.</summary>
/// <param name="Account">The account.</param>
/// <param name="Balances">Its sums.</param>
public sealed record AccountState(Account Account, Balances Balances)
{
    /// <summary>The posted balance on the account's own side; negative when overdrawn.</summary>
    public Money Posted => Account.Side == NormalSide.Debit
        ? Balances.DebitsPosted - Balances.CreditsPosted
        : Balances.CreditsPosted - Balances.DebitsPosted;

    /// <summary>
    /// What can still be taken from the account's own side: <see cref="Posted"/> less what is reserved against it.
    /// </summary>
    public Money Available => Posted - (Account.Side == NormalSide.Debit
        ? Balances.CreditsPending
        : Balances.DebitsPending);
}
