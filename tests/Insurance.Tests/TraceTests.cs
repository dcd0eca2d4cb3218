using static Ecert.Insurance.Tests.Bills;

namespace Ecert.Insurance.Tests;

public sealed class TraceTests
{
    [Fact]
    public void Every_fen_is_told_in_words_with_its_numbers()
    {
        var result = Settle(
            Hebei,
            Visit("310 1101 21 3", "2026-03-02", "Bed 10 x 60 = 600.00", "Mri 1 x 800 = 800.00", "C 1 x 88 = 88.00"),
            Year("310.inpatient.stays=#1 310.inpatient.scope=600.00"), balance: "100.00");

        // Bed: 100 over, 500. Mri: 80, 720. (1 220 − 450) × 85 % = 654.50. 1 488 − 654.50 = 833.50; 100 from the
        // account.
        Assert.Equal(
            [
                "catalogue/001109000010000 L1: Unit price 60 is above the ceiling 50; for 10 that is 100.00",
                "catalogue/001109000010000 L1: Of 600.00, 500.00 is within the policy scope",
                "catalogue/002103000010000 L2: First-pay share: 800.00 × 10 % = 80.00",
                "catalogue/002103000010000 L2: Of 800.00, 720.00 is within the policy scope",
                "catalogue/XV06DXF001B001010100002 L3: Class C, wholly self-funded: 88.00",
                "310/inpatient/deductible : Deductible of this stay 450.00: 450.00 falls under it",
                "310/inpatient/bands[0] : Inpatient pooling: 770.00 beyond 0.00 of the year × 85 % = 654.50",
                "account/own : Personal account pays 100.00 of its balance 100.00",
                "cash : Of 833.50 borne by the person, 733.50 is left to pay",
            ],
            result.Trace.Select(static entry => $"{entry.Rule} {entry.Line}: {entry.Words.En}"));
        Assert.Equal("住院统筹：年度累计 0.00 以上部分 770.00 × 85 % = 654.50", result.Trace[6].Words.Zh);
        Assert.Equal("冲销：住院统筹：年度累计 0.00 以上部分 770.00 × 85 % = 654.50", result.Reversed().Trace[6].Words.Zh);
    }

    [Fact]
    public void Funds_are_listed_with_what_is_left_of_their_caps()
    {
        var result = Settle(
            Shanghai, Visit("310 1101 21 3", "2024-09-02", "A 500 x 20 = 10000.00"),
            Year("310.inpatient.deductible=1500.00 310.inpatient.scope=741500.00 310.hifp=629000.00"),
            balance: "50.00");

        Assert.Equal(
            ["310100 10000.00 0.00 1000.00", "330100 8823.53 - 7058.82", "310200 1941.18 - 50.00"],
            result.Funds.Select(static fund =>
                $"{fund.PayType} {fund.Scope} {fund.LimitLeft?.ToYuan() ?? "-"} {fund.Amount}"));
        Assert.Equal("0.00", result.AccountBalanceAfter.ToYuan());
        Assert.Equal("50.00", result.Reversed().AccountBalanceAfter.ToYuan());
    }
}
