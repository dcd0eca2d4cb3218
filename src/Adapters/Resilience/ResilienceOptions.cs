namespace Ecert.Adapters.Resilience;

/// <summary>How patient an adapter is with its counterpart.</summary>
public sealed record ResilienceOptions
{
    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long one attempt at a file (a statement) may take.</summary>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a call that changes nothing is repeated after a failure.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>The pause before the first repeat; doubled before the next.</summary>
    public TimeSpan RepeatDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// From this share of failed calls on, calls are no longer made for a while. At least 0.1, at most 1.
    /// </summary>
    public double BreakAtFailureRatio { get; init; } = 0.5;

    /// <summary>How many calls within <see cref="BreakWindow"/> it takes before the share counts; at least 2.</summary>
    public int BreakAtCalls { get; init; } = 20;

    /// <summary>The window over which failures are counted.</summary>
    public TimeSpan BreakWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long no call is made once the circuit is open.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest answer accepted, in bytes.</summary>
    public int AnswerLimit { get; init; } = 1024 * 1024;

    /// <summary>The largest file accepted, in bytes.</summary>
    public int DownloadLimit { get; init; } = 256 * 1024 * 1024;
}
