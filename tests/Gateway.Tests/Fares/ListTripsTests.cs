using Ecert.Gateway.Edge;
using Ecert.Gateway.Fares;
using Ecert.Kernel.Identifiers;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Fares;

public sealed class ListTripsTests
{
    [Fact]
    public async Task Newest_first_page_by_page()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        var entered = new List<string>();
        for (var ride = 0; ride < 3; ride++)
        {
            entered.Insert(0, (await world.InAsync(await phone.CodeAsync(ride * 2))).TripId);
            await world.OutAsync(await phone.CodeAsync(ride * 2 + 1));
        }

        var first = await ListAsync(world, new ListTripsRequest { PageSize = 2 }, world.Rider);
        var second = await ListAsync(
            world, new ListTripsRequest { PageSize = 2, PageToken = first.NextPageToken }, world.Rider);

        Assert.Equal(entered, first.Trips.Concat(second.Trips).Select(trip => trip.TripId));
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task A_trip_left_open_is_incomplete_once_its_time_is_over()
    {
        await using var world = await FareWorld.CreateAsync();
        await world.InAsync(await (await world.NewPhoneAsync()).CodeAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(181));

        var incomplete = await ListAsync(world, new ListTripsRequest { State = TripState.Incomplete }, world.Rider);
        var open = await ListAsync(world, new ListTripsRequest { State = TripState.Open }, world.Rider);

        Assert.Single(incomplete.Trips);
        Assert.Empty(open.Trips);
    }

    [Fact]
    public async Task Riders_see_their_own_trips_and_operators_those_on_their_lines()
    {
        await using var world = await FareWorld.CreateAsync();
        await world.InAsync(await (await world.NewPhoneAsync()).CodeAsync());
        var otherLine = world.Metro with { Id = new InstitutionId("440100000001") };

        Assert.Single((await ListAsync(world, new ListTripsRequest(), world.Metro)).Trips);
        Assert.Empty((await ListAsync(world, new ListTripsRequest(), otherLine)).Trips);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.Get<ListTrips>().RunAsync(
            new ListTripsRequest { CertificateId = "someone-elses" }, world.Rider, CancellationToken.None));
        Assert.Equal(RefusalCatalogue.CertificateNotFound, refused.Refusal.Reason);
    }

    private static Task<ListTripsResponse> ListAsync(FareWorld world, ListTripsRequest request, Caller caller)
    {
        request.CertificateId = FareWorld.Certificate;
        return world.Get<ListTrips>().RunAsync(request, caller, CancellationToken.None);
    }
}
