using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Google.Protobuf;

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

    /// <summary>How many records are watched.</summary>
    public int WatchedCount => _waiting.Count;

    /// <summary>Wakes everybody who watches the record.</summary>
    public void Publish(string id)
    {
        if (_waiting.TryRemove(id, out var waiting))
            waiting.TrySetResult();
    }

    /// <summary>
    /// A record as it stands and after every change. A look that finds nothing new is passed on too, so that the
    /// caller can end when the record has.
    /// </summary>
    /// <param name="id">The record.</param>
    /// <param name="resumeToken">The token of what was last told, or empty.</param>
    /// <param name="readAsync">Reads the record as it stands.</param>
    /// <param name="ct">Ends it.</param>
    public async IAsyncEnumerable<Look<TMessage>> FollowAsync<TMessage>(
        string id, string resumeToken, Func<CancellationToken, Task<TMessage>> readAsync,
        [EnumeratorCancellation] CancellationToken ct) where TMessage : IMessage
    {
        var told = resumeToken;
        TaskCompletionSource? next = null;
        try
        {
            while (true)
            {
                // Taken before looking, so that no change between look and wait is missed.
                next = _waiting.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
                var message = await readAsync(ct);
                var token = Convert.ToHexStringLower(SHA256.HashData(message.ToByteArray()).AsSpan(0, 8));
                yield return new Look<TMessage>(token, message, token != told);
                told = token;
                await Task.WhenAny(next.Task, Task.Delay(LookAgainAfter, ct));
                ct.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // Nothing is kept for who has gone; whoever still watches wakes, looks, and waits anew.
            if (next is not null && _waiting.TryRemove(KeyValuePair.Create(id, next)))
                next.TrySetResult();
        }
    }
}

/// <summary>One look at a watched record.</summary>
/// <param name="Token">A digest of what was seen, good for resuming.</param>
/// <param name="Message">The record.</param>
/// <param name="IsNew">False when the caller was told just this before.</param>
internal readonly record struct Look<TMessage>(string Token, TMessage Message, bool IsNew);
