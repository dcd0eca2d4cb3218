using System.Globalization;
using Ecert.Insurance;
using Ecert.Kernel;
using Ecert.Standalone.Journey.Actors;
using Ecert.V1;
using Wallet = Ecert.Standalone.Journey.Actors.Wallet;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using FeeLine = Ecert.V1.FeeLine;

namespace Ecert.Standalone.Journey;

/// <summary>A visit from eligibility to a settled, or reversed, bill.</summary>
internal sealed class HospitalSteps(JourneyCast cast, JourneyLog log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private int _visits;

    public Task CheckEligibilityAsync(string hospitalCode, string ecToken, CancellationToken ct) =>
        log.StepAsync("The hospital checks eligibility", async () =>
        {
            var hospital = await cast.AsAsync(hospitalCode, ct);
            var answer =
                (await new EligibilityService.EligibilityServiceClient(hospital.Calls).CheckEligibilityAsync(new()
            {
                Voucher = new Voucher { EcToken = ecToken }, MedType = MedType.Outpatient, Operator = JourneyCast.Clerk,
            }, cancellationToken: ct)).Eligibility;
            if (answer.Standing != EligibilityStanding.Eligible)
                throw new JourneyFailedException($"The standing is {answer.Standing}: {answer.Detail}");
            return ($"{answer.Standing}, {answer.Scheme}; personal account",
                new Money(answer.Balances[0].AvailableFen));
        });

    /// <summary>Fee lines in, the split out, each fen explained.</summary>
    public async Task<PreSettlement> PreSettleAsync(
        string hospitalCode, string ecToken, IReadOnlyList<(string Code, string Quantity, string Price)> fees,
        CancellationToken ct)
    {
        var batch = await log.StepAsync("The hospital uploads the fee lines", async () =>
        {
            var answer = await UploadAsync(await cast.AsAsync(hospitalCode, ct), ecToken, fees, ct);
            if (answer.RefusedLineCount > 0)
                throw new JourneyFailedException(
                    string.Join("; ", answer.LineResults.SelectMany(line => line.Problems)));
            return (answer.FeeBatchId, $"{answer.LineResults.Count} lines accepted, visit {answer.MdtrtId}",
                (Money?)new Money(answer.MedfeeSumamtFen));
        });
        return await log.StepAsync("The bill is pre-settled: who would pay what", async () =>
        {
            var hospital = await cast.AsAsync(hospitalCode, ct);
            var answer = (await Reimbursement(hospital).PreSettleAsync(new()
            {
                RequestId = cast.NewRequestId(), FeeBatchId = batch, UsePersonalAccount = true,
            }, cancellationToken: ct)).PreSettlement;
            var parts = answer.Breakdown;
            return (answer, $"fund {new Money(parts.FundPaySumamtFen)} + account {new Money(parts.AcctPayFen)} + cash "
                + $"{new Money(parts.PsnCashPayFen)}, by rules {answer.RuleVersion}",
                (Money?)new Money(parts.MedfeeSumamtFen));
        });
    }

    /// <summary>What the engine says of each rule.</summary>
    public void Explain(PreSettlement pre)
    {
        foreach (var step in pre.Trace)
            log.Detail($"  {step.WordsZh}  |  {step.WordsEn}");
    }

    /// <summary>
    /// Settles; the cash part, if any, is paid in WeChat, whose signed callback completes the settlement.
    /// </summary>
    public Task<Settlement> SettleAsync(
        string hospitalCode, PreSettlement pre, Wallet wallet, CancellationToken ct) =>
        log.StepAsync(pre.Breakdown.PsnCashPayFen > 0
            ? "The bill is settled, the cash part paid in WeChat"
            : "The bill is settled without cash", async () =>
        {
            var hospital = await cast.AsAsync(hospitalCode, ct);
            var parts = pre.Breakdown;
            var settlement = (await Reimbursement(hospital).SettleAsync(new()
            {
                RequestId = cast.NewRequestId(), PreSettlementId = pre.PreSettlementId, Operator = JourneyCast.Clerk,
                ExpectedSplit = new ExpectedSplit
                {
                    FundPaySumamtFen = parts.FundPaySumamtFen, AcctPayFen = parts.AcctPayFen,
                    PsnCashPayFen = parts.PsnCashPayFen,
                },
                Payer = new Payer { Channel = PaymentChannel.WechatPay, Scene = PaymentScene.InApp,
                    PayerId = wallet.OpenId },
            }, cancellationToken: ct)).Settlement;
            if (parts.PsnCashPayFen > 0)
                await cast.Sandbox.PayInWeChatAsync(settlement.PaymentId, wallet.OpenId, ct);
            settlement = await WaitAsync(hospital, settlement.SettlementId, SettlementState.Complete, ct);
            return (settlement,
                $"settlement {settlement.SettlementId} is {settlement.State}, its payment {settlement.PaymentState}",
                (Money?)new Money(settlement.Breakdown.PsnCashPayFen));
        });

    /// <summary>Takes a settlement back; the cash returns through WeChat.</summary>
    public Task<Settlement> ReverseAsync(string hospitalCode, Settlement settlement, CancellationToken ct) =>
        log.StepAsync("A settlement is reversed: the cash goes back, every part is booked the other way", async () =>
        {
            var hospital = await cast.AsAsync(hospitalCode, ct);
            var answer = await Reimbursement(hospital).ReverseSettlementAsync(new()
            {
                RequestId = cast.NewRequestId(), SettlementId = settlement.SettlementId, Reason = "Wrong department",
                Operator = JourneyCast.Clerk,
            }, cancellationToken: ct);
            await WaitAsync(hospital, settlement.SettlementId, SettlementState.Refunded, ct);
            var reversal = await WaitAsync(hospital, answer.Reversal.SettlementId, SettlementState.Complete, ct);
            return (reversal, $"reversal {reversal.SettlementId} of {settlement.SettlementId}",
                (Money?)new Money(reversal.Breakdown.MedfeeSumamtFen));
        });

    private async Task<UploadFeesResponse> UploadAsync(InstitutionClient hospital, string ecToken,
        IReadOnlyList<(string Code, string Quantity, string Price)> fees, CancellationToken ct)
    {
        var now = cast.System.Clock.GetUtcNow().ToTimestamp();
        var visit = (++_visits).ToString("0000", CultureInfo.InvariantCulture);
        var lines = fees.Select((fee, index) => new FeeLine
        {
            FeedetlSn = $"{visit}-{index + 1}", MedListCodg = fee.Code, MedinsListCodg = fee.Code,
            MedinsListName = fee.Code,
            Quantity = fee.Quantity, UnitPriceYuan = fee.Price, FeeOcurTime = now, BilgDeptCodg = "D01",
            BilgDrCodg = "D310101000001",
            DetItemFeeSumamtFen = Quantity.Parse(fee.Quantity).At(UnitPrice.Parse(fee.Price)).Fen,
        }).ToList();
        using var call = Reimbursement(hospital).UploadFees(cancellationToken: ct);
        await call.RequestStream.WriteAsync(new UploadFeesRequest
        {
            Header = new UploadFeesHeader
            {
                RequestId = cast.NewRequestId(), Voucher = new Voucher { EcToken = ecToken }, IptOtpNo = $"MZ{visit}",
                MedType = MedType.Outpatient, BeginTime = now, DeptCode = "D01", DeptName = "内科",
                AtddrNo = "D310101000001",
                DrName = "陈医生",
                Diagnoses = { new Diagnosis { DiagCode = "I10.x00", DiagName = "高血压", DiagType = "1", DiagSrtNo = 1 } },
                ChrgBchno = visit, MedfeeSumamtFen = lines.Sum(line => line.DetItemFeeSumamtFen),
                LineCount = lines.Count,
                Operator = JourneyCast.Clerk,
            },
        }, ct);
        foreach (var line in lines)
            await call.RequestStream.WriteAsync(new UploadFeesRequest { Line = line }, ct);
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private static async Task<Settlement> WaitAsync(
        InstitutionClient hospital, string settlementId, SettlementState state, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestWait);
        using var watch = Reimbursement(hospital).WatchSettlement(
            new WatchSettlementRequest { SettlementId = settlementId }, cancellationToken: limit.Token);
        Settlement? last = null;
        try
        {
            while (await watch.ResponseStream.MoveNext(limit.Token))
                if ((last = watch.ResponseStream.Current.Settlement).State == state)
                    return last;
        }
        catch (RpcException exception) when (
            exception.StatusCode == StatusCode.Cancelled && !ct.IsCancellationRequested)
        {
            throw new JourneyFailedException($"Settlement {settlementId} is still {last?.State} after {LongestWait}.");
        }
        throw new JourneyFailedException($"Settlement {settlementId} ended as {last?.State}: {last?.StateDetail}");
    }

    private static ReimbursementService.ReimbursementServiceClient Reimbursement(InstitutionClient hospital) =>
        new(hospital.Calls);
}
