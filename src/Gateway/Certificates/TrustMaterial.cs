using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;
using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// The trust list and the status lists in force here: fetched from the issuer, verified against nothing but the pinned
/// root, and renewed in the background. A list that does not verify is passed over and the one before kept.
/// </summary>
internal sealed class TrustMaterial(
    GatewayOptions options, HttpClient identity, TimeProvider clock, ILogger<TrustMaterial> logger) : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);
    private const int MostListsOfOneProvince = 1_024;
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private Snapshot? _current;

    /// <summary>What is in force now; fetched first when nothing is.</summary>
    /// <exception cref="RefusedException">Nothing is in force and the issuer cannot be asked.</exception>
    public async ValueTask<Snapshot> CurrentAsync(CancellationToken ct)
    {
        if (InForce() is { } current)
            return current;
        await RenewAsync(ct);
        return InForce() ?? throw RefusalCatalogue.CounterpartUnavailable.AsRefusal().ToException();
    }

    /// <summary>Fetches everything anew.</summary>
    public async Task RenewAsync(CancellationToken ct)
    {
        await _renewing.WaitAsync(ct);
        try
        {
            var signed = await FetchAsync(new Uri(options.Issuer.TrimEnd('/') + "/trust-list"), ct);
            if (signed is null || Verified(signed) is not { } trust)
                return;
            _current = new Snapshot(signed, trust, await StatusAsync(trust, ct));
        }
        finally
        {
            _renewing.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RenewAsync(stoppingToken);
    }

    /// <summary>What was last taken, while its time lasts.</summary>
    private Snapshot? InForce() =>
        _current is { } current && current.Trust.ExpiresAt > clock.GetUtcNow() ? current : null;

    private TrustList? Verified(byte[] signed)
    {
        var outcome =
            TrustList.Load(signed, options.TrustRoot.RawData, clock.GetUtcNow(), _current?.Trust.Version ?? 0);
        if (outcome is TrustListOutcome.Loaded loaded)
        {
            foreach (var rejected in loaded.List.Rejected)
                TrustLog.EntryRejected(logger, rejected);
            return loaded.List;
        }
        TrustLog.ListRefused(logger, ((TrustListOutcome.Refused)outcome).Why);
        return null;
    }

    private async Task<StatusLists> StatusAsync(TrustList trust, CancellationToken ct)
    {
        var lists = _current?.Status ?? StatusLists.None;
        foreach (var signer in trust.Signers.DistinctBy(signer => signer.StatusLists))
        {
            for (var number = 0; number < MostListsOfOneProvince; number++)
            {
                if (await FetchAsync(signer.StatusListAddress(number), ct) is not { } signed)
                    break;
                if (StatusList.Load(signed, trust, clock.GetUtcNow()) is StatusListOutcome.Loaded loaded)
                    lists = lists.With(loaded.List);
                else
                    TrustLog.StatusListRefused(logger, signer.Division.Value, number);
            }
        }
        return lists;
    }

    private async Task<byte[]?> FetchAsync(Uri address, CancellationToken ct)
    {
        try
        {
            using var response = await identity.GetAsync(address, ct);
            return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsByteArrayAsync(ct) : null;
        }
        catch (Exception exception) when (
            exception is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            TrustLog.FetchFailed(logger, address.AbsolutePath, exception.Message);
            return null;
        }
    }

    /// <summary>What is in force.</summary>
    /// <param name="Signed">The trust list as published, for those who ask us for it.</param>
    /// <param name="Trust">The same, read.</param>
    /// <param name="Status">The status lists of its provinces.</param>
    public sealed record Snapshot(byte[] Signed, TrustList Trust, StatusLists Status);
}

/// <summary>What trust material says.</summary>
internal static partial class TrustLog
{
    [LoggerMessage(301, LogLevel.Warning, "The trust list passed over an entry: {Why}")]
    public static partial void EntryRejected(ILogger logger, string why);

    [LoggerMessage(302, LogLevel.Error, "The trust list was not taken: {Why} The one before stays in force.")]
    public static partial void ListRefused(ILogger logger, string why);

    [LoggerMessage(
        303, LogLevel.Error, "Status list {Number} of {Division} was not taken; the one before stays in force.")]
    public static partial void StatusListRefused(ILogger logger, string division, int number);

    [LoggerMessage(304, LogLevel.Warning, "{Path} could not be fetched from the issuer: {Why}")]
    public static partial void FetchFailed(ILogger logger, string path, string why);
}
