using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>Ends a call at its deadline.</summary>
internal sealed class DeadlineTimer : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly GrpcCall _call;
    private readonly ITimer _timer;

    public DeadlineTimer(GrpcCall call)
    {
        _call = call;
        _timer = TimeProvider.System.CreateTimer(
            static state => ((DeadlineTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Fire();
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        var remaining = _call.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
        if (remaining <= TimeSpan.Zero)
        {
            _call.Cancel(new Status(StatusCode.DeadlineExceeded, ""));
            return;
        }
        var wait = remaining < LongestWait ? remaining : LongestWait;
        _timer.Change(wait < ShortestWait ? ShortestWait : wait, Timeout.InfiniteTimeSpan);
    }
}
