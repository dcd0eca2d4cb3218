using Ecert.Bench.Grpc;

// With "--serve <name>" this program is one of its own servers; otherwise it is the benchmark.
return args switch
{
    ["--serve", "ours"] => await ServeAsync(EchoServers.RunOursAsync()),
    ["--serve", "bare"] => await ServeAsync(EchoServers.RunBareAsync()),
    _ => await Benchmark.RunAsync(isFull: args.Contains("--full")),
};

static async Task<int> ServeAsync(Task server)
{
    await server;
    return 0;
}
