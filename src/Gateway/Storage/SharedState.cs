using System.Collections.Concurrent;

namespace Ecert.Gateway.Storage;

/// <summary>
/// Short-lived state that replicas share: what was seen once. In-process; every entry carries its end, and entries past it
/// are swept as new ones come, so that the memory is bounded by what can arrive within the longest window.
/// </summary>
internal sealed class SharedState(TimeProvider clock)
{
    private const int SweepEvery = 1_024;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _claims = new(StringComparer.Ordinal);
    private int _sinceSweep;

    /// <summary>Claims a key until a time.</summary>
    /// <returns>False when the key is claimed already and that claim has not ended: the second sight of a one-time thing.</returns>
    public bool TryClaim(string key, DateTimeOffset until)
    {
        var now = clock.GetUtcNow();
        if (Interlocked.Increment(ref _sinceSweep) % SweepEvery == 0)
            Sweep(now);
        while (!_claims.TryAdd(key, until))
        {
            if (!_claims.TryGetValue(key, out var existing))
                continue;
            if (existing > now)
                return false;
            if (_claims.TryUpdate(key, until, existing))
                return true;
        }
        return true;
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var claim in _claims)
            if (claim.Value <= now)
                _claims.TryRemove(claim);
    }
}
