using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>The amounts of a settlement, by field.</summary>
public enum SettlementField
{
    /// <summary><c>medfee_sumamt</c></summary>
    TotalFee = 1,

    /// <summary><c>fulamt_ownpay_amt</c></summary>
    OutsideCatalogue = 2,

    /// <summary><c>overlmt_selfpay</c></summary>
    AboveCeiling = 3,

    /// <summary><c>preselfpay_amt</c></summary>
    FirstPay = 4,

    /// <summary><c>inscp_scp_amt</c></summary>
    WithinScope = 5,

    /// <summary><c>act_pay_dedc</c></summary>
    Deductible = 6,

    /// <summary><c>hifp_pay</c></summary>
    PooledFund = 7,

    /// <summary><c>cvlserv_pay</c></summary>
    CivilServantSubsidy = 8,

    /// <summary><c>hifes_pay</c></summary>
    EnterpriseSupplement = 9,

    /// <summary><c>hifmi_pay</c></summary>
    SeriousIllness = 10,

    /// <summary><c>hifob_pay</c></summary>
    LargeAmount = 11,

    /// <summary><c>maf_pay</c></summary>
    MedicalAssistance = 12,

    /// <summary><c>oth_pay</c></summary>
    OtherFunds = 13,

    /// <summary><c>fund_pay_sumamt</c></summary>
    FundTotal = 14,

    /// <summary><c>psn_part_amt</c></summary>
    PersonTotal = 15,

    /// <summary><c>acct_pay</c></summary>
    Account = 16,

    /// <summary><c>acct_mulaid_pay</c></summary>
    RelativesAccount = 17,

    /// <summary><c>psn_cash_pay</c></summary>
    Cash = 18,

    /// <summary><c>hosp_part_amt</c></summary>
    HospitalShare = 19,
}

/// <summary>
/// The amounts of a settlement, in the national field set. All at least zero; all at most zero on a reversal. What must
/// hold between them is <see cref="SettlementIdentities"/>.
/// </summary>
public sealed record SettlementAmounts
{
    /// <summary><c>medfee_sumamt</c>: the whole bill.</summary>
    public Money TotalFee { get; init; }

    /// <summary><c>fulamt_ownpay_amt</c>: wholly self-funded, class C.</summary>
    public Money OutsideCatalogue { get; init; }

    /// <summary><c>overlmt_selfpay</c>: above price ceilings.</summary>
    public Money AboveCeiling { get; init; }

    /// <summary><c>preselfpay_amt</c>: the first-pay share of class B.</summary>
    public Money FirstPay { get; init; }

    /// <summary><c>inscp_scp_amt</c>: within the policy scope, the base of everything below.</summary>
    public Money WithinScope { get; init; }

    /// <summary><c>act_pay_dedc</c>: the deductible consumed now; a part of the scope, not a payment.</summary>
    public Money Deductible { get; init; }

    /// <summary><c>hifp_pay</c>: the pooled fund of the basic insurance.</summary>
    public Money PooledFund { get; init; }

    /// <summary><c>cvlserv_pay</c>: civil-servant subsidy.</summary>
    public Money CivilServantSubsidy { get; init; }

    /// <summary><c>hifes_pay</c>: enterprise supplementary insurance.</summary>
    public Money EnterpriseSupplement { get; init; }

    /// <summary><c>hifmi_pay</c>: residents' serious-illness insurance.</summary>
    public Money SeriousIllness { get; init; }

    /// <summary><c>hifob_pay</c>: employees' large-amount subsidy.</summary>
    public Money LargeAmount { get; init; }

    /// <summary><c>maf_pay</c>: medical assistance.</summary>
    public Money MedicalAssistance { get; init; }

    /// <summary><c>oth_pay</c>: other funds.</summary>
    public Money OtherFunds { get; init; }

    /// <summary><c>fund_pay_sumamt</c>: all funds; the personal account is not among them.</summary>
    public Money FundTotal { get; init; }

