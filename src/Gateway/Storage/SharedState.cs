using System.Collections.Concurrent;

namespace Ecert.Gateway.Storage;

/// <summary>
/// Short-lived state that replicas share: what was seen once. In-process; every entry carries its end, and entries past
/// it are swept as new ones come, so that the memory is bounded by what can arrive within the longest window.
/// </summary>
internal sealed class SharedState(TimeProvider clock)
{
    private const int SweepEvery = 1_024;
    private readonly ConcurrentDictionary<string, Claim> _claims = new(StringComparer.Ordinal);
    private int _sinceSweep;

    /// <summary>Claims a key until a time.</summary>
    /// <param name="key">The one-time thing.</param>
    /// <param name="owner">The operation that claims it; the same operation, taken up again, claims it again.</param>
    /// <param name="until">When the claim ends.</param>
    /// <returns>
    /// False when another operation holds a claim that has not ended: the second sight of a one-time thing.
    /// </returns>
    public bool TryClaim(string key, string owner, DateTimeOffset until)
    {
        var claim = new Claim(owner, until);
        var now = clock.GetUtcNow();
        if (Interlocked.Increment(ref _sinceSweep) % SweepEvery == 0)
            Sweep(now);
        while (!_claims.TryAdd(key, claim))
        {
            if (!_claims.TryGetValue(key, out var existing))
                continue;
            if (existing.Until > now)
                return existing.Owner == owner;
            if (_claims.TryUpdate(key, claim, existing))
                return true;
        }
        return true;
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var claim in _claims)
            if (claim.Value.Until <= now)
                _claims.TryRemove(claim);
    }

    private sealed record Claim(string Owner, DateTimeOffset Until);
}
