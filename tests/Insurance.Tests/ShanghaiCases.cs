using static Ecert.Insurance.Tests.Bills;

namespace Ecert.Insurance.Tests;

/// <summary>Settlements by the Shanghai pack, each worked by hand to the fen.</summary>
public sealed class ShanghaiCases
{
    private const string Date = "2024-09-02";

    private static void Check(string person, string year, string expected, string[] lines, string balance = "") =>
        Assert.Equal(expected, Words(Settle(Shanghai, Visit(person, Date, lines), Year(year), balance).Amounts));

    // 500 segment; 500 × 70 % (level 3) = 350.
    [Fact]
    public void Outpatient_segment_then_pooled() => Check(
        "310 1101 11 3", "",
        "medfee_sumamt 1000.00, inscp_scp_amt 1000.00, act_pay_dedc 500.00, hifp_pay 350.00, fund_pay_sumamt 350.00, " +
        "psn_part_amt 650.00, psn_cash_pay 650.00",
        ["A 100 x 10 = 1000.00"]);

    // Segment 500 and the next 200 from the account; 300 × 70 % = 210; 790 − 700 = 90 in cash.
    [Fact]
    public void Segment_then_account_first_then_pooled() => Check(
        "310 1101 11 3", "",
        "medfee_sumamt 1000.00, inscp_scp_amt 1000.00, act_pay_dedc 500.00, hifp_pay 210.00, fund_pay_sumamt 210.00, " +
        "psn_part_amt 790.00, acct_pay 700.00, psn_cash_pay 90.00",
        ["A 100 x 10 = 1000.00"], balance: "700.00");

    // 300 in the account do not reach beyond the segment: 500 × 70 % = 350; 650 − 300 = 350.
    [Fact]
    public void An_account_smaller_than_the_segment_moves_nothing() => Check(
        "310 1101 11 3", "",
        "medfee_sumamt 1000.00, inscp_scp_amt 1000.00, act_pay_dedc 500.00, hifp_pay 350.00, fund_pay_sumamt 350.00, " +
        "psn_part_amt 650.00, acct_pay 300.00, psn_cash_pay 350.00",
        ["A 100 x 10 = 1000.00"], balance: "300.00");

    [Fact]
    public void A_full_account_leaves_nothing_to_the_fund() => Check(
        "310 1101 11 3", "",
        "medfee_sumamt 1000.00, inscp_scp_amt 1000.00, act_pay_dedc 500.00, psn_part_amt 1000.00, acct_pay 1000.00",
        ["A 100 x 10 = 1000.00"], balance: "5000.00");

    // The account pays within the scope only: 88.00 of class C stay in cash.
    [Fact]
    public void The_account_does_not_pay_outside_the_scope() => Check(
        "310 1101 11 1", "",
        "medfee_sumamt 98.00, fulamt_ownpay_amt 88.00, inscp_scp_amt 10.00, act_pay_dedc 10.00, psn_part_amt 98.00, " +
        "acct_pay 10.00, psn_cash_pay 88.00",
        ["C 1 x 88 = 88.00", "A 1 x 10 = 10.00"], balance: "5000.00");

    // Retired inpatient: (10 000 − 1 200) × 92 % = 8 096; 1 904, of which 500 from the account, after the fund.
    [Fact]
    public void Inpatient_funds_come_before_the_account() => Check(
        "310 1201 21 3", "",
        "medfee_sumamt 10000.00, inscp_scp_amt 10000.00, act_pay_dedc 1200.00, hifp_pay 8096.00, " +
        "fund_pay_sumamt 8096.00, psn_part_amt 1904.00, acct_pay 500.00, psn_cash_pay 1404.00",
        ["A 500 x 20 = 10000.00"], balance: "500.00");

