using System.Collections.Concurrent;

namespace Ecert.Gateway.Storage;

/// <summary>
/// Wakes the standing calls that watch a record when it changes here. Only a hint: a change made by another replica is
/// found by looking again after <see cref="LookAgainAfter"/>.
/// </summary>
internal sealed class ChangeFeed
{
    /// <summary>How long a watcher sleeps at most before it looks for itself.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Wakes everybody who watches the record.</summary>
    public void Publish(string id)
    {
        if (_waiting.TryRemove(id, out var waiting))
            waiting.TrySetResult();
    }

    /// <summary>
    /// A task to take before looking at the record, so that no change between look and wait is missed.
    /// </summary>
    public Task Next(string id) =>
        _waiting.GetOrAdd(
            id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Waits for the change, or long enough to look again.</summary>
    public static async Task WaitAsync(Task next, CancellationToken ct) =>
        await Task.WhenAny(next, Task.Delay(LookAgainAfter, ct));
}
