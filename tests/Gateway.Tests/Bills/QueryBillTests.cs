using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Bills;

public sealed class QueryBillTests
{
    [Fact]
    public async Task What_is_owed_is_shown_masked_and_kept_encrypted()
    {
        await using var gateway = await TestGateway.StartAsync();

        var bill = await gateway.QuotedBillAsync();

        Assert.Equal((BillSteps.Amount, 45, "202610", "******0001", "张*"),
            (bill.AmountFen, bill.LateFeeFen, bill.Period, bill.MaskedAccountNumber, bill.MaskedCustomerName));
        var row = await gateway.RowAsync<BillPaymentRow>(_ => true);
        Assert.DoesNotContain(BillSteps.AccountNumber, Encoding.Latin1.GetString(row.AccountNumber),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_answers_of_the_biller_are_told_by_name()
    {
        await using var gateway = await TestGateway.StartAsync();

        gateway.Power.OnQuery = _ => new BillQueryOutcome.NothingOwed();
        Assert.Empty((await QueryAsync(gateway, BillSteps.AccountNumber)).Bills);
        gateway.Power.OnQuery = _ => new BillQueryOutcome.NotFound();
        await TestGateway.RefusedAsync(
            RefusalCatalogue.BillAccountNotFound, () => QueryAsync(gateway, BillSteps.AccountNumber));
        gateway.Power.OnQuery = _ => new BillQueryOutcome.Unknown("lost");
        await TestGateway.RefusedAsync(
            RefusalCatalogue.CounterpartUnavailable, () => QueryAsync(gateway, BillSteps.AccountNumber));
    }

    [Theory]
    [InlineData("")]
    [InlineData("130100000")]
    [InlineData("13010000012")]
    [InlineData("1301000001\n")]
    [InlineData("１３０１０００００１")]
    public async Task Number_of_another_form_is_refused_before_the_biller_is_asked(string number)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Power.OnQuery = _ => throw new InvalidOperationException("The biller was asked.");

        var refusal = await TestGateway.RefusalOfAsync(() => QueryAsync(gateway, number));

        Assert.Equal(["account_number"], refusal.Violations.Select(one => one.Field));
    }

    [Fact]
    public async Task Unknown_biller_is_named()
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.Get<QueryBill>().RunAsync(
            new QueryBillRequest { BillerId = "NONE", AccountNumber = "1" }, People.Citizen, gateway.NewId(),
            CancellationToken.None));

        Assert.Equal(["biller_id"], refusal.Violations.Select(one => one.Field));
    }

    private static Task<QueryBillResponse> QueryAsync(TestGateway gateway, string number) =>
        gateway.Get<QueryBill>().RunAsync(
        new QueryBillRequest { BillerId = "POWER", AccountNumber = number }, People.Citizen, gateway.NewId(),
        CancellationToken.None);
}
