using System.Threading.RateLimiting;
using Ecert.Kernel.Refusals;

namespace Ecert.Gateway.Edge;

/// <summary>Keeps one party from using up what all share: a token bucket per party.</summary>
internal sealed class QuotaStep : EdgeStep, IDisposable
{
    private readonly PartitionedRateLimiter<string> _buckets;

    public QuotaStep(GatewayOptions options) => _buckets = PartitionedRateLimiter.Create<string, string>(party =>
        RateLimitPartition.GetTokenBucketLimiter(party, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.CallsPerSecondPerParty * 2,
            TokensPerPeriod = options.CallsPerSecondPerParty,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    public override string Purpose => "quota of the party";

    public override ValueTask EnterAsync(EdgeCall call)
    {
        using var lease = _buckets.AttemptAcquire(call.Caller.Party);
        return lease.IsAcquired
            ? ValueTask.CompletedTask
            : throw RefusalCatalogue.QuotaExceeded.AsRefusal().ToException();
    }

    public void Dispose() => _buckets.Dispose();
}
