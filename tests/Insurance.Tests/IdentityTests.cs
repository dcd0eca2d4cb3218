using Ecert.Kernel;

namespace Ecert.Insurance.Tests;

/// <summary>The identities, on messages of real provincial cores that we did not make, and on broken ones.</summary>
public sealed class IdentityTests
{
    private static readonly SettlementAmounts HebeiOutpatient = new()
    {
        TotalFee = new(4_52), FirstPay = new(23), WithinScope = new(4_29), Deductible = new(4_29),
        PersonTotal = new(4_52), Account = new(4_52),
    };

    private static readonly SettlementAmounts ChongqingInpatient = new()
    {
        TotalFee = new(23442_46), OutsideCatalogue = new(2533_97), AboveCeiling = new(1396_89), FirstPay = new(703_44),
        WithinScope = new(18808_16), LargeAmount = new(18785_39), FundTotal = new(18785_39),
        PersonTotal = new(4152_06), Account = new(170_04), Cash = new(3982_02), HospitalShare = new(505_01),
    };

    [Fact]
    public void Messages_of_real_cores_hold_them()
    {
        Assert.Empty(SettlementIdentities.Check(HebeiOutpatient));
        Assert.Empty(SettlementIdentities.Check(ChongqingInpatient));
    }

    [Fact]
    public void Reversals_hold_them_with_the_other_sign()
    {
        Assert.Empty(SettlementIdentities.Check(HebeiOutpatient.Negated()));
        Assert.Empty(SettlementIdentities.Check(ChongqingInpatient.Negated()));
        Assert.Equal(ChongqingInpatient, ChongqingInpatient.Negated().Negated());
    }

    [Fact]
    public void Each_broken_identity_is_named()
    {
        Assert.Equal(
            ["medfee_sumamt = fulamt_ownpay_amt + overlmt_selfpay + preselfpay_amt + inscp_scp_amt"],
            Broken(HebeiOutpatient with { FirstPay = new(22) }));
        Assert.Equal(
            ["fund_pay_sumamt = hifp_pay + cvlserv_pay + hifes_pay + hifmi_pay + hifob_pay + maf_pay + oth_pay"],
            Broken(ChongqingInpatient with { LargeAmount = new(18785_38) }));
        Assert.Equal(
            ["medfee_sumamt = fund_pay_sumamt + psn_part_amt + hosp_part_amt"],
            Broken(ChongqingInpatient with { HospitalShare = Money.Zero }));
        Assert.Equal(
            ["psn_part_amt = acct_pay + acct_mulaid_pay + psn_cash_pay"],
            Broken(ChongqingInpatient with { Cash = new(3982_03) }));
        Assert.Equal(
            ["act_pay_dedc <= inscp_scp_amt"], Broken(HebeiOutpatient with { Deductible = new(4_30) }));
        Assert.Equal(
            ["psn_cash_pay >= 0"],
            Broken(HebeiOutpatient with { Account = new(4_53), Cash = new(-1) }));
        Assert.Equal(
            ["psn_cash_pay <= 0"],
            Broken(HebeiOutpatient.Negated() with { Account = new(-4_53), Cash = new(1) }));
    }

    [Fact]
    public void Fields_and_national_names_are_one_to_one()
    {
        foreach (var field in SettlementFields.All)
        {
            Assert.True(SettlementFields.TryFromNationalName(field.NationalName(), out var same));
            Assert.Equal(field, same);
        }
        Assert.False(SettlementFields.TryFromNationalName("balc", out _));
        Assert.Equal("hosp_part_amt", SettlementField.HospitalShare.NationalName());
    }

    private static IEnumerable<string> Broken(SettlementAmounts amounts) =>
        SettlementIdentities.Check(amounts).Select(static violation => violation.Identity);
}
