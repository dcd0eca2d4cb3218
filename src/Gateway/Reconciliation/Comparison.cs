using Ecert.Kernel;
using Ecert.V1;

namespace Ecert.Gateway.Reconciliation;

/// <summary>One line of a side's books.</summary>
/// <param name="OurNumber">Our number, by which the sides are matched.</param>
/// <param name="TheirNumber">The counterpart's number.</param>
/// <param name="Amount">Negative for money that went back.</param>
/// <param name="State">The side's word for the state.</param>
/// <param name="IsSettled">
/// False when the side does not hold the line for final, or its books do not bear it out.
/// </param>
internal sealed record BookLine(string OurNumber, string TheirNumber, Money Amount, string State, bool IsSettled);

/// <summary>A line the sides do not agree on.</summary>
internal sealed record FoundDifference(DifferenceKind Kind, BookLine? Ours, BookLine? Theirs);

/// <summary>Compares two sides line by line; pure.</summary>
internal static class Comparison
{
    /// <summary>
    /// Every disagreement: a line only one side has, another amount, or another state. A number twice is the second's
    /// own.
    /// </summary>
    public static IReadOnlyList<FoundDifference> Of(IReadOnlyList<BookLine> ours, IReadOnlyList<BookLine> theirs)
    {
        var left = ours.GroupBy(line => line.OurNumber).ToDictionary(group => group.Key, group => group.ToList());
        var found = new List<FoundDifference>();
        foreach (var their in theirs)
        {
            if (!left.TryGetValue(their.OurNumber, out var matches))
            {
                found.Add(new FoundDifference(DifferenceKind.TheirsOnly, null, their));
                continue;
            }
            var our = matches[0];
            matches.RemoveAt(0);
            if (matches.Count == 0)
                left.Remove(their.OurNumber);
            if (our.Amount != their.Amount)
                found.Add(new FoundDifference(DifferenceKind.AmountDiffers, our, their));
            else if (our.IsSettled != their.IsSettled)
                found.Add(new FoundDifference(DifferenceKind.StateDiffers, our, their));
        }
        found.AddRange(left.Values.SelectMany(lines => lines).Select(
            line => new FoundDifference(DifferenceKind.OursOnly, line, null)));
        return found;
    }
}
