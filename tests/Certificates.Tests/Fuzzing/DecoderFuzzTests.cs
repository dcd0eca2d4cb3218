using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Ecert.Certificates.Tests.Fuzzing;

/// <summary>
/// Mutation fuzzing of every decoder: nothing is thrown, nothing forged is accepted, and no call allocates beyond its
/// bound. <c>ECERT_FUZZ_SECONDS</c> says how long (20, and 45 where <c>CI=true</c>), <c>ECERT_FUZZ_SEED</c> where to
/// begin; a failure names the round that repeats it.
/// </summary>
public sealed class DecoderFuzzTests(ITestOutputHelper output)
{
    private const int WarmUpRounds = 40;

    [Fact]
    public async Task Mutated_input_ends_in_a_closed_result_within_the_bound_of_memory()
    {
        var targets = await FuzzTargets.MakeAsync();
        var patience = TimeSpan.FromSeconds(Setting("ECERT_FUZZ_SECONDS", IsCi ? 45 : 20));
        var seed = (ulong)Setting("ECERT_FUZZ_SEED", 1);
        var most = targets.ToDictionary(target => target, _ => 0L);
        await RememberKeysAsync(targets);
        var start = Stopwatch.GetTimestamp();
        long rounds = 0;
        for (; rounds < WarmUpRounds || Stopwatch.GetElapsedTime(start) < patience; rounds++)
        {
            foreach (var target in targets)
            {
                var other = targets[(int)(rounds % targets.Count)].Seed;
                var spent = await RunAsync(target, seed + (ulong)rounds, other);
                if (rounds < WarmUpRounds)
                    continue;
                most[target] = Math.Max(most[target], spent);
                Assert.True(spent <= target.Bound, $"{target.Name}, seed {seed}+{rounds}: allocated {spent} bytes.");
            }
        }
        output.WriteLine($"{rounds} rounds over {targets.Count} decoders.");
        foreach (var (target, bytes) in most)
            output.WriteLine($"{target.Name}: at most {bytes} bytes a call, {target.Bound} allowed.");
    }

    [Fact]
    public async Task What_is_mutated_is_accepted_before()
    {
        foreach (var target in await FuzzTargets.MakeAsync())
            Assert.True((await target.Prepare(target.Seed))(), target.Name);
    }

    private static bool IsCi => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>A key that keeps coming gets its table, once: not what a single input can cause.</summary>
    private static async Task RememberKeysAsync(IReadOnlyList<FuzzTarget> targets)
    {
        foreach (var target in targets)
        {
            var decode = await target.Prepare(target.Seed);
            for (var count = 0; count < WarmUpRounds; count++)
                decode();
        }
    }

    private static async Task<long> RunAsync(FuzzTarget target, ulong seed, byte[] other)
    {
        var changed = new Mutation(seed).Of(target.Seed, other);
        var decode = await target.Prepare(changed);
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var accepted = decode();
            var spent = GC.GetAllocatedBytesForCurrentThread() - before;
            var mayStand = target.MayStand || changed.AsSpan().SequenceEqual(target.Seed);
            Assert.True(!accepted || mayStand, $"{target.Name}, seed {seed}: accepted what was changed.");
            return spent;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException(
                $"{target.Name}, seed {seed}, threw on {Convert.ToHexString(changed)}.", exception);
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
