using System.Globalization;
using Ecert.CertsDev;
using Ecert.Gateway.Books;
using Ecert.Kernel;
using Ecert.Ledger;
using Ecert.V1;
using Spectre.Console;

namespace Ecert.Standalone.Journey;

/// <summary>The next morning: the day is compared with everybody, and the books are proved.</summary>
internal sealed class ReconciliationSteps(JourneyCast cast, JourneyLog log)
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    private static readonly Counterpart[] Counterparts =
    [
        new() { Kind = CounterpartKind.Channel, Code = "WECHAT_PAY" },
        new() { Kind = CounterpartKind.Channel, Code = "ALIPAY" },
        new() { Kind = CounterpartKind.Biller, Code = Cast.ShanghaiBiller },
        new() { Kind = CounterpartKind.Insurer, Code = "310000" },
        new() { Kind = CounterpartKind.Insurer, Code = "130000" },
    ];

    /// <summary>Turns the clock to the next morning and compares the day before.</summary>
    public Task<List<DailyStatement>> ReconcileAsync(CancellationToken ct) =>
        log.StepAsync("The clock is turned to tomorrow 10:30; the day is reconciled with everybody", async () =>
        {
            var day = DateOnly.FromDateTime(cast.System.Clock.GetUtcNow().ToOffset(Beijing).DateTime);
            cast.System.Clock.TurnTo(new DateTimeOffset(day.AddDays(1).ToDateTime(new TimeOnly(10, 30)), Beijing));
            var national = await cast.AsAsync(Cast.NationalOperator, ct);
            var client = new ReconciliationService.ReconciliationServiceClient(national.Calls);
            var statements = new List<DailyStatement>();
            foreach (var counterpart in Counterparts)
                statements.Add((await client.GetDailyStatementAsync(new()
                {
                    BusinessDate = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Counterpart = counterpart,
                }, cancellationToken: ct)).Statement);
            return (statements, string.Join("; ", statements.Select(Describe)), default(Money?));
        });

    /// <summary>Proves the books from their rows, and prints the balance.</summary>
    public Task ProveAsync(
        IReadOnlyList<Settlement> settlements, IReadOnlyList<DailyStatement> statements, CancellationToken ct) =>
        log.StepAsync("The books are proved from their rows alone", async () =>
        {
            await using var journal = await Journal.OpenAsync(
                new JournalOptions(cast.System.LedgerPath), cast.System.Clock, ct);
            var balance = await journal.TrialBalanceAsync(ct);
            var broken = JourneyInvariants.Broken(
                await journal.AuditAsync(cast.System.Clock.GetUtcNow(), ct), balance, settlements, statements);
            if (broken.Count > 0)
                throw new JourneyFailedException(string.Join(Environment.NewLine, broken));
            log.Show(Table(balance));
            return ($"debits {balance.Total.DebitsPosted} = credits {balance.Total.CreditsPosted}; "
                + $"{settlements.Count} settlements "
                + $"sum to their totals; {statements.Count} statements agree", balance.Total.DebitsPosted);
        });

    private static string Describe(DailyStatement statement) =>
        $"{statement.Counterpart.Code} {statement.State} "
        + $"({statement.Ours.Count} in, {statement.Ours.RefundCount} back)";

    private static Table Table(TrialBalance balance)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("科目余额表 Trial balance (yuan)");
        table.AddColumn("科目 Account");
        table.AddColumn(new TableColumn("借方 Debits").RightAligned());
        table.AddColumn(new TableColumn("贷方 Credits").RightAligned());
        foreach (var line in balance.Lines)
        {
            var (zh, en) = AccountNames.Of(line.Code);
            table.AddRow($"{zh} {en}", line.Balances.DebitsPosted.ToYuan(), line.Balances.CreditsPosted.ToYuan());
        }
        table.AddRow(
            "[bold]合计 Total[/]", $"[bold]{balance.Total.DebitsPosted}[/]", $"[bold]{balance.Total.CreditsPosted}[/]");
        return table;
    }
}
