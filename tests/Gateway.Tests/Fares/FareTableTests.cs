using Ecert.Gateway.Fares;
using Ecert.Kernel;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Fares;

/// <summary>Against the fares Guangzhou publishes: below 4 km 2 yuan, below 8 km 3, … below 96 km 15.</summary>
public sealed class FareTableTests
{
    private static readonly int[] Kilometres = [4, 8, 12, 18, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96];

    public static TheoryData<int, long> Boundaries()
    {
        var data = new TheoryData<int, long> { { 0, 2 } };
        for (var index = 0; index < Kilometres.Length; index++)
        {
            data.Add(Kilometres[index] * 1_000 - 1, index + 2);
            if (index < Kilometres.Length - 1)
                data.Add(Kilometres[index] * 1_000, index + 3);
        }
        return data;
    }

    [Theory, MemberData(nameof(Boundaries))]
    public void Every_band_ends_just_before_its_bound(int metres, long yuan)
    {
        var fare = Known(FareTable.Quote(Guangzhou(metres), "A", "B", RiderCategory.Adult, Money.Zero));

        Assert.Equal(new Money(yuan * 100), fare.Charged);
        Assert.Equal(metres, fare.DistanceMetres);
        Assert.Equal(fare, Known(FareTable.Quote(Guangzhou(metres), "B", "A", RiderCategory.Adult, Money.Zero)));
    }

    [Fact]
    public void Beyond_the_table_no_fare_is_made_up() => Assert.Equal(
        new FareOutcome.BeyondTable(96_000),
        FareTable.Quote(Guangzhou(96_000), "A", "B", RiderCategory.Adult, Money.Zero));

    [Theory]
    [InlineData("A", "X", "X"), InlineData("X", "A", "X"), InlineData("X", "Y", "X,Y"), InlineData("X", "X", "X")]
    public void Unknown_stations_are_named(string entry, string exit, string named)
    {
        var outcome = FareTable.Quote(Guangzhou(5_000), entry, exit, RiderCategory.Adult, Money.Zero);

        Assert.Equal(named, string.Join(',', Assert.IsType<FareOutcome.UnknownStations>(outcome).Ids));
    }

    [Theory]
    [InlineData(RiderCategory.Adult, 300), InlineData(RiderCategory.Unspecified, 300)]
    [InlineData(RiderCategory.Student, 150), InlineData(RiderCategory.Senior, 150), InlineData(RiderCategory.Elder, 0)]
    public void Kinds_of_riders_pay_their_share(RiderCategory category, long fen)
    {
        var fare = Known(FareTable.Quote(Guangzhou(5_000), "A", "B", category, Money.Zero));

        Assert.Equal(fen, fare.Charged.Fen);
        Assert.Equal(300 - fen, fare.CategoryDiscount.Fen);
    }

    [Theory]
    [InlineData(0, 300), InlineData(7_999, 300), InlineData(8_000, 240), InlineData(19_999, 240)]
    [InlineData(20_000, 150)]
    public void A_month_is_cheaper_from_80_and_from_200_yuan_for_the_whole_ride(long spentFen, long fen)
    {
        var fare = Known(FareTable.Quote(Guangzhou(5_000), "A", "B", RiderCategory.Adult, new Money(spentFen)));

        Assert.Equal(fen, fare.Charged.Fen);
        Assert.Equal(300 - fen, fare.MonthlyDiscount.Fen);
    }

    [Fact]
    public void A_reduced_fare_is_not_reduced_again_by_the_month()
    {
        var fare = Known(FareTable.Quote(Guangzhou(5_000), "A", "B", RiderCategory.Student, new Money(50_000)));

        Assert.Equal((150, 0), (fare.Charged.Fen, fare.MonthlyDiscount.Fen));
    }

    [Fact]
    public void Too_long_a_stay_costs_the_top_fare_without_discounts()
    {
        var network = Guangzhou(30_000) with
        {
            Stations = [new("A", "A", 0), new("B", "B", 5_000), new("C", "C", 30_000)],
        };
        var fare = Known(FareTable.Quote(network, "A", "B", RiderCategory.Adult, new Money(20_000)));

        var overstayed = FareTable.Overstayed(network, fare);

        Assert.Equal((300, 0, 400, 700), (
            overstayed.Base.Fen, overstayed.MonthlyDiscount.Fen, overstayed.Surcharge.Fen, overstayed.Charged.Fen));
    }

    internal static FareNetwork Guangzhou(int metres) => new(
        "440100000001", [new("A", "A", 0), new("B", "B", metres)],
        [.. Kilometres.Select((kilometres, index) => new FareBand(kilometres * 1_000, (index + 2) * 100))])
    {
        Edition = "2026-01-01",
        MonthlyBands = [new(8_000, new Ratio(8_000)), new(20_000, new Ratio(5_000))],
    };

    private static Fare Known(FareOutcome outcome) => Assert.IsType<FareOutcome.Known>(outcome).Fare;
}
