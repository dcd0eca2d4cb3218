namespace Ecert.Gateway.Janitor;

/// <summary>
/// Looks at start and then again and again for what hangs, and goes on with it: unpaid orders past their time, unknown
/// outcomes, purposes not yet told, write-offs not yet answered.
/// </summary>
internal sealed class JanitorService(
    IEnumerable<IUnfinishedBusiness> businesses, GatewayOptions options, ILogger<JanitorService> logger)
        : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.JanitorInterval);
        do
        {
            await SweepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Takes up everything that is due now.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        foreach (var business in businesses)
        {
            foreach (var record in await DueAsync(business, ct))
                await ResumeAsync(record, ct);
        }
    }

    private async Task<IReadOnlyList<UnfinishedRecord>> DueAsync(IUnfinishedBusiness business, CancellationToken ct)
    {
        try
        {
            return await business.DueAsync(ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            JanitorLog.LookFailed(logger, business.GetType().Name, exception);
            return [];
        }
    }

    private async Task ResumeAsync(UnfinishedRecord record, CancellationToken ct)
    {
        try
        {
            await record.ResumeAsync(ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            JanitorLog.ResumeFailed(logger, record.Id, exception);
        }
    }
}
