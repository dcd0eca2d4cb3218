using static Ecert.Insurance.Tests.Bills;

namespace Ecert.Insurance.Tests;

/// <summary>Settlements by the Hebei pack, each worked by hand to the fen.</summary>
public sealed class HebeiCases
{
    private const string Date = "2026-03-02";

    private static void Check(
        string person, string year, string expected, string[] lines, string balance = "", string relatives = "0") =>
        Assert.Equal(
            expected, Words(Settle(Hebei, Visit(person, Date, lines), Year(year), balance, relatives).Amounts));

    // The provincial sample: 4.52 × 5 % = 0.226 → 0.23; 4.52 − 0.23 = 4.29, wholly under the deductible (500);
    // nobody else pays, and the account takes the whole 4.52.
    [Fact]
    public void The_sample_of_4_52_is_taken_from_the_account() => Check(
        "310 1101 11 3", "",
        "medfee_sumamt 4.52, preselfpay_amt 0.23, inscp_scp_amt 4.29, act_pay_dedc 4.29, psn_part_amt 4.52, " +
        "acct_pay 4.52",
        ["B 2 x 2.26 = 4.52"], balance: "100.00");

    // The same with acct_used_flag 0: cash.
    [Fact]
    public void The_sample_without_account_is_cash() => Check(
        "310 1101 11 3", "",
        "medfee_sumamt 4.52, preselfpay_amt 0.23, inscp_scp_amt 4.29, act_pay_dedc 4.29, psn_part_amt 4.52, " +
        "psn_cash_pay 4.52",
        ["B 2 x 2.26 = 4.52"]);

    // An account of 3.00: 4.52 − 3.00 = 1.52 in cash.
    [Fact]
    public void A_short_account_leaves_cash() => Check(
        "310 1101 11 3", "",
        "medfee_sumamt 4.52, preselfpay_amt 0.23, inscp_scp_amt 4.29, act_pay_dedc 4.29, psn_part_amt 4.52, " +
        "acct_pay 3.00, psn_cash_pay 1.52",
        ["B 2 x 2.26 = 4.52"], balance: "3.00");

    // Deductible borne before; 300 × 50 % = 150.
    [Fact]
    public void Beyond_the_deductible_the_fund_shares() => Check(
        "310 1101 11 3", "310.outpatient.deductible=500.00 310.outpatient.scope=500.00",
        "medfee_sumamt 300.00, inscp_scp_amt 300.00, hifp_pay 150.00, fund_pay_sumamt 150.00, psn_part_amt 150.00, " +
        "psn_cash_pay 150.00",
        ["A 10 x 30 = 300.00"]);

    // 500 − 400 = 100 still to bear; 200 × 60 % (level 2) = 120; 300 − 120 = 180.
    [Fact]
    public void A_bill_crosses_the_deductible() => Check(
        "310 1101 11 2", "310.outpatient.deductible=400.00 310.outpatient.scope=400.00",
        "medfee_sumamt 300.00, inscp_scp_amt 300.00, act_pay_dedc 100.00, hifp_pay 120.00, fund_pay_sumamt 120.00, " +
        "psn_part_amt 180.00, psn_cash_pay 180.00",
        ["A 10 x 30 = 300.00"]);

    // Retired: 300 deductible; 300 × 75 % = 225; 600 − 225 = 375.
    [Fact]
    public void Retired_persons_bear_less() => Check(
        "310 1201 11 1", "",
        "medfee_sumamt 600.00, inscp_scp_amt 600.00, act_pay_dedc 300.00, hifp_pay 225.00, fund_pay_sumamt 225.00, " +
        "psn_part_amt 375.00, psn_cash_pay 375.00",
        ["A 20 x 30 = 600.00"]);

    // 300 × 70 % = 210, but 2 000 − 1 950 = 50 is left of the cap; the large-amount layer knows inpatients only.
    [Fact]
    public void The_outpatient_cap_cuts() => Check(
        "310 1101 11 1", "310.outpatient.deductible=500.00 310.outpatient.scope=3300.00 310.outpatient.hifp=1950.00",
        "medfee_sumamt 300.00, inscp_scp_amt 300.00, hifp_pay 50.00, fund_pay_sumamt 50.00, psn_part_amt 250.00, " +
        "psn_cash_pay 250.00",
        ["A 10 x 30 = 300.00"]);

    // C 88.00 self-funded. Ceftriaxone 30 > 28.5: 1.5 × 3 = 4.50 over; (90 − 4.50) × 10 % = 8.55; scope 76.95.
    // Tcm 1.30 > 1.2345: 0.0655 × 10 = 0.655 → 0.66 over; scope 12.34. Scope 76.95 + 12.34 = 89.29, all deductible.
    [Fact]
    public void Classes_ceilings_and_first_pay_split_each_line() => Check(
        "310 1101 11 2", "",
        "medfee_sumamt 191.00, fulamt_ownpay_amt 88.00, overlmt_selfpay 5.16, preselfpay_amt 8.55, " +
        "inscp_scp_amt 89.29, " +
        "act_pay_dedc 89.29, psn_part_amt 191.00, psn_cash_pay 191.00",
        ["C 1 x 88 = 88.00", "Ceftriaxone 3 x 30 = 90.00", "Tcm 10 x 1.3 = 13.00"]);