    // 10 000 × 85 % = 8 500, cut to 630 000 − 629 000 = 1 000, which covers 1 000 / 0.85 = 1 176.470… → 1 176.47.
    // Above: 8 823.53 × 80 % = 7 058.824 → 7 058.82. 10 000 − 8 058.82 = 1 941.18.
    [Fact]
    public void Above_630_000_the_supplementary_fund_pays_eighty_percent() => Check(
        "310 1101 21 3", "310.inpatient.deductible=1500.00 310.inpatient.scope=741500.00 310.hifp=629000.00",
        "medfee_sumamt 10000.00, inscp_scp_amt 10000.00, hifp_pay 1000.00, hifob_pay 7058.82, " +
        "fund_pay_sumamt 8058.82, " +
        "psn_part_amt 1941.18, psn_cash_pay 1941.18",
        ["A 500 x 20 = 10000.00"]);

    // One cap for both pools: 1 000 × 70 % = 700, cut to 0; 1 000 above × 80 % = 800.
    [Fact]
    public void Inpatient_and_outpatient_share_the_cap() => Check(
        "310 1101 11 3", "310.outpatient.deductible=500.00 310.outpatient.scope=500.00 310.hifp=630000.00",
        "medfee_sumamt 1000.00, inscp_scp_amt 1000.00, hifob_pay 800.00, fund_pay_sumamt 800.00, " +
        "psn_part_amt 200.00, " +
        "psn_cash_pay 200.00",
        ["A 100 x 10 = 1000.00"]);

    // Students: (1 000 − 300) × 60 % = 420.
    [Fact]
    public void Students_at_level_two() => Check(
        "390 1404 11 2", "",
        "medfee_sumamt 1000.00, inscp_scp_amt 1000.00, act_pay_dedc 300.00, hifp_pay 420.00, fund_pay_sumamt 420.00, " +
        "psn_part_amt 580.00, psn_cash_pay 580.00",
        ["A 50 x 20 = 1000.00"]);

    // Insured in Shanghai, treated in Hebei: Hebei's first-pay share of 5 %, 226 × 5 % = 11.30, scope 214.70;
    // Shanghai's segment of 500 takes all of it.
    [Fact]
    public void Elsewhere_the_catalogue_is_that_of_the_place_of_treatment()
    {
        var visit = Visit("310 1101 11 3", "2026-03-02", "B 100 x 2.26 = 226.00");

        var away = Settle(Shanghai, visit, YearToDate.Empty, treatment: Hebei);
        var home = Settle(Shanghai, visit, YearToDate.Empty);

        Assert.Equal(
            "medfee_sumamt 226.00, preselfpay_amt 11.30, inscp_scp_amt 214.70, act_pay_dedc 214.70, " +
            "psn_part_amt 226.00, psn_cash_pay 226.00", Words(away.Amounts));
        Assert.Equal("22.60", home.Amounts.FirstPay.ToYuan());
        Assert.Equal((Shanghai.Version, Hebei.Version), (away.RuleVersion, away.CatalogueVersion));
    }

    [Fact]
    public void The_medical_year_begins_in_July()
    {
        Assert.Equal(new DateOnly(2024, 7, 1), Shanghai.MedicalYearOf(new DateOnly(2025, 6, 30)));
        Assert.Equal(new DateOnly(2025, 7, 1), Shanghai.MedicalYearOf(new DateOnly(2025, 7, 1)));
        Assert.Equal(new DateOnly(2026, 1, 1), Hebei.MedicalYearOf(new DateOnly(2026, 12, 31)));
    }

    [Fact]
    public void The_year_grows_by_what_was_settled_and_shrinks_by_what_was_reversed()
    {
        var year = Year("310.outpatient.deductible=400.00 310.outpatient.scope=400.00");
        var settled = Settle(Shanghai, Visit("310 1101 11 3", Date, "A 100 x 10 = 1000.00"), year);

        var after = year.Plus(settled.Increments);

        // 100 of the segment; 900 × 70 % = 630.
        Assert.Equal(500_00, after.Of("310.outpatient.deductible"));
        Assert.Equal(1400_00, after.Of("310.outpatient.scope"));
        Assert.Equal(630_00, after.Of("310.hifp"));
        Assert.Equal(400_00, after.Plus(settled.Reversed().Increments).Of("310.outpatient.scope"));
        Assert.Equal(0, after.Minus(settled.Increments).Of("310.hifp"));
        Assert.Equal(new DateOnly(2024, 7, 1), settled.MedicalYear);
    }
}
