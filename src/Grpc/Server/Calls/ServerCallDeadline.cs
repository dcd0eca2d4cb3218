using System.Collections.Concurrent;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// The deadline of a call, and the decision who ends it: the handler or the deadline, never both. The object is also
/// the lock that everything takes that touches the response of a call with a deadline.
/// Timers are reused; one that fires late for an earlier call sees that the present call is not due.
/// </summary>
internal sealed class ServerCallDeadline
{
    /// <summary>Timers cannot wait for ever; one that fires early is set again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    private const int MostIdle = 4096;

    private static readonly ConcurrentQueue<ServerCallDeadline> Idle = new();

    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private HttpContextServerCallContext? _call;
    private long _started;
    private TimeSpan _timeout;
    private bool _finished;
    private Task? _completion;

    private ServerCallDeadline(TimeProvider clock)
    {
        _clock = clock;
        // A timer that outlives the call must not hold on to the call's ambient values.
        var suppress = !ExecutionContext.IsFlowSuppressed();
        if (suppress)
            ExecutionContext.SuppressFlow();
        try
        {
            _timer = clock.CreateTimer(
                static state => ((ServerCallDeadline)state!).Fire(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (suppress)
                ExecutionContext.RestoreFlow();
        }
    }

    public static ServerCallDeadline Start(HttpContextServerCallContext call, TimeProvider clock, TimeSpan timeout)
    {
        if (!ReferenceEquals(clock, TimeProvider.System) || !Idle.TryDequeue(out var deadline))
            deadline = new ServerCallDeadline(clock);
        lock (deadline)
        {
            deadline._started = clock.GetTimestamp();
            deadline._timeout = timeout;
            deadline._call = call;
            deadline._timer.Change(Shorter(timeout), Timeout.InfiniteTimeSpan);
        }
        return deadline;
    }

    /// <summary>Whether the call has been ended already. To be asked under the lock.</summary>
    public bool IsFinished => _finished;

    /// <summary>Claims the end of the call for the handler; false when the deadline was first.</summary>
    public bool TryFinish()
    {
        lock (this)
        {
            if (_finished)
                return false;
            _finished = true;
            return true;
        }
    }

    /// <summary>Ends the wait; the task is done when nothing of the deadline touches the response any more.</summary>
    public Task StopAsync()
    {
        Task? completion;
        lock (this)
        {
            _call = null;
            completion = _completion;
            _completion = null;
            _finished = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        if (ReferenceEquals(_clock, TimeProvider.System) && Idle.Count < MostIdle)
            Idle.Enqueue(this);
        else
            _timer.Dispose();
        return completion ?? Task.CompletedTask;
    }

    private static TimeSpan Shorter(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;

    private void Fire()
    {
        HttpContextServerCallContext call;
        lock (this)
        {
            if (_call is null || _finished)
                return;
            var remaining = _timeout - _clock.GetElapsedTime(_started);
            if (remaining > TimeSpan.Zero)
            {
                // At least a millisecond, or a timer that rounds down would fire again and again.
                var wait = remaining < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : Shorter(remaining);
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
                return;
            }
            _finished = true;
            call = _call;
            _completion = call.EndAtDeadlineAsync();
        }
        call.CancelHandler();
    }
}
