using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecert.Bench.Grpc;

/// <summary>What h2load sends, over and over: one call's DATA, kept in a file.</summary>
internal sealed class Request(string method, byte[] body) : IDisposable
{
    public string Method => method;

    public byte[] Body => body;

    public string File { get; } = WriteFile(body);

    public void Dispose() => System.IO.File.Delete(File);

    /// <summary>A call with a number of equal EchoMessages, each of this many bytes before framing.</summary>
    public static Request Of(string method, int messageSize, int messages = 1)
    {
        var message = MessageOfSize(messageSize);
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return new Request(method, [.. Enumerable.Repeat(frame, messages).SelectMany(bytes => bytes)]);
    }

    private static byte[] MessageOfSize(int size)
    {
        var overhead = size < 130 ? 2 : 3; // field tag, and the length as a varint
        var payload = new byte[size - overhead];
        new Random(1).NextBytes(payload);
        var message = new EchoMessage { Payload = Google.Protobuf.ByteString.CopyFrom(payload) };
        return Google.Protobuf.MessageExtensions.ToByteArray(message);
    }

    private static string WriteFile(byte[] body)
    {
        var file = Path.GetTempFileName();
        System.IO.File.WriteAllBytes(file, body);
        return file;
    }
}

/// <param name="CallsPerSecond">By the clock: what else runs on the machine takes its share.</param>
/// <param name="ProcessorMicroseconds">The server's own processor time for one call.</param>
internal sealed record LoadResult(double CallsPerSecond, double ProcessorMicroseconds);

/// <summary>h2load, held to the second core: four connections with thirty-two calls in flight on each.</summary>
internal static partial class Load
{
    private const int Connections = 4;
    private const int StreamsPerConnection = 32;

    public static async Task<LoadResult> RunAsync(ChildServer server, Request request, TimeSpan duration)
    {
        var before = server.ProcessorTime;
        var output = await RunAsync(server, request, "-D", $"{duration.TotalMilliseconds:0}ms");
        var used = server.ProcessorTime - before;
        var rate = double.Parse(RateLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        var calls = double.Parse(RequestsLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        return new LoadResult(rate, used.TotalMicroseconds / calls);
    }

    /// <summary>Tiered compilation settles by work done, not by the clock: on a busy machine the same work takes
    /// longer.
    /// </summary>
    public static async Task WarmUpAsync(ChildServer server, Request request, TimeSpan processorTime)
    {
        const int MostRuns = 4;
        var before = server.ProcessorTime;
        for (var run = 0; run < MostRuns && server.ProcessorTime - before < processorTime * 0.6; run++)
            await RunAsync(server, request, processorTime);
    }

    /// <summary>Exactly this many calls.</summary>
    public static Task CountedAsync(ChildServer server, Request request, int calls) =>
        RunAsync(server, request, "-n", calls.ToString(CultureInfo.InvariantCulture));

    private static async Task<string> RunAsync(ChildServer server, Request request, params string[] amount)
    {
        var start = new ProcessStartInfo("taskset",
        [
            "-c", Cores.Load, "h2load", .. amount,
            "-c", $"{Connections}", "-m", $"{StreamsPerConnection}", "-t", "1",
            "-d", request.File, "-H", "content-type: application/grpc", "-H", "te: trailers",
            $"{server.Address}/ecert.bench.EchoService/{request.Method}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || !AllSucceeded(output))
            throw new InvalidOperationException($"h2load against {server.Name}:\n{output}{await errors}");
        return output;
    }

    private static bool AllSucceeded(string output)
    {
        var counts = RequestsLine().Match(output);
        return counts.Success && counts.Groups[1].Value != "0" && counts.Groups[2].Value == "0"
            && counts.Groups[3].Value == "0";
    }

    [GeneratedRegex(@"finished in [^,]+, ([0-9.]+) req/s")]
    private static partial Regex RateLine();

    [GeneratedRegex(@"requests: .* (\d+) succeeded, (\d+) failed, (\d+) errored")]
    private static partial Regex RequestsLine();
}
