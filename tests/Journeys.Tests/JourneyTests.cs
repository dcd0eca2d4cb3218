using Ecert.Kernel;
using Ecert.Ledger;
using Ecert.Standalone.Journey;
using Ecert.Standalone.Seed;
using Ecert.V1;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Ecert.Journeys.Tests;

/// <summary>The journey as a newcomer sees it, and its invariants broken on purpose.</summary>
public sealed class JourneyTests
{
    [Fact]
    public async Task Journey_holds_from_activation_to_the_reconciled_day()
    {
        var fixture = new StandaloneFixture();
        await fixture.InitializeAsync();
        try
        {
            var output = new StringWriter();
            await new JourneyRunner(fixture.System, new JourneyLog(Console(output))).RunAsync(default);

            var text = output.ToString();
            Assert.Contains("debits", text);
            Assert.DoesNotContain("✗", text);
            Assert.Equal((5, 2, 1), (Count(text, "Agreed"), Count(text, "offline VALID"), Count(text, "reversal 0")));
            Assert.DoesNotContain(fixture.Log.Lines, line => line.Level >= LogLevel.Warning);
            AssertNoPersonalData(fixture.Log.Lines.Select(line => line.Line));
            await BrokenRowIsCaught(fixture.System.LedgerPath);
        }
        finally
        {
            await fixture.DisposeAsync();
        }
    }

    [Fact]
    public void Settlement_whose_parts_do_not_sum_is_caught()
    {
        var whole = new Settlement
        {
            SettlementId = "S1",
            Breakdown = new SettlementBreakdown
            {
                MedfeeSumamtFen = 452, PreselfpayAmtFen = 23, InscpScpAmtFen = 429, ActPayDedcFen = 429,
                PsnPartAmtFen = 452,
                AcctPayFen = 452,
            },
        };
        var short1Fen = whole.Clone();
        short1Fen.Breakdown.AcctPayFen = 451;

        Assert.Empty(JourneyInvariants.Broken([], new TrialBalance([]), [whole], []));
        var broken = Assert.Single(JourneyInvariants.Broken([], new TrialBalance([]), [short1Fen], []));
        Assert.Contains("psn_part_amt", broken);
    }

    [Fact]
    public void Statement_that_differs_from_the_ledger_is_caught()
    {
        var statement = new DailyStatement
        {
            BusinessDate = "2026-11-02",
            Counterpart = new Counterpart { Kind = CounterpartKind.Channel, Code = "ALIPAY" },
            Ours = new StatementTotals { Count = 1, AmountFen = 100 },
            Theirs = new StatementTotals { Count = 1, AmountFen = 101 },
        };

        Assert.Contains("ALIPAY", Assert.Single(JourneyInvariants.Broken([], new TrialBalance([]), [], [statement])));
    }

    [Fact]
    public void Debits_that_do_not_equal_credits_are_caught()
    {
        var lopsided =
            new TrialBalance([new TrialBalanceLine(101, 1, new Balances(default, new Money(1), default, default))]);

        Assert.Contains("Debits", Assert.Single(JourneyInvariants.Broken([], lopsided, [], [])));
    }

    /// <summary>One fen changed in one row of the finished journey's ledger: the audit names it.</summary>
    private static async Task BrokenRowIsCaught(string ledgerPath)
    {
        var copy = ledgerPath + ".copy";
        await using (var source = new SqliteConnection($"Data Source={ledgerPath}"))
        await using (var target = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            await source.OpenAsync();
            await target.OpenAsync();
            source.BackupDatabase(target);
            await using var change = target.CreateCommand();
            change.CommandText =
                "UPDATE transfer SET amount = amount + 1 WHERE id = (SELECT id FROM transfer WHERE kind = 1 LIMIT 1)";
            Assert.Equal(1, await change.ExecuteNonQueryAsync());
            var violations = await Audit.ProveAsync(target, DateTimeOffset.UnixEpoch);
            Assert.NotEmpty(JourneyInvariants.Broken(violations, new TrialBalance([]), [], []));
        }
    }

    private static void AssertNoPersonalData(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            foreach (var citizen in Citizens.All)
                Assert.False(
                    line.Contains(citizen.Name) || line.Contains(citizen.DocumentNumber), "Personal data in the log.");
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;

    private static IAnsiConsole Console(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 400;
        return console;
    }
}
