using System.Globalization;

namespace Ecert.Bench.Grpc;

/// <summary>How long each part takes, in seconds, and how many pairs of rounds there are.</summary>
internal sealed record Plan(
    double WarmUp, int Pairs, double Round, double SlowWarmUp, int SlowPairs, double StreamWarmUp, double StreamRound)
{
    public static readonly Plan Short = new(5, 15, 0.4, 2, 3, 1.5, 1.5);
    public static readonly Plan Full = new(10, 61, 1, 5, 9, 5, 5);
}

/// <param name="Rate">Our calls a second in the reference's: the median over the pairs of rounds.</param>
/// <param name="Processor">The reference's processor time for a call in ours: the median likewise.</param>
internal sealed record Comparison(double Rate, double Processor);

/// <summary>Two servers measured turn by turn, so that what else the machine does touches both alike.</summary>
internal sealed class Rounds(Plan plan)
{
    public Task<Comparison> CompareAsync(ChildServer ours, ChildServer reference, Request request) =>
        CompareAsync(ours, reference, request, TimeSpan.FromSeconds(plan.WarmUp), plan.Pairs);

    /// <summary>For references many times slower than ours, where a few rounds tell enough.</summary>
    public Task<Comparison> CompareWithSlowAsync(ChildServer ours, ChildServer reference, Request request) =>
        CompareAsync(ours, reference, request, TimeSpan.FromSeconds(plan.SlowWarmUp), plan.SlowPairs);

    private async Task<Comparison> CompareAsync(
        ChildServer ours, ChildServer reference, Request request, TimeSpan warmUp, int pairs)
    {
        Console.WriteLine(
            $"  {request.Method}, {request.Body.Length} bytes on the wire: warming up {warmUp.TotalSeconds} s each");
        await Load.WarmUpAsync(ours, request, warmUp);
        await Load.WarmUpAsync(reference, request, warmUp);

        var results = new List<(LoadResult Ours, LoadResult Reference)>();
        for (var i = 0; i < pairs; i++)
        {
            results.Add(await PairAsync(ours, reference, request, oursFirst: i % 2 == 0));
            Console.WriteLine(
                $"  round {i + 1}: {ours.Name} {Text(results[i].Ours)}; {reference.Name} {Text(results[i].Reference)}");
        }

        return new Comparison(
            Median(results.Select(pair => pair.Ours.CallsPerSecond / pair.Reference.CallsPerSecond)),
            Median(results.Select(pair => pair.Reference.ProcessorMicroseconds / pair.Ours.ProcessorMicroseconds)));
    }

    private async Task<(LoadResult Ours, LoadResult Reference)> PairAsync(
        ChildServer ours, ChildServer reference, Request request, bool oursFirst)
    {
        var duration = TimeSpan.FromSeconds(plan.Round);
        if (oursFirst)
        {
            var first = await Load.RunAsync(ours, request, duration);
            return (first, await Load.RunAsync(reference, request, duration));
        }

        var second = await Load.RunAsync(reference, request, duration);
        return (await Load.RunAsync(ours, request, duration), second);
    }

    private static string Text(LoadResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.CallsPerSecond:0} calls/s at {result.ProcessorMicroseconds:0.0} us");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
