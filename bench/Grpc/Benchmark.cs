using System.Globalization;

namespace Ecert.Bench.Grpc;

/// <summary>The whole run: start the servers, check their answers, measure in interleaved rounds, print.</summary>
internal static class Benchmark
{
    private const int AllocationWarmUpCalls = 20_000;
    private const int AllocationCalls = 50_000;

    public static async Task<int> RunAsync(bool isFull)
    {
        if (Tools.Missing("h2load", "taskset") is { Length: > 0 } missing)
        {
            Console.WriteLine($"Nothing measured: {string.Join(" and ", missing)} not found. "
                + "tests/install-test-tools installs h2load (nghttp2-client); taskset comes with util-linux.");
            return 1;
        }

        var plan = isFull ? Plan.Full : Plan.Short;
        using var small = Request.Of("Unary", 100);
        using var large = Request.Of("Unary", 10_000);
        await using var ours = await Servers.StartOursAsync();
        await using var bare = await Servers.StartBareAsync();
        foreach (var request in (Request[])[small, large])
        {
            await Preflight.AssertEchoesAsync(ours, request);
            await Preflight.AssertEchoesAsync(bare, request);
        }

        Console.WriteLine(Machine.Describe());
        // The slow references first: meanwhile ours settles into its compiled form.
        var rounds = new Rounds(plan);
        await CompareWithAsync("python", Servers.StartPythonAsync, ours, small, rounds);
        await CompareWithAsync("node", Servers.StartNodeAsync, ours, small, rounds);

        Console.WriteLine("Reference: a bare Kestrel HTTP/2 POST echo of the same bytes with a grpc-status trailer.");
        Print("unary-10KB-vs-bare", await rounds.CompareAsync(ours, bare, large));
        Print("unary-100B-vs-bare", await rounds.CompareAsync(ours, bare, small));

        Console.WriteLine("No reference: messages in streams of 100, and bytes a unary call allocates in the server.");
        await MeasureStreamsAsync(ours, plan);
        PrintValue("unary-alloc-bytes", await AllocatedPerCallAsync(ours, small), "bytes");
        return 0;
    }

    private static async Task CompareWithAsync(
        string name, Func<Task<ChildServer?>> start, ChildServer ours, Request request, Rounds rounds)
    {
        await using var other = await start();
        if (other is null)
        {
            Console.WriteLine($"Not measured: {name}'s gRPC server is not installed (tests/install-test-tools).");
            return;
        }

        await Preflight.AssertEchoesAsync(other, request);
        Console.WriteLine($"Reference: {other.Name}, echoing unparsed bytes.");
        Print($"unary-100B-vs-{name}", await rounds.CompareWithSlowAsync(ours, other, request));
    }

    private static async Task MeasureStreamsAsync(ChildServer ours, Plan plan)
    {
        const int Length = EchoServers.StreamLength;
        using var serverStream = Request.Of("ServerStream", 100);
        using var clientStream = Request.Of("ClientStream", 100, Length);
        using var duplex = Request.Of("Duplex", 100, Length);
        (string Name, Request Request)[] shapes =
            [("stream", serverStream), ("client-stream", clientStream), ("duplex", duplex)];
        foreach (var (name, request) in shapes)
        {
            await Preflight.AssertServesAsync(ours, request);
            await Load.RunAsync(ours, request, TimeSpan.FromSeconds(plan.StreamWarmUp));
            var result = await Load.RunAsync(ours, request, TimeSpan.FromSeconds(plan.StreamRound));
            PrintValue($"{name}-{Length}-messages", result.CallsPerSecond * Length, "messages/s");
        }
    }

    private static async Task<double> AllocatedPerCallAsync(ChildServer server, Request request)
    {
        await Load.CountedAsync(server, request, AllocationWarmUpCalls);
        var before = await AllocatedAsync(server);
        await Load.CountedAsync(server, request, AllocationCalls);
        return (await AllocatedAsync(server) - before) / (double)AllocationCalls;
    }

    private static async Task<long> AllocatedAsync(ChildServer server)
    {
        using var client = new HttpClient();
        return long.Parse(
            await client.GetStringAsync($"http://127.0.0.1:{server.SidePort}/"), CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// By the clock under the agreed name; by processor time, which a busy machine disturbs less, beside it.
    /// </summary>
    private static void Print(string name, Comparison comparison)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {name} {comparison.Rate:0.000}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ratio {name}-by-processor-time {comparison.Processor:0.000}"));
    }

    private static void PrintValue(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"value {name} {value:0} {unit}"));
}
