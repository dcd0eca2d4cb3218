namespace Ecert.Certificates.Presentations;

/// <summary>
/// A replay guard for one process: remembers every presentation until it is stale. When full it forgets the stale ones,
/// and if none is stale it refuses rather than forget a live one. Safe between threads.
/// </summary>
/// <param name="time">The clock that says what is stale.</param>
/// <param name="capacity">The most presentations that are remembered at once.</param>
public sealed class MemoryReplayGuard(TimeProvider time, int capacity = 100_000)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PresentationId, DateTimeOffset> _seen = [];

    /// <summary>The guard, as <see cref="VerificationContext.Replay"/> takes it.</summary>
    public bool Admit(PresentationId presentation, DateTimeOffset until)
    {
        lock (_lock)
        {
            if (_seen.Count >= capacity)
                ForgetStale();
            return _seen.Count < capacity && _seen.TryAdd(presentation, until);
        }
    }

    private void ForgetStale()
    {
        var now = time.GetUtcNow();
        foreach (var stale in _seen.Where(entry => entry.Value < now).Select(entry => entry.Key).ToList())
            _seen.Remove(stale);
    }
}
