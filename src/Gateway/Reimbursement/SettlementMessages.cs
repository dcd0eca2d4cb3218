using Ecert.Gateway.Payments;
using Ecert.Gateway.Persons;
using Ecert.Insurance;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;
using RefundState = Ecert.V1.RefundState;

namespace Ecert.Gateway.Reimbursement;

/// <summary>Settlements between the engine, our rows and the contract's messages.</summary>
internal static class SettlementMessages
{
    public static SettlementBreakdown ToBreakdown(SettlementResult result)
    {
        var amounts = result.Amounts;
        return new SettlementBreakdown
        {
            MedfeeSumamtFen = amounts.TotalFee.Fen,
            FulamtOwnpayAmtFen = amounts.OutsideCatalogue.Fen,
            OverlmtSelfpayFen = amounts.AboveCeiling.Fen,
            PreselfpayAmtFen = amounts.FirstPay.Fen,
            InscpScpAmtFen = amounts.WithinScope.Fen,
            ActPayDedcFen = amounts.Deductible.Fen,
            HifpPayFen = amounts.PooledFund.Fen,
            PoolPropSelfpayTenThousandths = LargestShare(result),
            CvlservPayFen = amounts.CivilServantSubsidy.Fen,
            HifesPayFen = amounts.EnterpriseSupplement.Fen,
            HifmiPayFen = amounts.SeriousIllness.Fen,
            HifobPayFen = amounts.LargeAmount.Fen,
            MafPayFen = amounts.MedicalAssistance.Fen,
            OthPayFen = amounts.OtherFunds.Fen,
            FundPaySumamtFen = amounts.FundTotal.Fen,
            PsnPartAmtFen = amounts.PersonTotal.Fen,
            AcctPayFen = amounts.Account.Fen,
            AcctMulaidPayFen = amounts.RelativesAccount.Fen,
            PsnCashPayFen = amounts.Cash.Fen,
            HospPartAmtFen = amounts.HospitalShare.Fen,
            BalcFen = result.AccountBalanceAfter.Fen,
        };
    }

    public static FundPayment ToFundPayment(FundDetail fund) => new()
    {
        FundPayType = fund.PayType, FundPayTypeName = fund.Name.Zh, InscpScpAmtFen = fund.Scope.Fen,
        CrtPaybLmtAmtFen = fund.LimitLeft?.Fen ?? 0, FundPayamtFen = fund.Amount.Fen,
    };

    public static TraceStep ToTraceStep(TraceEntry entry)
    {
        var words = entry.Words;
        return new TraceStep
        {
            RuleId = entry.Rule, WordsZh = words.Zh, WordsEn = words.En, AmountFen = entry.Amount.Fen,
            FeedetlSn = entry.Line ?? "", BreakdownField = entry.Field.NationalName(),
        };
    }

    public static FeeLineResult ToLineResult(string number, IReadOnlyList<FeeLineProblem> problems, LineResult? result)
    {
        var message = new FeeLineResult { FeedetlSn = number };
        message.Problems.AddRange(problems);
        if (result is null)
            return message;
        message.ChrgitmLv = (CatalogueLevel)(int)result.Item.Class;
        message.SelfpayPropTenThousandths = result.Item.FirstPay.TenThousandths;
        message.PricUplmtAmtYuan = result.Item.Ceiling?.ToString() ?? "";
        message.FulamtOwnpayAmtFen = result.OutsideCatalogue.Fen;
        message.OverlmtAmtFen = result.AboveCeiling.Fen;
        message.PreselfpayAmtFen = result.FirstPay.Fen;
        message.InscpScpAmtFen = result.WithinScope.Fen;
        return message;
    }

