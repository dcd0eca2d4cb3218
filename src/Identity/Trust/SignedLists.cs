using System.Collections.Concurrent;
using Ecert.Certificates.Status;
using Ecert.Certificates.Trust;
using Ecert.Identity.Signer;
using Ecert.Identity.Storage;
using Ecert.Kernel.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Trust;

/// <summary>
/// The signed trust list and the provinces' signed status lists, made when asked for and kept for a while.
/// </summary>
internal sealed class SignedLists(
    IdentityOptions options, IssuerIdentity issuer, DocumentSigners signers,
    IDbContextFactory<IdentityDatabase> databases, TimeProvider clock)
{
    /// <summary>Statuses of one list. Large enough that a place in it says nothing about its owner.</summary>
    public const int StatusesPerList = 1 << 17;

    /// <summary>How long a copy of either list may be kept before asking again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TrustListLife = TimeSpan.FromDays(7);
    private static readonly TimeSpan StatusListLife = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<string, Signed> _kept = new();

    /// <summary>The trust list (<c>application/cwt</c>).</summary>
    public Task<byte[]> TrustListAsync(CancellationToken ct) => KeptAsync("trust list", SignTrustListAsync, ct);

    /// <summary>One status list of a province; null when there is no such province or list.</summary>
    public async Task<byte[]?> StatusListAsync(DivisionCode province, int number, CancellationToken ct)
    {
        if (signers.Find(province) is null || number < 0 || number > await LastListAsync(province, ct))
            return null;
        return await KeptAsync(
            $"status {province} {number}", token => SignStatusListAsync(province, number, token), ct);
    }

    /// <summary>Makes the next caller of a status list get one that is signed anew.</summary>
    /// <param name="division">The province.</param>
    /// <param name="statusIndex">The place that changed, counted through all lists.</param>
    public void Forget(string division, int statusIndex) =>
        _kept.TryRemove($"status {division} {statusIndex / StatusesPerList}", out _);

    /// <summary>The address below which a province's status lists lie.</summary>
    public Uri StatusListsOf(DivisionCode province) => new(issuer.At($"/status-list/{province}"));

    /// <summary>The number of the newest list of a province, from 0.</summary>
    public async Task<int> LastListAsync(DivisionCode province, CancellationToken ct)
    {
        await using var database = await databases.CreateDbContextAsync(ct);
        var highest = await database.Certificates.Where(row => row.Division == province.Value)
            .MaxAsync(row => (int?)row.StatusIndex, ct);
        return (highest ?? 0) / StatusesPerList;
    }

    private async Task<byte[]> KeptAsync(
        string name, Func<CancellationToken, Task<byte[]>> sign, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(name, out var kept) && kept.At <= now && now - kept.At < Fresh)
            return kept.Bytes;
        // Two that find it stale at once both sign: cheaper than making either wait for the other.
        var bytes = await sign(ct);
        _kept[name] = new Signed(bytes, now);
        return bytes;
    }

    private async Task<byte[]> SignTrustListAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var entries = options.Provinces
            .Select(province => new TrustListEntry(
                province.Chain[0], province.Chain[1], StatusListsOf(province.Division)))
            .ToArray();
        // The version is the time: it grows with every list, in every replica, without anyone keeping count.
        var content = new TrustListContent(now.ToUnixTimeSeconds(), now, now + TrustListLife, entries);
        return await signers.SignAsync(content, ct);
    }

    private async Task<byte[]> SignStatusListAsync(DivisionCode province, int number, CancellationToken ct)
    {
        var first = number * StatusesPerList;
        await using var database = await databases.CreateDbContextAsync(ct);
        var marked = await database.Certificates
            .Where(row => row.Division == province.Value
                && row.StatusIndex >= first && row.StatusIndex < first + StatusesPerList
                && (row.RevokedAt != null || row.SuspendedAt != null))
            .Select(row => new { row.StatusIndex, IsRevoked = row.RevokedAt != null })
            .ToListAsync(ct);
        var statuses = new StatusArray(StatusesPerList);
        foreach (var row in marked)
        {
            statuses[row.StatusIndex - first] =
                row.IsRevoked ? CertificateStatus.Revoked : CertificateStatus.Suspended;
        }
        var now = clock.GetUtcNow();
        var address = new Uri($"{StatusListsOf(province).OriginalString}/{number}");
        return await signers.Find(province)!.SignStatusListAsync(
            address, statuses, now, now + StatusListLife, Fresh, ct);
    }

    private sealed record Signed(byte[] Bytes, DateTimeOffset At);
}
