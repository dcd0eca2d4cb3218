using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Reimbursement;

public sealed class WatchSettlementTests
{
    [Fact]
    public async Task Settlement_is_told_until_nothing_more_can_happen_by_itself()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settling = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));
        var told = new Told<WatchSettlementResponse>();

        var watching = WatchAsync(gateway, settling.SettlementId, "", told);
        Assert.Equal(SettlementState.Settling, (await told.NextAsync()).Settlement.State);
        await gateway.ApplyAsync(settling.PaymentId, gateway.WeChat.Paid(24_000));
        await watching.WaitAsync(TimeSpan.FromSeconds(30));

        var last = await told.NextAsync();
        while (!told.IsSilent)
            last = await told.NextAsync();
        Assert.Equal(SettlementState.Complete, last.Settlement.State);

        var again = new Told<WatchSettlementResponse>();
        await WatchAsync(gateway, settling.SettlementId, last.ResumeToken, again);
        Assert.True(again.IsSilent);
    }

    [Fact]
    public async Task Unknown_settlement_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();

        await TestGateway.RefusedAsync(RefusalCatalogue.SettlementNotFound,
            () => WatchAsync(gateway, "none", "", new Told<WatchSettlementResponse>()));
    }

    private static Task WatchAsync(
        TestGateway gateway, string settlementId, string resume, Told<WatchSettlementResponse> told) =>
        gateway.Get<WatchSettlement>().RunAsync(
            new WatchSettlementRequest { SettlementId = settlementId, ResumeToken = resume }, People.Hospital, told,
            CancellationToken.None);
}
