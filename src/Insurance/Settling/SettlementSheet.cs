using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>What is settled, and by which rules.</summary>
internal sealed record SettlementCase(
    PolicyPack Pack, Scheme Scheme, Benefit Benefit, string Group, Visit Visit, YearToDate YearToDate)
{
    public static SettlementCase Of(PolicyPack pack, Visit visit, YearToDate yearToDate)
    {
        var scheme = pack.Schemes[visit.Insutype];
        return new SettlementCase(
            pack, scheme, scheme.Benefits[visit.MedType], scheme.PersonGroups[visit.PersonType], visit, yearToDate);
    }
}

/// <summary>The paper on which one settlement is worked out: steps, funds, and what to add to the year.</summary>
internal sealed class SettlementSheet
{
    public List<TraceEntry> Trace { get; } = [];

    public List<FundDetail> Funds { get; } = [];

    public Dictionary<string, long> Increments { get; } = [];

    public void Note(string rule, SettlementField field, Money amount, TraceReason reason, string? line = null)
    {
        if (amount != Money.Zero)
            Trace.Add(new TraceEntry(rule, field, amount, line, reason));
    }

    public void Count(string counter, long value)
    {
        if (value != 0)
            Increments[counter] = checked(Increments.GetValueOrDefault(counter) + value);
    }
}
