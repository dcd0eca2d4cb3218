using Ecert.Adapters.Ports;
using Ecert.Ledger;

namespace Ecert.Gateway.Books;

/// <summary>
/// The accounts and what each stands for. Debit-normal accounts are what the system may claim or has spent (cash at a
/// channel, what funds paid out); credit-normal ones what it owes (an institution, a biller, a citizen's personal
/// account).
/// </summary>
internal static class ChartOfAccounts
{
    /// <summary>Account codes: the first digit is the class (1 claims, 2 debts, 5 spending).</summary>
    internal static class Codes
    {
        public const int ChannelClearing = 101;
        public const int FareReceivable = 102;
        public const int PersonalAccount = 201;
        public const int InstitutionPayable = 202;
        public const int BillerPayable = 203;
        public const int TransitPayable = 204;
        public const int FundSpending = 501;
        public const int ContributionsReceived = 502;
    }

    /// <summary>Transfer codes: what a movement is.</summary>
    internal static class Movements
    {
        public const int OpeningBalance = 1;
        public const int FundPart = 10;
        public const int AccountPart = 11;
        public const int CashPart = 12;
        public const int FundPartReversed = 20;
        public const int AccountPartReversed = 21;
        public const int CashPartReversed = 22;
        public const int FareAccrued = 30;
        public const int FareCollected = 31;
        public const int BillCollected = 40;
        public const int BillReturned = 41;
    }

    /// <summary>What the payer paid through a channel and the channel owes us.</summary>
    public static Account Clearing(ChannelName channel) => new(
        $"clearing/{channel}", Codes.ChannelClearing, NormalSide.Debit, BalanceLimit.None);

    /// <summary>Fares of ended rides not collected yet.</summary>
    public static Account FareReceivable(string operatorId) => new(
        $"fares-due/{operatorId}", Codes.FareReceivable, NormalSide.Debit, BalanceLimit.None);

    /// <summary>A citizen's personal account of one scheme at one place; may not be overdrawn.</summary>
    public static Account Personal(string place, string subject, string scheme) => new(
        $"personal/{place}/{subject}/{scheme}", Codes.PersonalAccount, NormalSide.Credit,
        BalanceLimit.DebitsMayNotExceedCredits);

    /// <summary>What a hospital or pharmacy is owed.</summary>
    public static Account Institution(string institutionId) => new(
        $"institution/{institutionId}", Codes.InstitutionPayable, NormalSide.Credit, BalanceLimit.None);

    /// <summary>What a biller is owed.</summary>
    public static Account Biller(string billerId) => new(
        $"biller/{billerId}", Codes.BillerPayable, NormalSide.Credit, BalanceLimit.None);

    /// <summary>What a transit operator is owed.</summary>
    public static Account Transit(string operatorId) => new(
        $"transit/{operatorId}", Codes.TransitPayable, NormalSide.Credit, BalanceLimit.None);

    /// <summary>What one fund of one place paid out. Append-only in the ledger: a nation posts to it at once.</summary>
    public static Account Fund(string place, string fundPayType) => new(
        $"fund/{place}/{fundPayType}", Codes.FundSpending, NormalSide.Debit, BalanceLimit.None);

    /// <summary>Where personal accounts are fed from.</summary>
    public static Account Contributions(string place) => new(
        $"contributions/{place}", Codes.ContributionsReceived, NormalSide.Debit, BalanceLimit.None);
}
