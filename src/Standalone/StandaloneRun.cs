using System.Diagnostics;
using Ecert.CertsDev;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Journey;
using Microsoft.AspNetCore.Connections;
using Spectre.Console;

namespace Ecert.Standalone;

/// <summary>One run: start, journey, and then either end or stay up until stopped.</summary>
internal static class StandaloneRun
{
    /// <returns>
    /// 0 when the journey held, 1 when a step or an invariant did not, 2 when the run could not start as asked.
    /// </returns>
    public static async Task<int> RunAsync(StandaloneOptions options, CancellationToken ct)
    {
        var console = AnsiConsole.Console;
        // Piped into a file, lines are not broken at some terminal's width.
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        if (options.DataFolder is { } asked && Directory.Exists(asked)
            && Directory.EnumerateFileSystemEntries(asked).Any())
        {
            console.MarkupLineInterpolated(
                $"[red]{asked} is not empty: name a new folder, every run starts from nothing.[/]");
            return 2;
        }
        var folder = options.DataFolder ?? Directory.CreateTempSubdirectory("ecert-").FullName;
        Directory.CreateDirectory(folder);
        try
        {
            return await RunInAsync(folder, options, console, ct);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            console.MarkupLineInterpolated($"[red]{exception.Message} Name other ports with --ports, 0 for any.[/]");
            return 2;
        }
        finally
        {
            if (options.DataFolder is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunInAsync(
        string folder, StandaloneOptions options, IAnsiConsole console, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var log = new JourneyLog(console);
        using var file = new FileLog(Path.Combine(folder, "standalone.log"));
        var chain = DevelopmentChain.Ensure(DevelopmentChain.DefaultFolder(), TimeProvider.System);
        await using var system = await RunningSystem.StartAsync(
            Addresses.From(options.BasePort), chain, folder, logging => Configure(logging, options, file), ct);
        log.Say($"Sandbox, Identity and Gateway answer on loopback after {watch.ElapsedMilliseconds} ms.");
        var held = await JourneyAsync(system, log, console, ct);
        log.Say($"The journey took {watch.Elapsed.TotalSeconds:0.0} s with the start.");
        if (options.Once)
            return held ? 0 : 1;
        Directions(system.Addresses, log);
        await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => { }, TaskScheduler.Default);
        return held ? 0 : 1;
    }

    private static async Task<bool> JourneyAsync(
        RunningSystem system, JourneyLog log, IAnsiConsole console, CancellationToken ct)
    {
        try
        {
            await new JourneyRunner(system, log).RunAsync(ct);
            return true;
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            console.MarkupLineInterpolated($"[red]The journey failed: {exception.Message}[/]");
            return false;
        }
    }

    private static void Configure(ILoggingBuilder logging, StandaloneOptions options, FileLog file)
    {
        logging.ClearProviders();
        logging.AddProvider(file);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        if (options.Verbose)
            logging.AddSimpleConsole(console => console.SingleLine = true);
    }

    private static void Directions(Addresses addresses, JourneyLog log)
    {
        log.Say("Everything stays up until Ctrl+C:");
        log.Say($"  gRPC over mTLS      {addresses.Gateway}  (reflection and health on; "
            + "certificates in certs-dev/made)");
        log.Say($"  channel callbacks   {addresses.GatewayCallbacks}  "
            + "(/callbacks/wechatpay, /callbacks/alipay, /health)");
        log.Say($"  Identity            {addresses.Identity}  (/.well-known/openid-configuration)");
        log.Say($"  Identity's pages    {addresses.IdentityPages}");
        log.Say($"  Sandbox             {addresses.Sandbox}  "
            + "(a page to be the user; its README lists the counterparts)");
    }
}
