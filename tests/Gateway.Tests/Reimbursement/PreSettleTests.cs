using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Reimbursement;

public sealed class PreSettleTests
{
    [Theory]
    [InlineData(true, 6_000, 30_000, 24_000)]
    [InlineData(false, 6_000, 0, 54_000)]
    public async Task Bill_is_split_to_the_fen(bool useAccount, long fund, long account, long cash)
    {
        await using var gateway = await TestGateway.StartAsync();

        var parts = (await gateway.PreSettledAsync(useAccount)).Breakdown;

        Assert.Equal((60_000, 50_000), (parts.MedfeeSumamtFen, parts.ActPayDedcFen));
        Assert.Equal((fund, account, cash), (parts.FundPaySumamtFen, parts.AcctPayFen, parts.PsnCashPayFen));
        Assert.Equal(30_000 - account, parts.BalcFen);
    }

    [Fact]
    public async Task National_identities_hold()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines =
        [
            gateway.Line("1", "33.33", "30"), gateway.Line("2", "7", "2.26", "XA01ABD075A002010100483"),
            gateway.Line("3", "3", "40.105", "XJ01DDT056B002010300007"), gateway.Line("4", "1", "99.99",
                "XV06DXF001B001010100002"),
        ];
        var batch = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);

        var b = (await gateway.PreSettleAsync(batch.FeeBatchId, true)).Breakdown;

        Assert.Equal(b.MedfeeSumamtFen,
            b.FulamtOwnpayAmtFen + b.OverlmtSelfpayFen + b.PreselfpayAmtFen + b.InscpScpAmtFen);
        Assert.Equal(b.FundPaySumamtFen, b.HifpPayFen + b.CvlservPayFen + b.HifesPayFen + b.HifmiPayFen + b.HifobPayFen
            + b.MafPayFen + b.OthPayFen);
        Assert.Equal(b.MedfeeSumamtFen, b.FundPaySumamtFen + b.PsnPartAmtFen + b.HospPartAmtFen);
        Assert.Equal(b.PsnPartAmtFen, b.AcctPayFen + b.AcctMulaidPayFen + b.PsnCashPayFen);
        Assert.True(b is { FulamtOwnpayAmtFen: > 0, OverlmtSelfpayFen: > 0, PreselfpayAmtFen: > 0, HifpPayFen: > 0 });
    }

    [Fact]
    public async Task Trace_explains_every_fen_of_every_field_it_names()
    {
        await using var gateway = await TestGateway.StartAsync();

        var pre = await gateway.PreSettledAsync();

        Assert.All(pre.Trace.GroupBy(step => step.BreakdownField), steps => Assert.Equal(
            SettlementBreakdown.Descriptor.FindFieldByName($"{steps.Key}_fen").Accessor.GetValue(pre.Breakdown),
            steps.Sum(step => step.AmountFen)));
        Assert.Superset(
            new HashSet<string> { "act_pay_dedc", "hifp_pay", "acct_pay", "psn_cash_pay" },
            pre.Trace.Select(step => step.BreakdownField).ToHashSet());
        Assert.All(pre.Trace, step => Assert.True(step is { WordsZh.Length: > 0, WordsEn.Length: > 0,
            RuleId.Length: > 0 }));
        Assert.Equal(pre.Breakdown.FundPaySumamtFen + pre.Breakdown.AcctPayFen,
            pre.FundPayments.Sum(one => one.FundPayamtFen));
    }

    [Fact]
    public async Task Nothing_moves()
    {
        await using var gateway = await TestGateway.StartAsync();

        await gateway.PreSettledAsync();

        Assert.Equal(VisitBooks.Untouched, await VisitBooks.OfAsync(gateway));
        Assert.Empty(gateway.WeChat.Calls);
    }

    [Fact]
    public async Task Year_so_far_counts_what_is_settled_and_not_what_was_taken_back()
    {
        await using var gateway = await TestGateway.StartAsync();
        var settled = await gateway.SettleAsync(Visits.Request(await gateway.PreSettledAsync()));
        await gateway.ApplyAsync(settled.PaymentId, gateway.WeChat.Paid(24_000));

        Assert.Equal(36_000, (await gateway.PreSettledAsync()).Breakdown.FundPaySumamtFen);

        await gateway.Get<ReverseSettlement>().RunAsync(new ReverseSettlementRequest
        {
            SettlementId = settled.SettlementId, Reason = "test", Operator = Visits.Clerk,
        }, People.Hospital, gateway.NewId(), CancellationToken.None);
        Assert.Equal(6_000, (await gateway.PreSettledAsync()).Breakdown.FundPaySumamtFen);
    }

    [Fact]
    public async Task Same_operation_again_keeps_one()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var batch = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);
        var request = new PreSettleRequest { RequestId = "p", FeeBatchId = batch.FeeBatchId,
            UsePersonalAccount = true };

        var first = await gateway.Get<PreSettle>().RunAsync(request, People.Hospital, "01KCPRE",
            CancellationToken.None);
        var again = await gateway.Get<PreSettle>().RunAsync(request, People.Hospital, "01KCPRE",
            CancellationToken.None);

        Assert.Equal(first, again);
        Assert.Equal(1, await gateway.CountAsync<PreSettlementRow>());
    }

    [Fact]
    public async Task Answer_given_again_later_is_the_one_that_is_kept()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var batch = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);
        var request = new PreSettleRequest { RequestId = "p", FeeBatchId = batch.FeeBatchId,
            UsePersonalAccount = true };

        var first = await gateway.Get<PreSettle>().RunAsync(request, People.Hospital, "01KCPRE",
            CancellationToken.None);
        gateway.Clock.Advance(TimeSpan.FromMinutes(5));
        var again = await gateway.Get<PreSettle>().RunAsync(request, People.Hospital, "01KCPRE",
            CancellationToken.None);

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Batch_of_another_institution_is_not_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var batch = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);

        await TestGateway.RefusedAsync(RefusalCatalogue.FeeBatchNotFound, () => gateway.Get<PreSettle>().RunAsync(
            new PreSettleRequest { FeeBatchId = batch.FeeBatchId }, People.OtherHospital, gateway.NewId(),
                CancellationToken.None));
    }
}
