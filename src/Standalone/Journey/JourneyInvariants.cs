using Ecert.Insurance;
using Ecert.Kernel;
using Ecert.Ledger;
using Ecert.V1;

namespace Ecert.Standalone.Journey;

/// <summary>
/// What must hold when the journey is over. Pure: looks at what others read, and says in words what does not hold.
/// </summary>
internal static class JourneyInvariants
{
    /// <summary>Everything that is broken; empty when all holds.</summary>
    /// <param name="audit">What the ledger's audit found in its rows.</param>
    /// <param name="balance">The ledger's trial balance.</param>
    /// <param name="settlements">Every settlement and reversal of the journey.</param>
    /// <param name="statements">Every comparison of the day.</param>
    public static IReadOnlyList<string> Broken(IReadOnlyList<AuditViolation> audit, TrialBalance balance,
        IReadOnlyList<Settlement> settlements, IReadOnlyList<DailyStatement> statements)
    {
        var broken = audit.Select(one => $"The ledger breaks {one.Rule} at {one.Subject}: {one.Words}").ToList();
        if (!balance.IsBalanced)
            broken.Add(
                $"Debits of {balance.Total.DebitsPosted} do not equal credits of {balance.Total.CreditsPosted}.");
        foreach (var settlement in settlements)
            broken.AddRange(SettlementIdentities.Check(Amounts(settlement.Breakdown)).Select(
                one => $"Settlement {settlement.SettlementId} breaks {one.Identity}: {one.Words}"));
        broken.AddRange(statements.Where(statement => statement.DifferenceCount > 0 || !Same(statement)).Select(
            one => $"{one.BusinessDate} does not agree with {one.Counterpart.Code}: {one.DifferenceCount} differences, "
                + $"ours {new Money(one.Ours.AmountFen)}, theirs {new Money(one.Theirs.AmountFen)}."));
        return broken;
    }

    private static bool Same(DailyStatement statement) => statement.Ours.Equals(statement.Theirs);

    private static SettlementAmounts Amounts(SettlementBreakdown parts) => new()
    {
        TotalFee = new Money(parts.MedfeeSumamtFen),
        OutsideCatalogue = new Money(parts.FulamtOwnpayAmtFen),
        AboveCeiling = new Money(parts.OverlmtSelfpayFen),
        FirstPay = new Money(parts.PreselfpayAmtFen),
        WithinScope = new Money(parts.InscpScpAmtFen),
        Deductible = new Money(parts.ActPayDedcFen),
        PooledFund = new Money(parts.HifpPayFen),
        CivilServantSubsidy = new Money(parts.CvlservPayFen),
        EnterpriseSupplement = new Money(parts.HifesPayFen),
        SeriousIllness = new Money(parts.HifmiPayFen),
        LargeAmount = new Money(parts.HifobPayFen),
        MedicalAssistance = new Money(parts.MafPayFen),
        OtherFunds = new Money(parts.OthPayFen),
        FundTotal = new Money(parts.FundPaySumamtFen),
        PersonTotal = new Money(parts.PsnPartAmtFen),
        Account = new Money(parts.AcctPayFen),
        RelativesAccount = new Money(parts.AcctMulaidPayFen),
        Cash = new Money(parts.PsnCashPayFen),
        HospitalShare = new Money(parts.HospPartAmtFen),
    };
}
