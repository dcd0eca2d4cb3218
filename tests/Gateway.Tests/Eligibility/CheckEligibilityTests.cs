using Ecert.Adapters.Ports;
using Ecert.Gateway.Eligibility;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Eligibility;

public sealed class CheckEligibilityTests
{
    [Fact]
    public async Task Insured_person_is_eligible_with_balance_and_year()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));

        var answer = await CheckAsync(gateway);

        Assert.Equal((EligibilityStanding.Eligible, FilingKind.NotNeeded), (answer.Standing, answer.Filing));
        Assert.Equal((0, 30_000), (answer.Balances[0].AvailableFen, answer.Balances[0].HeldFen));
        var year = Assert.Single(answer.YearToDate);
        Assert.Equal(("2026-01-01", "2026-12-31", 60_000, 50_000), (year.YearStartDate, year.YearEndDate,
            year.OutpatientInscpScpAmtFen, year.OutpatientDeductiblePaidFen));
    }

    [Fact]
    public async Task Standing_comes_fresh_from_the_base()
    {
        await using var gateway = await TestGateway.StartAsync();
        var voucher = await gateway.EcTokenAsync();

        gateway.PersonBase.Answer = ScriptedPersonBase.Insured(new Money(1), isActive: false);
        Assert.Equal(EligibilityStanding.Paused, (await CheckAsync(gateway, voucher: voucher)).Standing);
        gateway.PersonBase.Answer = new PersonOutcome.Found(People.PersonNumber, []);
        Assert.Equal(EligibilityStanding.NotInsured, (await CheckAsync(gateway, voucher: voucher)).Standing);
        gateway.PersonBase.Answer = new PersonOutcome.NotFound();
        await TestGateway.RefusedAsync(RefusalCatalogue.PersonNotFound, () => CheckAsync(gateway, voucher: voucher));
        gateway.PersonBase.Answer = new PersonOutcome.Unknown("lost");
        await TestGateway.RefusedAsync(RefusalCatalogue.CounterpartUnavailable, () => CheckAsync(gateway,
            voucher: voucher));
    }

    [Fact]
    public async Task Care_without_benefit_is_said_to_be()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal(EligibilityStanding.CareNotCovered, (await CheckAsync(gateway,
            MedType.MaternityInpatient)).Standing);
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("2026-02-30")]
    [InlineData("today")]
    public async Task Day_that_is_none_is_named(string day)
    {
        await using var gateway = await TestGateway.StartAsync();

        var refusal = await TestGateway.RefusalOfAsync(() => CheckAsync(gateway, day: day));

        Assert.Equal(["visit_date"], refusal.Violations.Select(one => one.Field));
    }

    private static async Task<V1.Eligibility> CheckAsync(
        TestGateway gateway, MedType medType = MedType.Outpatient, string day = "", string? voucher = null) =>
        (await gateway.Get<CheckEligibility>().RunAsync(new CheckEligibilityRequest
        {
            Voucher = new Voucher { EcToken = voucher ?? await gateway.EcTokenAsync() }, MedType = medType,
                VisitDate = day,
            Operator = Visits.Clerk,
        }, People.Hospital, CancellationToken.None)).Eligibility;
}