    /// <summary>The pre-settlement of a reversal: every amount with the other sign.</summary>
    public static PreSettlement Reversed(PreSettlement original)
    {
        var reversed = original.Clone();
        foreach (var field in SettlementBreakdown.Descriptor.Fields.InDeclarationOrder())
            if (field.Name.EndsWith("_fen", StringComparison.Ordinal) && field.Name != "balc_fen")
                field.Accessor.SetValue(reversed.Breakdown, -(long)field.Accessor.GetValue(reversed.Breakdown));
        reversed.Breakdown.BalcFen = original.Breakdown.BalcFen + original.Breakdown.AcctPayFen;
        foreach (var fund in reversed.FundPayments)
            (fund.FundPayamtFen, fund.InscpScpAmtFen, fund.CrtPaybLmtAmtFen) =
                (-fund.FundPayamtFen, -fund.InscpScpAmtFen, 0);
        foreach (var step in reversed.Trace)
            (step.AmountFen, step.WordsZh, step.WordsEn) =
                (-step.AmountFen, $"冲销：{step.WordsZh}", $"Reversal of: {step.WordsEn}");
        return reversed;
    }

    public static Settlement ToMessage(SettlementRow row, string personNumber, PaymentRow? payment, RefundRow? refund)
    {
        var parts = PreSettlement.Parser.ParseFrom(row.PreSettlement);
        var message = new Settlement
        {
            SettlementId = row.Id, InstitutionId = row.InstitutionId,
            PreSettlementId = row.IsReversal ? "" : row.PreSettlementId,
            FeeBatchId = row.FeeBatchId, MdtrtId = row.VisitId, PsnNo = personNumber,
            State = StateOf(row, payment), StateDetail = row.StageDetail, Breakdown = parts.Breakdown,
            RuleVersion = parts.RuleVersion, Scheme = Schemes.ToMessage(row.Scheme), InsuredPlace = row.InsuredPlace,
            TreatmentPlace = row.TreatmentPlace, MedType = MedTypes.ToMessage(row.MedType),
            PaymentId = row.PaymentId ?? "",
            PaymentState = payment is null ? V1.PaymentState.Unspecified : PaymentMessages.ToMessage(payment.State),
            PayerAction = payment is null || row.IsReversal ? null : PaymentMessages.ToPayerAction(payment),
            OriginalSettlementId = row.OriginalId ?? "", ReversalSettlementId = row.ReversalId ?? "",
            CreateTime = row.CreatedAt.ToTimestamp(), UpdateTime = row.UpdatedAt.ToTimestamp(),
            CompleteTime = row.CompletedAt?.ToTimestamp(),
        };
        message.FundPayments.AddRange(parts.FundPayments);
        message.Trace.AddRange(parts.Trace);
        if (refund is not null)
            message.Refunds.Add(ToRefund(row, refund));
        return message;
    }

    private static SettlementRefund ToRefund(SettlementRow row, RefundRow refund) => new()
    {
        SettlementRefundId = refund.Id,
        Kind = SettlementRefundKind.All,
        Split = new RefundSplit
        {
            FundRefundFen = Math.Abs(row.FundFen), AcctRefundFen = Math.Abs(row.AccountFen),
            CashRefundFen = refund.AmountFen,
        },
        State = refund.State switch
        {
            Payments.RefundState.Succeeded => RefundState.Succeeded,
            Payments.RefundState.Failed => RefundState.Failed,
            Payments.RefundState.Unknown => RefundState.OutcomeUnknown,
            _ => RefundState.Processing,
        },
        CreateTime = refund.CreatedAt.ToTimestamp(),
        UpdateTime = (refund.RefundedAt ?? refund.CreatedAt).ToTimestamp(),
    };

    private static SettlementState StateOf(SettlementRow row, PaymentRow? payment) => row.Stage switch
    {
        SettlementStage.Settling when payment?.State == Payments.PaymentState.Unknown => SettlementState.OutcomeUnknown,
        SettlementStage.Settling when payment?.State == Payments.PaymentState.Succeeded => SettlementState.CashDone,
        SettlementStage.Settling => SettlementState.Settling,
        SettlementStage.Complete => SettlementState.Complete,
        SettlementStage.Refunded => SettlementState.Refunded,
        SettlementStage.Refunding => SettlementState.Refunding,
        SettlementStage.Failed => SettlementState.Failed,
        _ => SettlementState.Unspecified,
    };

    private static int LargestShare(SettlementResult result) => result.Trace
        .Where(entry => entry.Field == SettlementField.PooledFund)
        .OrderByDescending(entry => entry.Amount)
        .Select(entry => entry.Reason is TraceReason.BandShare band ? band.Share.TenThousandths : 0)
        .FirstOrDefault();
}
