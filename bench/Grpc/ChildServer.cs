using System.Diagnostics;
using System.Globalization;

namespace Ecert.Bench.Grpc;

/// <summary>A server in a process of its own, held to the first core.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private readonly Process _process;

    private ChildServer(string name, Process process, int[] ports)
    {
        Name = name;
        _process = process;
        Port = ports[0];
        SidePort = ports.ElementAtOrDefault(1);
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>HTTP/1.1: bytes allocated by the process so far. Zero where there is none.</summary>
    public int SidePort { get; }

    /// <summary>Processor time the server has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public string Address => $"http://127.0.0.1:{Port}";

    public static async Task<ChildServer> StartAsync(
        string name, string program, string[] arguments, Action<ProcessStartInfo>? configure = null)
    {
        var start = new ProcessStartInfo("taskset", ["-c", Cores.Server, program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        configure?.Invoke(start);
        var process = Process.Start(start)!;
        var words = (await process.StandardOutput.ReadLineAsync())?.Split(' ') ?? [];
        if (words is not ["ports", .. var ports])
            throw new InvalidOperationException($"The {name} server did not start.");
        return new ChildServer(name, process, [.. ports.Select(port => int.Parse(port, CultureInfo.InvariantCulture))]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

/// <summary>Says how much else the machine is doing: rates by the clock suffer from it, even in pairs.</summary>
internal static class Machine
{
    private const string LoadAverageFile = "/proc/loadavg";

    public static string Describe()
    {
        var load = File.Exists(LoadAverageFile) ? File.ReadAllText(LoadAverageFile).Split(' ')[0] : "unknown";
        return $"Machine: {Environment.ProcessorCount} processors, load average {load} before the start.";
    }
}

/// <summary>Server and load each have a core to themselves, as far as the machine's other work allows.</summary>
internal static class Cores
{
    public const string Server = "0";
    public const string Load = "1";
}
