namespace Ecert.Interop.Tests.Foreign;

/// <summary>gRPC clients that others wrote, against our server.</summary>
public sealed class ForeignClientTests(ForeignClientRuns runs) : IClassFixture<ForeignClientRuns>
{
    public static TheoryData<string, string> Rows => InteropCases.OverBothTransports(InteropCases.OfForeignClients);

    [ForeignTheory(ForeignPrograms.Python)]
    [MemberData(nameof(Rows))]
    public Task Python_client_passes(string name, string transport) =>
        AssertPassedAsync(ForeignPrograms.Python, name, transport);

    [ForeignTheory(ForeignPrograms.Node)]
    [MemberData(nameof(Rows))]
    public Task Node_client_passes(string name, string transport) =>
        AssertPassedAsync(ForeignPrograms.Node, name, transport);

    [ForeignFact(ForeignPrograms.Python)]
    public Task Python_client_ran_every_case_and_left_no_handler_running() => AssertAllRanAsync(ForeignPrograms.Python);

    [ForeignFact(ForeignPrograms.Node)]
    public Task Node_client_ran_every_case_and_left_no_handler_running() => AssertAllRanAsync(ForeignPrograms.Node);

    private async Task AssertPassedAsync(string client, string name, string transport)
    {
        var run = await runs.RunAsync(client, transport);
        Assert.True(run.Results.TryGetValue(name, out var result), $"{name} was not run:\n{run.Output}");
        Assert.True(result.Passed, result.Output);
    }

    private async Task AssertAllRanAsync(string client)
    {
        var executed = 0;
        foreach (var transport in (string[])[InteropCases.Plain, InteropCases.Tls])
        {
            var run = await runs.RunAsync(client, transport);
            Assert.Equal(InteropCases.OfForeignClients.Order(), run.Results.Keys.Order());
            executed += run.Results.Count;
        }

        Assert.True(executed >= 42, $"only {executed} cases were run");
        await Eventually.TrueAsync(() => runs.Server.Handlers.Running == 0, "a handler is still running");
    }
}
