using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Reimbursement;

public sealed class GetSettlementTests
{
    [Fact]
    public async Task Settlement_carries_what_was_pre_settled()
    {
        await using var gateway = await TestGateway.StartAsync();
        var pre = await gateway.PreSettledAsync();
        var settling = await gateway.SettleAsync(Visits.Request(pre));

        var settlement = await gateway.FindSettlementAsync(settling.SettlementId);

        Assert.Equal(pre.Breakdown, settlement.Breakdown);
        Assert.Equal(pre.Trace, settlement.Trace);
        Assert.Equal(pre.FundPayments, settlement.FundPayments);
        Assert.Equal((pre.RuleVersion, pre.PreSettlementId, pre.MdtrtId, People.PersonNumber, Scheme.Employee),
            (settlement.RuleVersion, settlement.PreSettlementId, settlement.MdtrtId, settlement.PsnNo,
                settlement.Scheme));
    }

    [Fact]
    public async Task Settlement_is_told_to_the_institution_that_made_it_and_nobody_else()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));
        var verb = gateway.Get<GetSettlement>();

        await TestGateway.RefusedAsync(RefusalCatalogue.SettlementNotFound,
            () => verb.RunAsync(settling.SettlementId, People.OtherHospital, CancellationToken.None));
        await TestGateway.RefusedAsync(RefusalCatalogue.InvalidRequest,
            () => verb.RunAsync("", People.Hospital, CancellationToken.None));
    }
}
