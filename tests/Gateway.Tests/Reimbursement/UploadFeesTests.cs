using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Tests.Reimbursement;

public sealed class UploadFeesTests
{
    private const string ClassB = "XA01ABD075A002010100483";

    [Fact]
    public async Task Every_line_is_answered_with_what_the_catalogue_makes_of_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30"), gateway.Line("2", "2", "2.26", ClassB)];

        var answer = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);

        Assert.Equal((60_452, 0), (answer.MedfeeSumamtFen, answer.RefusedLineCount));
        Assert.Equal(
            [("1", CatalogueLevel.A, 0L, 60_000L), ("2", CatalogueLevel.B, 23L, 429L)],
            answer.LineResults.Select(line => (line.FeedetlSn, line.ChrgitmLv, line.PreselfpayAmtFen,
                line.InscpScpAmtFen)));
        var batch = await gateway.RowAsync<FeeBatchRow>(row => row.Id == answer.FeeBatchId);
        Assert.Equal((60_452, "11", "310", 2), (batch.TotalFen, batch.MedType, batch.Scheme, batch.Level));
    }

    [Fact]
    public async Task Batches_of_one_visit_number_share_the_visit()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "1", "1")];

        var first = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);
        var second = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);

        Assert.Equal(first.MdtrtId, second.MdtrtId);
        Assert.NotEqual(first.FeeBatchId, second.FeeBatchId);
        Assert.Equal(29, first.MdtrtId.Length);
    }

    [Fact]
    public async Task Bad_lines_are_named_all_at_once_and_nothing_is_kept()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines =
        [
            gateway.Line("1", "20", "30"),
            gateway.Line("2", "1", "1", "NOSUCHCODE"),
            gateway.Line("3", "1", "1"),
            gateway.Line("4", "1", "1"),
            gateway.Line("5", "1", "1"),
            gateway.Line("1", "1", "1"),
            gateway.Line("7", "1", "1"),
            gateway.Line("8", "1", "1"),
        ];
        lines[2].Quantity = "1e3";
        lines[3].UnitPriceYuan = "-1";
        lines[4].DetItemFeeSumamtFen = 101;
        lines[6].FeeOcurTime = null;
        lines[7].FeeOcurTime = gateway.Clock.GetUtcNow().AddDays(1).ToTimestamp();

        var answer = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);

        Assert.Equal((7, ""), (answer.RefusedLineCount, answer.FeeBatchId));
        Assert.Equal(
            [
                "", "med_list_codg FEE_LINE_ITEM_UNKNOWN", "quantity FEE_LINE_QUANTITY_INVALID",
                "unit_price_yuan FEE_LINE_PRICE_INVALID", "det_item_fee_sumamt_fen FEE_LINE_AMOUNT_MISMATCH",
                "feedetl_sn FEE_LINE_NUMBER_REUSED", "fee_ocur_time FEE_LINE_TIME_INVALID",
                "fee_ocur_time FEE_LINE_TIME_INVALID",
            ],
            answer.LineResults.Select(line => string.Join(", ",
                line.Problems.Select(one => $"{one.Field} {one.Reason}"))));
        Assert.Equal(0, await gateway.CountAsync<FeeBatchRow>());
    }

    [Fact]
    public async Task Same_request_again_is_answered_as_before()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var header = await gateway.HeaderAsync(lines);

        var first = await gateway.UploadAsync(header, lines);
        var again = await gateway.UploadAsync(header, lines);

        Assert.Equal(first, again);
        Assert.Equal(1, await gateway.CountAsync<FeeBatchRow>());
    }

    [Fact]
    public async Task Same_request_several_times_at_once_is_kept_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var header = await gateway.HeaderAsync(lines);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => Task.Run(() => gateway.UploadAsync(header, lines))));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, await gateway.CountAsync<FeeBatchRow>());
    }

    [Fact]
    public async Task Request_id_with_other_content_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var header = await gateway.HeaderAsync(lines);
        await gateway.UploadAsync(header, lines);
        lines[0].MedinsListName = "other";

        await TestGateway.RefusedAsync(RefusalCatalogue.RequestIdReused, () => gateway.UploadAsync(header, lines));
    }

    [Fact]
    public async Task Header_faults_are_named_all_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.UploadAsync(
            new UploadFeesHeader { LineCount = 2, MedfeeSumamtFen = 1 }, lines));

        Assert.Equal(RefusalCatalogue.InvalidRequest.Code, refusal.Reason.Code);
        Assert.Equal(
            [
                "header.request_id", "header.ipt_otp_no", "header.med_type", "header.begin_time", "header.dept_code",
                "header.dept_name", "header.atddr_no", "header.dr_name", "header.chrg_bchno", "header.diagnoses",
                "header.line_count", "header.medfee_sumamt_fen",
            ],
            refusal.Violations.Select(violation => violation.Field));
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(253_402_300_799, 0)]
    [InlineData(-62_135_596_800, 0)]
    [InlineData(1_793_000_000, -1)]
    public async Task Times_that_are_none_are_named(long seconds, int nanos)
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var header = await gateway.HeaderAsync(lines);
        header.BeginTime = new Timestamp { Seconds = seconds, Nanos = nanos };
        header.EndTime = header.BeginTime;

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.UploadAsync(header, lines));

        Assert.Equal(["header.begin_time", "header.end_time"], refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Line_time_that_is_none_is_the_lines_problem()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        lines[0].FeeOcurTime = new Timestamp { Seconds = long.MaxValue };

        var answer = await gateway.UploadAsync(await gateway.HeaderAsync(lines), lines);

        Assert.Equal("FEE_LINE_TIME_INVALID", Assert.Single(answer.LineResults[0].Problems).Reason);
    }

    [Fact]
    public async Task Amounts_that_no_sum_holds_are_named()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "1", "1"), gateway.Line("2", "1", "1")];
        var header = await gateway.HeaderAsync(lines);
        lines[0].DetItemFeeSumamtFen = lines[1].DetItemFeeSumamtFen = long.MaxValue;

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.UploadAsync(header, lines));

        Assert.Equal(["header.medfee_sumamt_fen"], refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Stream_out_of_order_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var header = new UploadFeesRequest { Header = await gateway.HeaderAsync(lines) };
        var line = new UploadFeesRequest { Line = lines[0] };

        UploadFeesRequest[][] streams = [[], [line, header], [header, header], [header, new UploadFeesRequest()]];
        foreach (var stream in streams)
            await TestGateway.RefusedAsync(
                RefusalCatalogue.FeeUploadMalformed, () => gateway.UploadAsync(People.Hospital, stream));
    }

    [Fact]
    public async Task Voucher_is_good_for_its_own_institution_and_its_own_time()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var header = await gateway.HeaderAsync(lines);

        await TestGateway.RefusedAsync(
            RefusalCatalogue.EcTokenInvalid, () => gateway.UploadAsync(header, lines, People.OtherHospital));
        gateway.Clock.Advance(gateway.Options.EcTokenLifetime);
        await TestGateway.RefusedAsync(RefusalCatalogue.EcTokenInvalid, () => gateway.UploadAsync(header, lines));
    }

    [Fact]
    public async Task Care_the_scheme_has_no_benefit_for_is_refused_by_field()
    {
        await using var gateway = await TestGateway.StartAsync();
        FeeLine[] lines = [gateway.Line("1", "20", "30")];
        var header = await gateway.HeaderAsync(lines);
        header.MedType = MedType.MaternityInpatient;

        var refusal = await TestGateway.RefusalOfAsync(() => gateway.UploadAsync(header, lines));

        Assert.Equal(RefusalCatalogue.CareNotCovered.Code, refusal.Reason.Code);
        Assert.All(refusal.Violations, violation => Assert.StartsWith("header.", violation.Field,
            StringComparison.Ordinal));
        Assert.NotEmpty(refusal.Violations);
    }
}
