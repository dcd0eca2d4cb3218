using Ecert.Gateway.Edge;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;

namespace Ecert.Gateway.Fares;

/// <summary>The fare between two stations, before anybody rides.</summary>
internal sealed class QuoteFare(GatewayOptions options)
{
    public QuoteFareResponse Run(QuoteFareRequest request)
    {
        new RequestChecks()
            .RequireText(request.OperatorCode, "operator_code", 20)
            .RequireText(request.EntryStationId, "entry_station_id", 20)
            .RequireText(request.ExitStationId, "exit_station_id", 20)
            .Require(Enum.IsDefined(request.RiderCategory), "rider_category", "one of the contract's values")
            .Require(request.MonthSpentFen >= 0, "month_spent_fen", "not negative")
            .ThrowIfAny();
        var network = Network(options, request.OperatorCode);
        var outcome = FareTable.Quote(
            network, request.EntryStationId, request.ExitStationId, request.RiderCategory,
            new Money(request.MonthSpentFen));
        return new QuoteFareResponse { Fare = TripMessages.ToMessage(Expect(outcome)) };
    }

    /// <summary>The operator's table.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static FareNetwork Network(GatewayOptions options, string operatorCode) =>
        options.FareNetworks.SingleOrDefault(network => network.OperatorId == operatorCode)
        ?? throw RefusalCatalogue.OperatorNotFound.AsRefusal().ToException();

    /// <summary>The fare.</summary>
    /// <exception cref="RefusedException">None is known; the message says why.</exception>
    public static Fare Expect(FareOutcome outcome) => outcome switch
    {
        FareOutcome.Known known => known.Fare,
        FareOutcome.UnknownStations unknown => throw NoStation(unknown.Ids),
        FareOutcome.BeyondTable beyond => throw new Refusal(
            RefusalCatalogue.StationNotFound, $"The fare table ends before {beyond.Metres} metres.").ToException(),
        _ => throw new InvalidOperationException($"No way to take {outcome.GetType().Name}."),
    };

    /// <summary>The refusal that names the stations nobody knows.</summary>
    public static RefusedException NoStation(IReadOnlyList<string> ids) => new Refusal(
        RefusalCatalogue.StationNotFound,
        $"The operator has no station {string.Join(" and no station ", ids)}.").ToException();
}
