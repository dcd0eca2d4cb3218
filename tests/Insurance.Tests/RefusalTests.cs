using Ecert.Kernel;
using static Ecert.Insurance.Tests.Bills;

namespace Ecert.Insurance.Tests;

public sealed class RefusalTests
{
    private const string Date = "2026-03-02";

    [Fact]
    public void Everything_wrong_with_a_bill_is_told_at_once()
    {
        var visit = Visit(
            "310 1101 11 3", Date,
            "A 2 x 10 = 20.01", "B 0 x 10 = 10.00", "NOSUCHCODE 1 x 1 = 1.00", "A 1 x 0 = 0.00");
        var first = visit.Lines[0];
        visit = visit with
        {
            Lines = [.. visit.Lines, first with { Amount = new Money(20_00) }, first with { Id = "" }],
        };

        Assert.Equal(
            [
                "AmountDoesNotAgree lines[0].amount",
                "QuantityNotPositive lines[1].quantity", "AmountDoesNotAgree lines[1].amount",
                "CatalogueCodeUnknown lines[2].catalogueCode",
                "PriceNotPositive lines[3].price", "AmountInvalid lines[3].amount",
                "LineIdRepeated lines[4].id",
                "LineIdInvalid lines[5].id", "AmountDoesNotAgree lines[5].amount",
            ],
            Refused(visit));
    }

    [Fact]
    public void The_words_carry_both_numbers()
    {
        var outcome = SettlementEngine.Settle(
            Hebei, Visit("310 1101 11 3", Date, "A 2 x 10 = 20.01"), YearToDate.Empty, Money.Zero, false);

        var violation = Assert.Single(Assert.IsType<SettlementOutcome.Refused>(outcome).Violations);
        Assert.Equal("2 × 10 is 2000 fen, not 2001 fen.", violation.Words);
    }

    [Theory]
    [InlineData("340 1101 11 3", Date, "SchemeNotCovered insutype")]
    [InlineData("310 1501 11 3", Date, "PersonTypeNotCovered personType")]
    [InlineData("310 1101 52 3", Date, "MedTypeNotCovered medType")]
    [InlineData("310 1501 52 3", Date, "PersonTypeNotCovered personType", "MedTypeNotCovered medType")]
    [InlineData("310 1101 11 9", Date, "LevelUnknown level")]
    [InlineData("310 1101 11 3", "2025-12-31", "PackNotValidOnDate date")]
    public void Visits_outside_the_rules_are_refused_by_name(string person, string date, params string[] expected) =>
        Assert.Equal(expected, Refused(Visit(person, date, "A 2 x 10 = 20.00")));

    [Fact]
    public void A_bill_without_lines_or_with_too_many_is_refused()
    {
        var line = Line("L", "A 2 x 10 = 20.00");
        var many = Enumerable.Range(0, 5001).Select(number => line with { Id = $"L{number}" }).ToArray();

        Assert.Equal(["LineCountInvalid lines"], Refused(Visit("310 1101 11 3", Date)));
        Assert.Equal(["LineCountInvalid lines"], Refused(Visit("310 1101 11 3", Date) with { Lines = many }));
    }

    [Fact]
    public void Amounts_beyond_anything_are_refused_and_never_overflow()
    {
        var huge = new FeeLine(
            "L", Items["A"], new Quantity(9_999_999_999_999_999), new UnitPrice(9_999_999_999_999_999),
            new Money(long.MaxValue));
        var visit = Visit("310 1101 11 3", Date) with { Lines = [huge] };

        Assert.Equal(["AmountInvalid lines[0].amount"], Refused(visit));
        Assert.Equal(
            ["AmountDoesNotAgree lines[0].amount"],
            Refused(visit with { Lines = [huge with { Amount = new Money(1) }] }));
    }

    [Fact]
    public void Negative_or_endless_sums_are_refused()
    {
        var year = new YearToDate(new Dictionary<string, long> { ["a"] = -1, ["b"] = long.MaxValue, ["c"] = 1 });

        var outcome = SettlementEngine.Settle(
            Hebei, Visit("310 1101 11 3", Date, "A 2 x 10 = 20.00"), year, new Money(-1), true, new Money(-1));

        Assert.Equal(
            ["accountBalance", "relativesBalance", "yearToDate.a", "yearToDate.b"],
            Assert.IsType<SettlementOutcome.Refused>(outcome).Violations.Select(static one => one.Field));
    }

    private static IEnumerable<string> Refused(Visit visit) =>
        Assert.IsType<SettlementOutcome.Refused>(
            SettlementEngine.Settle(Hebei, visit, YearToDate.Empty, Money.Zero, false))
            .Violations.Select(static one => $"{one.Reason} {one.Field}");
}
