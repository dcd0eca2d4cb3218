using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecert.Interop.Tests.Server;

namespace Ecert.Interop.Tests.Foreign;

/// <summary>How one case went, as the client printed it.</summary>
public sealed record CaseResult(
    [property: JsonPropertyName("case")] string Name,
    [property: JsonPropertyName("passed")] bool Passed,
    [property: JsonPropertyName("output")] string Output);

/// <summary>One run of a foreign client through all its cases.</summary>
public sealed record ClientRun(IReadOnlyDictionary<string, CaseResult> Results, string Output);

/// <summary>Our server, and each foreign client's run against it: one process per client and transport.</summary>
public sealed class ForeignClientRuns : IAsyncLifetime
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<(string Client, string Transport), Lazy<Task<ClientRun>>> _runs = new();
    private InteropServer? _server;

    internal InteropServer Server => _server!;

    public async Task InitializeAsync() => _server = await InteropServer.StartAsync(options =>
    {
        options.ResponseCompressionAlgorithm = "gzip";
    });

    public async Task DisposeAsync() => await Server.DisposeAsync();

    public Task<ClientRun> RunAsync(string client, string transport) =>
        _runs.GetOrAdd((client, transport), key => new(() => StartAsync(key.Client, key.Transport))).Value;

    private async Task<ClientRun> StartAsync(string client, string transport)
    {
        var interpreter = ForeignPrograms.Require(client);
        var folder = client == ForeignPrograms.Python ? "python" : "node";
        var script = client == ForeignPrograms.Python ? "client.py" : "client.js";
        List<string> arguments =
        [
            Path.Combine(ForeignPrograms.Folder(folder), script),
            "--protos", ForeignPrograms.Folder("protos"),
            "--address", $"127.0.0.1:{(transport == InteropCases.Tls ? Server.TlsPort : Server.PlainPort)}",
        ];
        if (transport == InteropCases.Tls)
            arguments.AddRange(["--certificate", Server.CertificateFile]);

        using var process = Process.Start(new ProcessStartInfo(interpreter, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await StopAtLimitAsync(process);
        var printed = await output;
        return new ClientRun(Parse(printed), $"exit code {process.ExitCode}\n{printed}\n{await errors}");
    }

    private static async Task StopAtLimitAsync(Process process)
    {
        using var limit = new CancellationTokenSource(RunLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Dictionary<string, CaseResult> Parse(string printed) => printed
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line.StartsWith('{'))
        .Select(line => JsonSerializer.Deserialize<CaseResult>(line)!)
        .ToDictionary(result => result.Name);
}
