using Ecert.Adapters.Ports;
using Ecert.Gateway.Books;
using Ecert.Gateway.Fares;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.V1;

namespace Ecert.Gateway.Tests.Fares;

public sealed class TapOutTests
{
    [Fact]
    public async Task The_gate_opens_with_the_fare_and_the_wallet_is_charged_behind_it()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        var entered = await world.InAsync(await phone.CodeAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(20));

        var answer = await world.OutAsync(await phone.CodeAsync());

        Assert.Equal(GateDecision.Open, answer.Decision);
        Assert.Equal((entered.TripId, TripState.Charging, 400), (
            answer.Trip.TripId, answer.Trip.State, answer.Trip.Fare.FareFen));
        Assert.Empty(world.Channel.Calls);
        Assert.Equal(400, await world.BalanceAsync(ChartOfAccounts.FareReceivable(FareWorld.Operator)));

        await world.SweepAsync();
        await world.SweepAsync();

        var order = Assert.Single(world.Charged);
        Assert.Equal(
            (ChannelScene.Agreement, "agreement-12345678", 400), (order.Scene, order.PayerId, order.Amount.Fen));
        var trip = Assert.Single(await world.TripsAsync());
        Assert.Equal((TripState.Paid, order.Payment.Value), (trip.State, trip.PaymentId));
        Assert.Equal(0, await world.BalanceAsync(ChartOfAccounts.FareReceivable(FareWorld.Operator)));
        Assert.Equal(400, await world.BalanceAsync(ChartOfAccounts.Transit(FareWorld.Operator)));
        Assert.Equal(400, await world.BalanceAsync(ChartOfAccounts.Clearing(ChannelName.Alipay)));
    }

    [Fact]
    public async Task An_unknown_outcome_is_a_state_until_the_channel_says()
    {
        await using var world = await FareWorld.CreateAsync();
        world.Channel.OnCreate = ScriptedChannel.InTurn(ScriptedChannel.Unknown);
        await RideAsync(world, await world.NewPhoneAsync());
        await world.SweepAsync();
        Assert.Equal(TripState.OutcomeUnknown, Assert.Single(await world.TripsAsync()).State);

        world.Channel.OnQuery = _ => Task.FromResult<ChannelOutcome>(world.Channel.Paid(400));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.SweepAsync();

        Assert.Equal(TripState.Paid, Assert.Single(await world.TripsAsync()).State);
        Assert.Equal(1, world.Channel.Count("create"));
    }

    [Fact]
    public async Task A_fare_that_cannot_be_collected_stays_owed_in_the_books()
    {
        await using var world = await FareWorld.CreateAsync();
        world.RefuseCharges();
        await RideAsync(world, await world.NewPhoneAsync());
        await world.SweepAsync();

        Assert.Equal(TripState.Unpaid, Assert.Single(await world.TripsAsync()).State);
        Assert.Equal(400, await world.BalanceAsync(ChartOfAccounts.FareReceivable(FareWorld.Operator)));
    }

    [Theory]
    [InlineData(180, GateDecision.Open, 0, 400), InlineData(181, GateDecision.Overstayed, 300, 700)]
    public async Task Three_hours_inside_are_enough(int minutes, GateDecision decision, long surcharge, long fare)
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        await world.InAsync(await phone.CodeAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(minutes));

        var answer = await world.OutAsync(await phone.CodeAsync());

        Assert.Equal(decision, answer.Decision);
        Assert.Equal((surcharge, fare), (answer.Trip.Fare.SurchargeFen, answer.Trip.Fare.FareFen));
    }

    [Fact]
    public async Task Nobody_leaves_who_did_not_enter_or_has_just_left()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        Assert.Equal(GateDecision.NotEntered, (await world.OutAsync(await phone.CodeAsync())).Decision);
        await world.InAsync(await phone.CodeAsync(1));
        await world.OutAsync(await phone.CodeAsync(2));

        Assert.Equal(GateDecision.LeftJustNow, (await world.OutAsync(await phone.CodeAsync(3))).Decision);
        Assert.Equal(GateDecision.NotEntered, (await world.OutAsync(await phone.CodeAsync(4), "S30")).Decision);
    }

    [Fact]
    public async Task The_code_of_the_entry_does_not_open_the_exit()
    {
        await using var world = await FareWorld.CreateAsync();
        var code = await (await world.NewPhoneAsync()).CodeAsync();
        await world.InAsync(code);

        Assert.Equal(GateDecision.Replayed, (await world.OutAsync(code)).Decision);
    }

    [Fact]
    public async Task A_fare_above_the_ceiling_keeps_the_gate_closed_and_the_trip_open()
    {
        await using var world = await FareWorld.CreateAsync(ceiling: new Money(399));
        var phone = await world.NewPhoneAsync();
        await world.InAsync(await phone.CodeAsync());

        Assert.Equal(GateDecision.AboveCeiling, (await world.OutAsync(await phone.CodeAsync(1))).Decision);
        Assert.Equal(TripState.Open, Assert.Single(await world.TripsAsync()).State);
    }

    [Fact]
    public async Task Two_gates_at_once_end_the_trip_once()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        await world.InAsync(await phone.CodeAsync());
        var codes = await Task.WhenAll(Enumerable.Range(1, 6).Select(second => phone.CodeAsync(second)));

        var answers = await Task.WhenAll(codes.Select(code => Task.Run(() => world.OutAsync(code))));

        Assert.Single(answers, answer => answer.Decision == GateDecision.Open);
        Assert.Equal(5, answers.Count(answer => answer.Decision == GateDecision.LeftJustNow));
        Assert.Equal(400, await world.BalanceAsync(ChartOfAccounts.Transit(FareWorld.Operator)));
    }

    [Fact]
    public async Task The_same_tap_taken_up_again_is_the_same_answer_and_one_booking()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        await world.InAsync(await phone.CodeAsync());
        var code = await phone.CodeAsync(1);
        var first = await world.OutAsync(code, operation: "TAP");
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(first, await world.OutAsync(code, operation: "TAP"));
        Assert.Equal(400, await world.BalanceAsync(ChartOfAccounts.Transit(FareWorld.Operator)));
    }

    [Fact]
    public async Task The_month_makes_it_cheaper_and_the_next_month_begins_anew()
    {
        await using var world = await FareWorld.CreateAsync();
        var phone = await world.NewPhoneAsync();
        for (var ride = 0; ride < 20; ride++)
            Assert.Equal(400, (await RideAsync(world, phone)).Trip.Fare.FareFen);

        Assert.Equal(320, (await RideAsync(world, phone)).Trip.Fare.FareFen);
        world.Clock.Advance(TimeSpan.FromDays(29.5));
        var next = await world.NewPhoneAsync();
        Assert.Equal(400, (await RideAsync(world, next)).Trip.Fare.FareFen);
    }

    private static async Task<TapOutResponse> RideAsync(FareWorld world, FareWorld.Phone phone)
    {
        await world.InAsync(await phone.CodeAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var answer = await world.OutAsync(await phone.CodeAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        return answer;
    }
}