    // 0.5 × 12.345678 = 6.172839 → 6.17; 3 × 0.015 = 0.045 → 0.05; together 6.22.
    [Fact]
    public void Quantities_and_prices_round_half_up_to_the_fen() => Check(
        "310 1101 11 2", "",
        "medfee_sumamt 6.22, inscp_scp_amt 6.22, act_pay_dedc 6.22, psn_part_amt 6.22, psn_cash_pay 6.22",
        ["A 0.5 x 12.345678 = 6.17", "A 3 x 0.015 = 0.05"]);

    // Bed 60 > 50: 10 × 10 = 100 over, scope 500. Stent 1 000 > 848: 152 × 2 = 304 over; 1 696 × 20 % = 339.20; 1
    // 356.80.
    // Mri 800 × 10 % = 80; 720. A 2 000. Scope 500 + 1 356.80 + 720 + 2 000 = 4 576.80.
    // (4 576.80 − 900) × 85 % = 3 676.80 × 85 % = 3 125.28; 5 400 − 3 125.28 = 2 274.72.
    [Fact]
    public void A_first_stay() => Check(
        "310 1101 21 3", "",
        "medfee_sumamt 5400.00, overlmt_selfpay 404.00, preselfpay_amt 419.20, inscp_scp_amt 4576.80, " +
        "act_pay_dedc 900.00, hifp_pay 3125.28, fund_pay_sumamt 3125.28, psn_part_amt 2274.72, psn_cash_pay 2274.72",
        ["Bed 10 x 60 = 600.00", "Stent 2 x 1000 = 2000.00", "Mri 1 x 800 = 800.00", "A 100 x 20 = 2000.00"]);

    // A later stay halves the deductible: (4 576.80 − 450) × 85 % = 3 507.78; 5 400 − 3 507.78 = 1 892.22.
    [Fact]
    public void A_later_stay_has_half_the_deductible() => Check(
        "310 1101 21 3", "310.inpatient.stays=#1 310.inpatient.scope=4576.80",
        "medfee_sumamt 5400.00, overlmt_selfpay 404.00, preselfpay_amt 419.20, inscp_scp_amt 4576.80, " +
        "act_pay_dedc 450.00, hifp_pay 3507.78, fund_pay_sumamt 3507.78, psn_part_amt 1892.22, psn_cash_pay 1892.22",
        ["Bed 10 x 60 = 600.00", "Stent 2 x 1000 = 2000.00", "Mri 1 x 800 = 800.00", "A 100 x 20 = 2000.00"]);

    // Year so far 49 000. 500 × ½ = 250 deductible: 49 250. To 50 000: 750 × 88 % = 660; beyond: 3 000 × 90 % = 2 700.
    [Fact]
    public void A_bill_crosses_a_band() => Check(
        "310 1101 21 2", "310.inpatient.stays=#1 310.inpatient.scope=49000.00",
        "medfee_sumamt 4000.00, inscp_scp_amt 4000.00, act_pay_dedc 250.00, hifp_pay 3360.00, " +
        "fund_pay_sumamt 3360.00, " +
        "psn_part_amt 640.00, psn_cash_pay 640.00",
        ["A 200 x 20 = 4000.00"]);

    // 200 × ½ = 100 deductible; 9 900 × 90 % = 8 910, cut to 150 000 − 149 000 = 1 000, which covers 1 000 / 0.9 = 1
    // 111.11.
    // Above the cap 9 900 − 1 111.11 = 8 788.89; × 90 % = 7 910.001 → 7 910.00. 10 000 − 8 910 = 1 090.
    [Fact]
    public void Above_the_cap_the_large_amount_subsidy_takes_over() => Check(
        "310 1101 21 1", "310.inpatient.stays=#2 310.inpatient.scope=170000.00 310.inpatient.hifp=149000.00",
        "medfee_sumamt 10000.00, inscp_scp_amt 10000.00, act_pay_dedc 100.00, hifp_pay 1000.00, hifob_pay 7910.00, " +
        "fund_pay_sumamt 8910.00, psn_part_amt 1090.00, psn_cash_pay 1090.00",
        ["A 500 x 20 = 10000.00"]);

    // The same with 350 000 − 349 000 = 1 000 left of the subsidy's own cap: 1 000 + 1 000; 10 000 − 2 000 = 8 000.
    [Fact]
    public void The_subsidy_has_a_cap_of_its_own() => Check(
        "310 1101 21 1",
        "310.inpatient.stays=#2 310.inpatient.scope=170000.00 310.inpatient.hifp=149000.00 310.large.paid=349000.00",
        "medfee_sumamt 10000.00, inscp_scp_amt 10000.00, act_pay_dedc 100.00, hifp_pay 1000.00, hifob_pay 1000.00, " +
        "fund_pay_sumamt 2000.00, psn_part_amt 8000.00, psn_cash_pay 8000.00",
        ["A 500 x 20 = 10000.00"]);

