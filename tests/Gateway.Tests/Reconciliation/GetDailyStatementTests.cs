using Ecert.Adapters.Ports;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Reconciliation;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Reconciliation;

public sealed class GetDailyStatementTests
{
    private const string Day = "2026-11-02";

    [Fact]
    public async Task Channel_that_says_the_same_agrees()
    {
        await using var gateway = await TestGateway.StartAsync();
        var paid = await gateway.PaidBillAsync();
        await RefundedAsync(gateway, paid);
        gateway.WeChatBill.Lines.Add(new StatementLine(paid.Id, "4200001", new Money(BillSteps.Amount), "SUCCESS"));
        gateway.WeChatBill.Lines.Add(new StatementLine("REFUND1", "5000001", new Money(-BillSteps.Amount), "REFUND"));
        gateway.Clock.Advance(TimeSpan.FromDays(1));

        var statement = await StatementAsync(gateway, CounterpartKind.Channel, "WECHAT_PAY");

        Assert.Equal((1, BillSteps.Amount, 1, BillSteps.Amount), Totals(statement.Ours));
        Assert.Equal(statement.Ours, statement.Theirs);
        var found = Assert.Single(await DifferencesAsync(gateway, CounterpartKind.Channel, "WECHAT_PAY"));
        // The bill is written off and its money back: no booking bears the refund out.
        Assert.Equal((DifferenceKind.StateDiffers, "REFUND1", "NOT_BOOKED"), (found.Kind, found.OurNumber,
            found.OurState));
    }

    [Fact]
    public async Task Planted_differences_of_all_four_kinds_are_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        var missing = await gateway.PaidBillAsync();
        var agreed = await gateway.PaidBillAsync();
        var other = await gateway.PaidBillAsync();
        var unbooked = await gateway.PaidBillAsync();
        // One payment whose business record the ledger knows nothing of.
        await using (var db = await gateway.DbAsync())
        {
            var row = await db.FindAsync<PaymentRow>(unbooked.Id);
            db.Entry(row!).Property(payment => payment.BusinessId).CurrentValue = "01KCNOBODY";
            await db.SaveChangesAsync();
        }
        gateway.WeChatBill.Lines.AddRange(
        [
            new StatementLine(agreed.Id, "1", new Money(BillSteps.Amount), "SUCCESS"),
            new StatementLine(other.Id, "2", new Money(BillSteps.Amount - 1), "SUCCESS"),
            new StatementLine(unbooked.Id, "3", new Money(BillSteps.Amount), "SUCCESS"),
            new StatementLine("NOBODYS", "4", new Money(77), "SUCCESS"),
        ]);
        gateway.Clock.Advance(TimeSpan.FromDays(1));

        var statement = await StatementAsync(gateway, CounterpartKind.Channel, "WECHAT_PAY");