    /// <summary><c>psn_part_amt</c>: borne by the person.</summary>
    public Money PersonTotal { get; init; }

    /// <summary><c>acct_pay</c>: from the person's own account.</summary>
    public Money Account { get; init; }

    /// <summary>
    /// <c>acct_mulaid_pay</c>: from relatives' accounts; beside <see cref="Account"/>, not within it.
    /// </summary>
    public Money RelativesAccount { get; init; }

    /// <summary><c>psn_cash_pay</c>: what is left to pay through a channel or in cash.</summary>
    public Money Cash { get; init; }

    /// <summary><c>hosp_part_amt</c>: borne by the hospital.</summary>
    public Money HospitalShare { get; init; }

    /// <summary>The amount of a field.</summary>
    public Money this[SettlementField field] => field switch
    {
        SettlementField.TotalFee => TotalFee,
        SettlementField.OutsideCatalogue => OutsideCatalogue,
        SettlementField.AboveCeiling => AboveCeiling,
        SettlementField.FirstPay => FirstPay,
        SettlementField.WithinScope => WithinScope,
        SettlementField.Deductible => Deductible,
        SettlementField.PooledFund => PooledFund,
        SettlementField.CivilServantSubsidy => CivilServantSubsidy,
        SettlementField.EnterpriseSupplement => EnterpriseSupplement,
        SettlementField.SeriousIllness => SeriousIllness,
        SettlementField.LargeAmount => LargeAmount,
        SettlementField.MedicalAssistance => MedicalAssistance,
        SettlementField.OtherFunds => OtherFunds,
        SettlementField.FundTotal => FundTotal,
        SettlementField.PersonTotal => PersonTotal,
        SettlementField.Account => Account,
        SettlementField.RelativesAccount => RelativesAccount,
        SettlementField.Cash => Cash,
        SettlementField.HospitalShare => HospitalShare,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Not a field of a settlement."),
    };

    /// <summary>The amounts of the reversal: each with the other sign (infno 2208).</summary>
    public SettlementAmounts Negated() => new()
    {
        TotalFee = -TotalFee,
        OutsideCatalogue = -OutsideCatalogue,
        AboveCeiling = -AboveCeiling,
        FirstPay = -FirstPay,
        WithinScope = -WithinScope,
        Deductible = -Deductible,
        PooledFund = -PooledFund,
        CivilServantSubsidy = -CivilServantSubsidy,
        EnterpriseSupplement = -EnterpriseSupplement,
        SeriousIllness = -SeriousIllness,
        LargeAmount = -LargeAmount,
        MedicalAssistance = -MedicalAssistance,
        OtherFunds = -OtherFunds,
        FundTotal = -FundTotal,
        PersonTotal = -PersonTotal,
        Account = -Account,
        RelativesAccount = -RelativesAccount,
        Cash = -Cash,
        HospitalShare = -HospitalShare,
    };
}

/// <summary>What is known about the fields.</summary>
public static class SettlementFields
{
    private static readonly string[] NationalNames =
    [
        "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc",
        "hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay", "fund_pay_sumamt",
        "psn_part_amt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay", "hosp_part_amt",
    ];

    /// <summary>Every field.</summary>
    public static IReadOnlyList<SettlementField> All { get; } = Enum.GetValues<SettlementField>();

    /// <summary>The funds: what <see cref="SettlementAmounts.FundTotal"/> sums.</summary>
    public static IReadOnlyList<SettlementField> Funds { get; } =
        [.. All.Where(static field => field is >= SettlementField.PooledFund and <= SettlementField.OtherFunds)];

    /// <summary>The field's name in the national interface.</summary>
    public static string NationalName(this SettlementField field) => NationalNames[(int)field - 1];

    /// <summary>The field of that national name.</summary>
    public static bool TryFromNationalName(string name, out SettlementField field)
    {
        var index = Array.IndexOf(NationalNames, name);
        field = (SettlementField)(index + 1);
        return index >= 0;
    }
}
