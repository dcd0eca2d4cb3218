using Ecert.Gateway.Fares;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Fares;

public sealed class QuoteFareTests
{
    [Fact]
    public async Task The_breakdown_adds_up_and_names_its_table()
    {
        await using var world = await FareWorld.CreateAsync(withRideKeys: false);

        var fare = world.Get<QuoteFare>().Run(Request("S0", "S10", 8_000)).Fare;

        Assert.Equal((400, 80, 320), (fare.BaseFareFen, fare.MonthlyDiscountFen, fare.FareFen));
        Assert.Equal((10_000, $"{FareWorld.Operator}/2026-01-01"), (fare.DistanceMetres, fare.FareTableVersion));
    }

    [Fact]
    public async Task Unknown_stations_and_operators_are_refused_by_name()
    {
        await using var world = await FareWorld.CreateAsync(withRideKeys: false);

        var station = Assert.Throws<RefusedException>(() => world.Get<QuoteFare>().Run(Request("S0", "S99", 0)));
        var elsewhere = new QuoteFareRequest(Request("S0", "S10", 0)) { OperatorCode = "nobody" };
        var line = Assert.Throws<RefusedException>(() => world.Get<QuoteFare>().Run(elsewhere));

        Assert.Equal(RefusalCatalogue.StationNotFound, station.Refusal.Reason);
        Assert.Contains("S99", station.Refusal.Message);
        Assert.Equal(RefusalCatalogue.OperatorNotFound, line.Refusal.Reason);
    }

    [Fact]
    public async Task Every_fault_is_listed()
    {
        await using var world = await FareWorld.CreateAsync(withRideKeys: false);

        var refused = Assert.Throws<RefusedException>(() => world.Get<QuoteFare>().Run(
            new QuoteFareRequest { RiderCategory = (RiderCategory)99, MonthSpentFen = -1 }));

        Assert.Equal(
            ["operator_code", "entry_station_id", "exit_station_id", "rider_category", "month_spent_fen"],
            refused.Refusal.Violations.Select(violation => violation.Field));
    }

    private static QuoteFareRequest Request(string entry, string exit, long spent) => new()
    {
        OperatorCode = FareWorld.Operator, EntryStationId = entry, ExitStationId = exit, MonthSpentFen = spent,
    };
}