        Assert.Equal((StatementState.DifferencesOpen, 4), (statement.State, statement.DifferenceCount));
        var found = await DifferencesAsync(gateway, CounterpartKind.Channel, "WECHAT_PAY");
        Assert.Equal(
            new HashSet<(DifferenceKind, string, long, long)>
            {
                (DifferenceKind.OursOnly, missing.Id, BillSteps.Amount, 0),
                (DifferenceKind.TheirsOnly, "NOBODYS", 0, 77),
                (DifferenceKind.AmountDiffers, other.Id, BillSteps.Amount, BillSteps.Amount - 1),
                (DifferenceKind.StateDiffers, unbooked.Id, BillSteps.Amount, BillSteps.Amount),
            },
            found.Select(one => (one.Kind, one.OurNumber, one.OurAmountFen, one.TheirAmountFen)).ToHashSet());
    }

    [Fact]
    public async Task Biller_is_compared_by_what_it_wrote_off()
    {
        await using var gateway = await TestGateway.StartAsync();
        var paid = await gateway.PaidBillAsync();
        gateway.Power.Lines.Add(new StatementLine(paid.Id, "W-" + paid.Id, new Money(BillSteps.Amount), "WRITTEN_OFF"));
        gateway.Clock.Advance(TimeSpan.FromDays(1));

        var statement = await StatementAsync(gateway, CounterpartKind.Biller, "POWER");

        Assert.Equal((StatementState.Agreed, 1, BillSteps.Amount),
            (statement.State, statement.Ours.Count, statement.Ours.AmountFen));
    }

    [Fact]
    public async Task Insurers_books_are_the_ledgers_and_agree_over_settlement_and_reversal()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.PersonBase.Answer = ScriptedPersonBase.Insured(new Money(100_000));
        var settled = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));
        await gateway.Get<ReverseSettlement>().RunAsync(new ReverseSettlementRequest
        {
            SettlementId = settled.SettlementId, Reason = "test", Operator = Visits.Clerk,
        }, People.Hospital, gateway.NewId(), CancellationToken.None);
        await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));
        gateway.Clock.Advance(TimeSpan.FromDays(1));

        var statement = await StatementAsync(gateway, CounterpartKind.Insurer, "130000");

        Assert.Equal(StatementState.Agreed, statement.State);
        Assert.Equal((2, 120_000, 1, 60_000), Totals(statement.Ours));
    }

    [Fact]
    public async Task Settlement_the_ledger_does_not_bear_out_is_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.PersonBase.Answer = ScriptedPersonBase.Insured(new Money(100_000));
        var settled = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));
        await gateway.ChangeAsync<SettlementRow>(row => row.Stage = SettlementStage.Failed);
        gateway.Clock.Advance(TimeSpan.FromDays(1));

        await StatementAsync(gateway, CounterpartKind.Insurer, "130000");

        var found = Assert.Single(await DifferencesAsync(gateway, CounterpartKind.Insurer, "130000"));
        Assert.Equal((DifferenceKind.TheirsOnly, settled.SettlementId, 60_000),
            (found.Kind, found.OurNumber, found.TheirAmountFen));
    }

    [Fact]
    public async Task Day_is_compared_once_and_kept()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.PaidBillAsync();
        gateway.Clock.Advance(TimeSpan.FromDays(1));
        var first = await StatementAsync(gateway, CounterpartKind.Channel, "WECHAT_PAY");

        gateway.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(first, await StatementAsync(gateway, CounterpartKind.Channel, "WECHAT_PAY"));
    }

    [Fact]
    public async Task Books_that_are_not_there_yet_or_cannot_be_had_are_refusals_and_keep_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Clock.Advance(TimeSpan.FromDays(1));

        gateway.WeChatBill.Fault = new StatementNotReadyException("after ten");
        await TestGateway.RefusedAsync(
            RefusalCatalogue.StatementNotReady, () => StatementAsync(gateway, CounterpartKind.Channel, "WECHAT_PAY"));
        gateway.WeChatBill.Fault = new StatementFailedException("digest differs");
        await TestGateway.RefusedAsync(
            RefusalCatalogue.CounterpartUnavailable, () =>
                StatementAsync(gateway, CounterpartKind.Channel, "WECHAT_PAY"));

        Assert.Equal(0, await gateway.CountAsync<StatementRow>());
    }

    [Theory]
    [InlineData("2026-11-02")]
    [InlineData("2026-13-01")]
    [InlineData("0001-01-01")]
    [InlineData("yesterday")]
    [InlineData("")]
    public async Task Day_that_is_not_over_or_none_is_named(string day)
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.Get<GetDailyStatement>().RunAsync(
            new GetDailyStatementRequest { BusinessDate = day }, CancellationToken.None));

        Assert.Equal(["business_date", "counterpart"], refusal.Violations.Select(one => one.Field));
    }

    private static async Task RefundedAsync(TestGateway gateway, PaymentRow paid)
    {
        gateway.WeChat.OnRefund = _ => Task.FromResult<RefundOutcome>(gateway.WeChat.Refunded(BillSteps.Amount));
        await gateway.Get<PaymentRefunds>().OpenAsync(
            paid, paid.Amount, "REFUND1", paid.BusinessId, "A test", CancellationToken.None);
    }

    private static async Task<DailyStatement> StatementAsync(TestGateway gateway, CounterpartKind kind, string code) =>
        (await gateway.Get<GetDailyStatement>().RunAsync(new GetDailyStatementRequest
        {
            BusinessDate = Day, Counterpart = new Counterpart { Kind = kind, Code = code },
        }, CancellationToken.None)).Statement;

    private static async Task<IEnumerable<Difference>> DifferencesAsync(
        TestGateway gateway, CounterpartKind kind, string code) =>
        (await gateway.Get<ListDifferences>().RunAsync(new ListDifferencesRequest
        {
            BusinessDate = Day, Counterpart = new Counterpart { Kind = kind, Code = code },
        }, CancellationToken.None)).Differences;

    private static (long, long, long, long) Totals(StatementTotals totals) =>
        (totals.Count, totals.AmountFen, totals.RefundCount, totals.RefundAmountFen);
}
