namespace Ecert.Sandbox.Faults;

/// <summary>The ordered faults, first come first struck. Safe to share between threads.</summary>
internal sealed class FaultList
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];

    /// <summary>Adds a fault at the end.</summary>
    public void Add(Fault fault)
    {
        lock (_lock)
            _faults.Add(fault);
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        lock (_lock)
            _faults.Clear();
    }

    /// <summary>What is still to strike, in order.</summary>
    public IReadOnlyList<Fault> Pending()
    {
        lock (_lock)
            return [.. _faults];
    }

    /// <summary>The first fault that fits a request, used up by one; null when none does.</summary>
    /// <param name="counterpart">The first path segment.</param>
    /// <param name="text">Path, query and body, percent-decoded.</param>
    public Fault? StrikeRequest(string counterpart, string text) => Strike(counterpart, text, ofCallbacks: false);

    /// <summary>The first fault that fits a callback, used up by one; null when none does.</summary>
    /// <param name="counterpart">The first path segment of the counterpart that calls.</param>
    /// <param name="about">The number of the order or refund.</param>
    public Fault? StrikeCallback(string counterpart, string about) => Strike(counterpart, about, ofCallbacks: true);

    private Fault? Strike(string counterpart, string text, bool ofCallbacks)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(fault => fault.IsOfCallbacks == ofCallbacks
                && fault.Counterpart == counterpart && text.Contains(fault.Contains, StringComparison.Ordinal));
            if (index < 0)
                return null;
            var struck = _faults[index];
            if (struck.Times > 1)
                _faults[index] = struck with { Times = struck.Times - 1 };
            else
                _faults.RemoveAt(index);
            return struck;
        }
    }
}
