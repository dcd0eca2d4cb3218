using Ecert.Kernel;
using Ecert.V1;

namespace Ecert.Gateway.Fares;

/// <summary>What a ride costs and what that is made of.</summary>
internal sealed record Fare(
    Money Base, Money CategoryDiscount, Money MonthlyDiscount, Money Surcharge, int DistanceMetres, string Table)
{
    /// <summary>What is charged.</summary>
    public Money Charged => Base - CategoryDiscount - MonthlyDiscount + Surcharge;
}

/// <summary>Whether a fare is known.</summary>
internal abstract record FareOutcome
{
    private FareOutcome() { }

    /// <summary>It is.</summary>
    public sealed record Known(Fare Fare) : FareOutcome;

    /// <summary>The network has no such stations.</summary>
    public sealed record UnknownStations(IReadOnlyList<string> Ids) : FareOutcome;

    /// <summary>The table ends before this distance.</summary>
    public sealed record BeyondTable(int Metres) : FareOutcome;
}

/// <summary>
/// Fares by distance: the first band whose upper bound is above it (upper bounds are exclusive). A rider with a reduced
/// fare gets that, anybody else the monthly discount; the two are not added up. Pure.
/// </summary>
internal static class FareTable
{
    private static readonly Ratio Half = new(5_000);

    /// <summary>The fare between two stations.</summary>
    /// <param name="network">The operator's table.</param>
    /// <param name="entry">Where the ride begins.</param>
    /// <param name="exit">Where it ends.</param>
    /// <param name="category">The kind of rider.</param>
    /// <param name="monthSpent">What the rider spent this calendar month before this ride.</param>
    public static FareOutcome Quote(
        FareNetwork network, string entry, string exit, RiderCategory category, Money monthSpent)
    {
        var from = network.Stations.FirstOrDefault(station => station.Id == entry);
        var to = network.Stations.FirstOrDefault(station => station.Id == exit);
        if (from is null || to is null)
        {
            string[] asked = from is null ? to is null ? [entry, exit] : [entry] : [exit];
            return new FareOutcome.UnknownStations([.. asked.Distinct()]);
        }
        var metres = Math.Abs(from.Metres - to.Metres);
        if (network.Bands.FirstOrDefault(band => metres < band.BelowMetres) is not { } band)
            return new FareOutcome.BeyondTable(metres);
        var full = new Money(band.FareFen);
        var reduced = full.Times(ChargedOf(category));
        var afterMonth = category is RiderCategory.Unspecified or RiderCategory.Adult
            ? reduced.Times(ChargedAfter(network, monthSpent))
            : reduced;
        return new FareOutcome.Known(new Fare(
            full, full - reduced, reduced - afterMonth, Money.Zero, metres, $"{network.OperatorId}/{network.Edition}"));
    }

    /// <summary>The same ride after too long a stay: the top fare of the network, with no discounts.</summary>
    public static Fare Overstayed(FareNetwork network, Fare fare)
    {
        var longest = network.Stations.Max(station => station.Metres) - network.Stations.Min(station => station.Metres);
        var top = network.Bands.FirstOrDefault(band => longest < band.BelowMetres) ?? network.Bands[^1];
        return fare with
        {
            CategoryDiscount = Money.Zero, MonthlyDiscount = Money.Zero, Surcharge = new Money(top.FareFen) - fare.Base,
        };
    }

    private static Ratio ChargedOf(RiderCategory category) => category switch
    {
        RiderCategory.Student or RiderCategory.Senior => Half,
        RiderCategory.Elder => Ratio.Zero,
        _ => Ratio.One,
    };

    // The whole ride at the share its month had reached before it: known at the gate, and never changed afterwards.
    private static Ratio ChargedAfter(FareNetwork network, Money monthSpent) =>
        network.MonthlyBands.LastOrDefault(band => monthSpent.Fen >= band.FromFen)?.Charged ?? Ratio.One;
}
