using Ecert.Gateway.Fares;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf.WellKnownTypes;

namespace Ecert.Gateway.Tests.Fares;

public sealed class TapInTests
{
    [Fact]
    public async Task A_good_code_opens_and_begins_a_trip()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();

        var answer = await world.InAsync(await phone.CodeAsync());

        Assert.Equal(GateDecision.Open, answer.Decision);
        var trip = Assert.Single(await world.TripsAsync());
        Assert.Equal((answer.TripId, TripState.Open, "S0"), (trip.TripId, trip.State, trip.EntryStationId));
    }

    [Fact]
    public async Task The_same_code_is_replayed_and_another_code_has_entered_already()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        var code = await phone.CodeAsync();
        await world.InAsync(code);

        Assert.Equal(GateDecision.Replayed, (await world.InAsync(code)).Decision);
        Assert.Equal(GateDecision.AlreadyEntered, (await world.InAsync(await phone.CodeAsync(1))).Decision);
        Assert.Single(await world.TripsAsync());
    }

    [Fact]
    public async Task The_same_tap_taken_up_again_is_the_same_trip_even_after_its_code_expired()
    {
        await using var world = await FareWorld.CreateAsync();
        var code = await (await world.NewPhoneAsync()).CodeAsync();
        var first = await world.InAsync(code, operation: "TAP");
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(first, await world.InAsync(code, operation: "TAP"));
    }

    [Fact]
    public async Task Two_gates_at_once_open_one()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        var codes = await Task.WhenAll(Enumerable.Range(0, 6).Select(second => phone.CodeAsync(second)));

        var answers = await Task.WhenAll(codes.Select(code => Task.Run(() => world.InAsync(code))));

        Assert.Single(answers, answer => answer.Decision == GateDecision.Open);
        Assert.Equal(5, answers.Count(answer => answer.Decision == GateDecision.AlreadyEntered));
        Assert.Single(await world.TripsAsync());
    }

    [Fact]
    public async Task Bad_codes_leave_the_gate_closed()
    {
        await using var world = await FareWorld.CreateAsync();
        await using var elsewhere = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        var code = await phone.CodeAsync();
        var tampered = code.ToArray();
        tampered[^1] ^= 1;

        Assert.Equal(GateDecision.Malformed, (await world.InAsync([1, 2, 3])).Decision);
        Assert.Equal(GateDecision.BadRiderSignature, (await world.InAsync(tampered)).Decision);
        Assert.Equal(GateDecision.Expired, (await world.InAsync(await phone.CodeAsync(61))).Decision);
        Assert.Equal(GateDecision.BadIssuerCertificate, (await elsewhere.InAsync(code)).Decision);
        Assert.Empty(await world.TripsAsync());
        await using var without = await FareWorld.CreateAsync(withRideKeys: false);
        Assert.Equal(GateDecision.KeyUnknown, (await without.InAsync(code)).Decision);
    }

    [Fact]
    public async Task A_key_that_owes_a_fare_opens_no_more_gates()
    {
        await using var world = await FareWorld.CreateAsync();
        world.RefuseCharges();
        var phone = await world.NewPhoneAsync();
        await world.InAsync(await phone.CodeAsync());
        await world.OutAsync(await phone.CodeAsync(1));
        await world.SweepAsync();

        Assert.Equal(GateDecision.Blacklisted, (await world.InAsync(await phone.CodeAsync(2))).Decision);
    }

    [Fact]
    public async Task A_bad_request_is_refused_with_every_fault_and_no_decision()
    {
        await using var world = await FareWorld.CreateAsync();
        var tap = new Tap("someone-else", new byte[513], "", "", new Timestamp { Seconds = long.MaxValue }, "TAP");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => world.Get<TapIn>().RunAsync(tap, world.Metro, CancellationToken.None));

        Assert.Equal(["operator_code", "ride_code", "station_id", "gate_id", "tap_time"],
            refused.Refusal.Violations.Select(violation => violation.Field));
        var station = await Assert.ThrowsAsync<RefusedException>(() => world.InAsync([1], "S99"));
        Assert.Equal(RefusalCatalogue.StationNotFound, station.Refusal.Reason);
    }
}
