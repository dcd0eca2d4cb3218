namespace Ecert.Interop.Tests.Server;

/// <summary>Counts handlers that run, so that a test can tell whether one was left behind.</summary>
internal sealed class HandlerCount
{
    private int _running;
    private int _cancelled;
    private int _started;

    public int Running => Volatile.Read(ref _running);

    public int Started => Volatile.Read(ref _started);

    /// <summary>How many handlers saw their token cancelled.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    public Entry Enter()
    {
        Interlocked.Increment(ref _started);
        Interlocked.Increment(ref _running);
        return new Entry(this);
    }

    public void NoteCancellation() => Interlocked.Increment(ref _cancelled);

    public readonly struct Entry(HandlerCount count) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref count._running);
    }
}
