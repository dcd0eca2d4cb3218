using System.Diagnostics;

namespace Ecert.Bench.Certificates;

/// <summary>
/// Runs two pieces of work in turns on one thread and compares their rates: what else the machine does falls on both.
/// </summary>
internal static class Rounds
{
    private const int Count = 15;

    /// <summary>How many times the second's rate the first's is: the median over the rounds.</summary>
    internal static double Ratio(Action subject, Action reference, TimeSpan slice)
    {
        Rate(subject, slice);
        Rate(reference, slice);
        var ratios = new double[Count];
        for (var round = 0; round < Count; round++)
            ratios[round] = Rate(subject, slice) / Rate(reference, slice);
        Array.Sort(ratios);
        return ratios[Count / 2];
    }

    private static double Rate(Action work, TimeSpan slice)
    {
        var start = Stopwatch.GetTimestamp();
        long times = 0;
        TimeSpan spent;
        do
        {
            for (var count = 0; count < 8; count++)
                work();
            times += 8;
            spent = Stopwatch.GetElapsedTime(start);
        }
        while (spent < slice);
        return times / spent.TotalSeconds;
    }
}
