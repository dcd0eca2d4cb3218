namespace Ecert.Sandbox.Faults;

/// <summary>How a bill is made to differ from the books, so that a reconciliation has something to find.</summary>
public enum DifferenceKind
{
    /// <summary>A payment and its refunds are left out.</summary>
    Missing = 1,

    /// <summary>A payment that nobody ordered is written in.</summary>
    Extra = 2,

    /// <summary>A payment is written with another amount.</summary>
    Amount = 3,

    /// <summary>A whole refund that never happened is written in.</summary>
    Refunded = 4,
}

/// <summary>One difference to write into the bills of a counterpart.</summary>
/// <param name="Counterpart"><c>wechatpay</c> or <c>alipay</c>.</param>
/// <param name="Kind">What differs.</param>
/// <param name="Number">The merchant's number of the payment.</param>
/// <param name="Fen">The amount, for <c>Extra</c> and <c>Amount</c>.</param>
/// <param name="At">When it was planted: the time of what is written in.</param>
internal sealed record PlantedDifference(
    string Counterpart, DifferenceKind Kind, string Number, long Fen, DateTimeOffset At);

/// <summary>The differences to write, in order. Safe to share between threads.</summary>
internal sealed class PlantedDifferences
{
    private readonly Lock _lock = new();
    private readonly List<PlantedDifference> _differences = [];

    /// <summary>Adds one.</summary>
    public void Add(PlantedDifference difference)
    {
        lock (_lock)
            _differences.Add(difference);
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        lock (_lock)
            _differences.Clear();
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<PlantedDifference> All()
    {
        lock (_lock)
            return [.. _differences];
    }

    /// <summary>What a bill is written from: the books' entries with a counterpart's differences worked in.</summary>
    /// <param name="counterpart">Whose bill.</param>
    /// <param name="entries">The books' entries.</param>
    /// <param name="numberOf">The merchant's number of an entry.</param>
    /// <param name="invent">Makes up an entry nobody ordered.</param>
    /// <param name="change">Rewrites an entry for an <c>Amount</c> or <c>Refunded</c> difference.</param>
    public IEnumerable<T> Apply<T>(
        string counterpart, IEnumerable<T> entries, Func<T, string> numberOf, Func<PlantedDifference, T> invent,
        Func<T, PlantedDifference, T> change)
    {
        foreach (var planted in All().Where(one => one.Counterpart == counterpart))
        {
            entries = planted.Kind switch
            {
                DifferenceKind.Missing => entries.Where(entry => numberOf(entry) != planted.Number),
                DifferenceKind.Extra => entries.Append(invent(planted)),
                _ => entries.Select(entry => numberOf(entry) == planted.Number ? change(entry, planted) : entry),
            };
        }
        return entries;
    }
}
