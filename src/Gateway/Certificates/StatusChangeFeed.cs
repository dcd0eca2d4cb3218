using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// Follows the issuer's log of states: at every news the status lists are renewed here first, then the standing calls
/// are woken. One question for all of them, every few seconds and right after a change made through this gateway.
/// </summary>
internal sealed class StatusChangeFeed(
    CertificateRegistry registry, TrustMaterial trust, ILogger<StatusChangeFeed> logger) : BackgroundService
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private TaskCompletionSource _news = NewSource();
    private long? _last;

    /// <summary>Ends with the next news. Take it before looking at the log, so that nothing falls in between.</summary>
    public Task News => Volatile.Read(ref _news).Task;

    /// <summary>Asks the issuer now. Whoever asks meanwhile waits until what was found is in force here.</summary>
    /// <exception cref="RefusedException">The issuer could not be asked.</exception>
    public async Task AskAsync(CancellationToken ct)
    {
        await _asking.WaitAsync(ct);
        try
        {
            var last = await registry.LastChangeAsync(ct);
            if (last == _last)
                return;
            await trust.RenewAsync(ct);
            _last = last;
            Interlocked.Exchange(ref _news, NewSource()).TrySetResult();
        }
        finally
        {
            _asking.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AskEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await AskAsync(stoppingToken);
            }
            catch (RefusedException)
            {
                StatusChangeLog.IssuerSilent(logger);
            }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What the feed says.</summary>
internal static partial class StatusChangeLog
{
    [LoggerMessage(
        311, LogLevel.Warning, "The issuer's log of certificate states could not be read; asked again soon.")]
    public static partial void IssuerSilent(ILogger logger);

    [LoggerMessage(312, LogLevel.Warning,
        "A certificate's state was changed, but the issuer's log could not be read after it; asked again soon.")]
    public static partial void ChangeNotFollowed(ILogger logger);
}
