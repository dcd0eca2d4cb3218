using Ecert.Fixtures;
using Ecert.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Ecert.Ledger.Tests;

public sealed class LedgerProperties
{
    [Fact]
    public void Whatever_comes_the_books_stay_right() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(LedgerSteps.Lives(40), static life =>
        {
            var machine = Opened();
            var now = LedgerSteps.Start;
            foreach (var step in life)
            {
                now += TimeSpan.FromMinutes(step.Minutes);
                machine.Apply(Chain(step), now);
                AssertRight(machine);
            }
            // Long after, nothing is reserved any more.
            machine.Expire(now + TimeSpan.FromDays(1));
            AssertRight(machine);
            Assert.All(States(machine), static state => Assert.Equal(
                Money.Zero, state.Balances.DebitsPending + state.Balances.CreditsPending));
        }));

    [Fact]
    public void A_second_coming_of_everything_changes_nothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(LedgerSteps.Lives(40), static life =>
        {
            var machine = Opened();
            var now = LedgerSteps.Start;
            var booked = new List<Transfer>();
            foreach (var step in life)
            {
                now += TimeSpan.FromMinutes(step.Minutes);
                var outcomes = machine.Apply(Chain(step), now);
                booked.AddRange(step.Transfers.Where((_, index) => outcomes[index] == TransferOutcome.Created));
                var before = States(machine);
                Assert.All(
                    machine.Apply(booked, now), static outcome => Assert.Equal(TransferOutcome.Exists, outcome));
                Assert.Equal(before, States(machine));
            }
        }));

    [Fact]
    public async Task The_journal_does_what_the_machine_does()
    {
        foreach (var life in LedgerSteps.Lives(60).Generator.Sample(12))
            await SameLifeAsync(life);
    }

    [Fact]
    public void Random_lives_meet_every_outcome_they_can()
    {
        var met = new HashSet<TransferOutcome>();
        foreach (var life in LedgerSteps.Lives(40).Generator.Sample(400))
        {
            var machine = Opened();
            var now = LedgerSteps.Start;
            foreach (var step in life)
                met.UnionWith(machine.Apply(Chain(step), now += TimeSpan.FromMinutes(step.Minutes)));
        }

        // Ill-formed ids, records, codes and timeouts are not generated, nor sums near 64 bits, nor open chains.
        TransferOutcome[] never =
        [
            TransferOutcome.IdInvalid, TransferOutcome.BusinessRecordInvalid, TransferOutcome.CodeInvalid,
            TransferOutcome.TimeoutInvalid, TransferOutcome.PendingHasDifferentAccounts,
            TransferOutcome.LinkedChainOpen, TransferOutcome.Overflow,
        ];
        Assert.Equal(Enum.GetValues<TransferOutcome>().Except(never), met.Order());
    }

    private static async Task SameLifeAsync(LedgerStep[] life)
    {
        using var file = new JournalFile();
        var clock = new ManualTimeProvider(LedgerSteps.Start);
        var machine = Opened();
        await using var journal = await Journal.OpenAsync(new JournalOptions(file.Path), clock);
        await journal.SubmitAsync(new JournalRequest([]) { Accounts = LedgerSteps.Accounts });
        foreach (var step in life)
        {
            clock.Advance(TimeSpan.FromMinutes(step.Minutes));
            var expected = machine.Apply(Chain(step), clock.GetUtcNow());
            var outcomes = await journal.SubmitAsync(new JournalRequest(step.Transfers)) switch
            {
                JournalResult.Committed committed => committed.Transfers,
                JournalResult.Refused refused => refused.Transfers,
                var other => throw new InvalidOperationException(other.ToString()),
            };
            Assert.True(expected.SequenceEqual(outcomes), $"{step} in {string.Join('\n', life.AsEnumerable())}");
        }
        foreach (var state in States(machine))
            Assert.Equal(state, await journal.FindAccountAsync(state.Account.Id));
        for (var number = 1; number <= 30; number++)
            Assert.Equal(machine.FindTransfer($"T{number}"), await journal.FindTransferAsync($"T{number}"));
        Assert.Empty(await journal.AuditAsync(clock.GetUtcNow()));
    }

    private static StateMachine Opened()
    {
        var machine = new StateMachine();
        foreach (var account in LedgerSteps.Accounts)
            machine.Open(account);
        return machine;
    }

    private static IReadOnlyList<Transfer> Chain(LedgerStep step) =>
        [.. step.Transfers.Select((transfer, index) => transfer with { Linked = index < step.Transfers.Count - 1 })];

    private static AccountState[] States(StateMachine machine) =>
        [.. LedgerSteps.Accounts.Select(account => machine.FindAccount(account.Id)!)];

    /// <summary>Balances equal the sums over the transfers, taken again in the plainest way; limits hold.</summary>
    private static void AssertRight(StateMachine machine)
    {
        var transfers = Enumerable.Range(1, 30).Select(number => machine.FindTransfer($"T{number}"))
            .OfType<BookedTransfer>().ToArray();
        foreach (var state in States(machine))
        {
            var id = state.Account.Id;
            Assert.Equal(
                new Balances(
                    Sum(transfers, booked => booked.Transfer.DebitAccount == id, IsReserved),
                    Sum(transfers, booked => booked.Transfer.DebitAccount == id, IsPosted),
                    Sum(transfers, booked => booked.Transfer.CreditAccount == id, IsReserved),
                    Sum(transfers, booked => booked.Transfer.CreditAccount == id, IsPosted)),
                state.Balances);
            Assert.True(state.Balances.Keep(state.Account.Limit), $"{state}");
        }
    }

    private static Money Sum(
        BookedTransfer[] transfers, Func<BookedTransfer, bool> mine, Func<BookedTransfer, bool> counts) =>
        Money.Sum(transfers.Where(mine).Where(counts).Select(static booked => booked.Transfer.Amount));

    private static bool IsReserved(BookedTransfer booked) => booked.State == PendingState.Open;

    private static bool IsPosted(BookedTransfer booked) =>
        booked.Transfer.Kind is TransferKind.Single or TransferKind.PostPending;
}
