using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary>The withholding agreements users signed, under one lock.</summary>
internal sealed class AgreementBooks(TimeProvider clock, RandomSource random)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Agreement> _agreements = [];

    /// <summary>A user signs.</summary>
    public Agreement Sign(string appId, string userId, string? externalNumber, string signScene)
    {
        var now = clock.GetUtcNow();
        var agreement = new Agreement(
            now.BeijingDay().Digits() + random.Digits(12), appId, userId, externalNumber, "GENERAL_WITHHOLDING_P",
            signScene, now, null);
        lock (_lock)
            _agreements.Add(agreement.Number, agreement);
        return agreement;
    }

    /// <summary>The first agreement that fits.</summary>
    public Agreement? Find(Func<Agreement, bool> fits)
    {
        lock (_lock)
            return _agreements.Values.LastOrDefault(fits);
    }

    /// <summary>Every agreement.</summary>
    public IReadOnlyList<Agreement> All()
    {
        lock (_lock)
            return [.. _agreements.Values];
    }

    /// <summary>Ends an agreement; false when there is none of that number in force.</summary>
    public bool End(string number)
    {
        lock (_lock)
        {
            if (!_agreements.TryGetValue(number, out var agreement) || agreement.EndedAt is not null)
                return false;
            _agreements[number] = agreement with { EndedAt = clock.GetUtcNow() };
            return true;
        }
    }
}