    // Chronic, retired: (2 000 − 200) × 85 % = 1 530; 470, of which 300 from the account.
    [Fact]
    public void Chronic_diseases_have_their_own_pool() => Check(
        "310 1201 14 3", "310.outpatient.deductible=300.00",
        "medfee_sumamt 2000.00, inscp_scp_amt 2000.00, act_pay_dedc 200.00, hifp_pay 1530.00, " +
        "fund_pay_sumamt 1530.00, " +
        "psn_part_amt 470.00, acct_pay 300.00, psn_cash_pay 170.00",
        ["A 100 x 20 = 2000.00"], balance: "300.00");

    // 470: own 100, relatives 200, cash 170.
    [Fact]
    public void Relatives_pay_after_the_own_account() => Check(
        "310 1201 14 3", "",
        "medfee_sumamt 2000.00, inscp_scp_amt 2000.00, act_pay_dedc 200.00, hifp_pay 1530.00, " +
        "fund_pay_sumamt 1530.00, " +
        "psn_part_amt 470.00, acct_pay 100.00, acct_mulaid_pay 200.00, psn_cash_pay 170.00",
        ["A 100 x 20 = 2000.00"], balance: "100.00", relatives: "200.00");

    // Residents: (300 − 50) × 60 % = 150. No account in this scheme: the balance stays untouched.
    [Fact]
    public void Residents_at_a_community_centre() => Check(
        "390 1501 11 0", "",
        "medfee_sumamt 300.00, inscp_scp_amt 300.00, act_pay_dedc 50.00, hifp_pay 150.00, fund_pay_sumamt 150.00, " +
        "psn_part_amt 150.00, psn_cash_pay 150.00",
        ["A 10 x 30 = 300.00"], balance: "100.00");

    // 300 × 60 % = 180, cut to 400 − 390 = 10.
    [Fact]
    public void Residents_outpatient_cap() => Check(
        "390 1501 11 0", "390.outpatient.deductible=50.00 390.outpatient.scope=700.00 390.outpatient.hifp=390.00",
        "medfee_sumamt 300.00, inscp_scp_amt 300.00, hifp_pay 10.00, fund_pay_sumamt 10.00, psn_part_amt 290.00, " +
        "psn_cash_pay 290.00",
        ["A 10 x 30 = 300.00"]);

    // Level 3 is not pooled for residents: (300 − 50) × 0 % = 0.
    [Fact]
    public void Residents_at_level_three_pay_outpatient_care_themselves() => Check(
        "390 1501 11 3", "",
        "medfee_sumamt 300.00, inscp_scp_amt 300.00, act_pay_dedc 50.00, psn_part_amt 300.00, psn_cash_pay 300.00",
        ["A 10 x 30 = 300.00"]);

    // (100 000 − 1 000) × 60 % = 59 400; burden 40 600; (40 600 − 15 000) × 60 % = 15 360; 100 000 − 74 760 = 25 240.
    [Fact]
    public void Serious_illness_takes_over_beyond_its_deductible() => Check(
        "390 1501 21 3", "",
        "medfee_sumamt 100000.00, inscp_scp_amt 100000.00, act_pay_dedc 1000.00, hifp_pay 59400.00, " +
        "hifmi_pay 15360.00, " +
        "fund_pay_sumamt 74760.00, psn_part_amt 25240.00, psn_cash_pay 25240.00",
        ["A 5000 x 20 = 100000.00"]);

    // (10 000 − 1 000) × 60 % = 5 400; burden 4 600, from 64 000 to 68 600 of the year:
    // 1 000 × 60 % + 3 600 × 65 % = 600 + 2 340 = 2 940; 10 000 − 8 340 = 1 660.
    [Fact]
    public void Serious_illness_bands_go_by_the_burden_of_the_year() => Check(
        "390 1501 21 3", "390.inpatient.stays=#1 390.inpatient.scope=160000.00 390.serious.base=64000.00",
        "medfee_sumamt 10000.00, inscp_scp_amt 10000.00, act_pay_dedc 1000.00, hifp_pay 5400.00, hifmi_pay 2940.00, " +
        "fund_pay_sumamt 8340.00, psn_part_amt 1660.00, psn_cash_pay 1660.00",
        ["A 500 x 20 = 10000.00"]);

    // Young residents: (1 000 − 250) × 75 % = 562.50.
    [Fact]
    public void Young_residents_have_half_the_deductible() => Check(
        "390 1404 21 2", "",
        "medfee_sumamt 1000.00, inscp_scp_amt 1000.00, act_pay_dedc 250.00, hifp_pay 562.50, fund_pay_sumamt 562.50, " +
        "psn_part_amt 437.50, psn_cash_pay 437.50",
        ["A 50 x 20 = 1000.00"]);
}
