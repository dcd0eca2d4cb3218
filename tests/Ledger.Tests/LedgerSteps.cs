using Ecert.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Ecert.Ledger.Tests;

/// <summary>One step of a random life of a ledger: transfers that stand or fall together, after some minutes.</summary>
public sealed record LedgerStep(int Minutes, IReadOnlyList<Transfer> Transfers)
{
    public override string ToString() => $"+{Minutes}m {string.Join(", ", Transfers)}";
}

/// <summary>
/// Random lives, from few ids and small amounts, so that replays, reused ids, double posts, expiries and limits meet.
/// </summary>
internal static class LedgerSteps
{
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<Account> Accounts =
    [
        new("fund", 1001, NormalSide.Debit, BalanceLimit.None),
        new("hospital", 2101, NormalSide.Credit, BalanceLimit.None),
        new("citizen", 2001, NormalSide.Credit, BalanceLimit.DebitsMayNotExceedCredits),
        new("relative", 2001, NormalSide.Credit, BalanceLimit.DebitsMayNotExceedCredits),
        new("float", 1101, NormalSide.Debit, BalanceLimit.CreditsMayNotExceedDebits),
    ];

    /// <summary>Every fifth step or so comes again later, as a retry would.</summary>
    public static Arbitrary<LedgerStep[]> Lives(int length) => (
        from steps in Step.ArrayOf(length)
        from repeats in Gen.Choose(0, 4).ArrayOf(length)
        select steps.Select((step, index) =>
            repeats[index] == 0 ? step with { Transfers = steps[index / 2].Transfers } : step).ToArray()).ToArbitrary();

    private static Gen<string> Id => Gen.Choose(1, 30).Select(static number => $"T{number}");

    private static Gen<string> AccountId =>
        Gen.Elements("fund", "hospital", "citizen", "relative", "float", "nobody");

    private static Gen<Transfer> Moving =>
        from id in Id
        from debit in AccountId
        from credit in AccountId
        from amount in Gen.Choose(0, 40)
        from minutes in Gen.Choose(0, 30)
        let money = new Money(amount)
        select minutes > 10
            ? Transfer.Reserve(id, debit, credit, money, TimeSpan.FromMinutes(minutes), 1, "settlement/S1")
            : Transfer.Single(id, debit, credit, money, 1, "settlement/S1");

    private static Gen<Transfer> Resolving =>
        from id in Id
        from of in Id
        from amount in Gen.Choose(-1, 20)
        from posts in Gen.Elements(true, false)
        select posts
            ? Transfer.Post(id, of, 1, "settlement/S1", new Money(amount))
            : Transfer.Void(id, of, 1, "settlement/S1");

    private static Gen<LedgerStep> Step =>
        from minutes in Gen.Choose(0, 5)
        from count in Gen.Frequency((6, Gen.Constant(1)), (2, Gen.Choose(2, 3)))
        from transfers in Gen.Frequency((3, Moving), (2, Resolving)).ListOf(count)
        select new LedgerStep(minutes, [.. transfers]);
}
