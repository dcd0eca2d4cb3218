using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>
/// One step of a settlement: which rule put how much into which field. For every field but the totals, the entries of
/// the field sum to its amount.
/// </summary>
/// <param name="Rule">The rule in the pack: <c>catalogue/&lt;code&gt;</c>, <c>310/outpatient/bands[0]</c>.</param>
/// <param name="Field">The field it went into.</param>
/// <param name="Amount">How much.</param>
/// <param name="Line">The fee line's id; null where the whole bill is concerned.</param>
/// <param name="Reason">Why so much.</param>
public sealed record TraceEntry(string Rule, SettlementField Field, Money Amount, string? Line, TraceReason Reason)
{
    /// <summary>The step in words and numbers; put together when asked for.</summary>
    public BilingualText Words => TraceWords.Of(Reason, Amount);

    internal TraceEntry Reversed() => this with { Amount = -Amount, Reason = new TraceReason.Reversal(Reason, Amount) };
}

/// <summary>Why a rule took so much. Closed.</summary>
public abstract record TraceReason
{
    private TraceReason() { }

    /// <summary>Class C: nobody but the person pays.</summary>
    public sealed record ClassC : TraceReason;

    /// <summary>The price is above its ceiling.</summary>
    public sealed record Ceiling(UnitPrice Price, UnitPrice Limit, Quantity Quantity) : TraceReason;

    /// <summary>The share of class B the person bears first.</summary>
    public sealed record FirstPayShare(Ratio Share, Money Of) : TraceReason;

    /// <summary>What is left of a line.</summary>
    public sealed record Scope(Money Of) : TraceReason;

    /// <summary>The deductible.</summary>
    /// <param name="Standard">The standard for this person and level.</param>
    /// <param name="Before">What was borne of it before.</param>
    /// <param name="PerStay">Anew for each stay.</param>
    public sealed record DeductibleOf(Money Standard, Money Before, bool PerStay) : TraceReason;

    /// <summary>A share of a slice of the scope.</summary>
    /// <param name="Name">The benefit or layer.</param>
    /// <param name="Slice">The slice.</param>
    /// <param name="Share">The share.</param>
    /// <param name="Over">Where the band begins.</param>
    /// <param name="CapLeft">What was left of the cap, where it cut the payment; else null.</param>
    public sealed record BandShare(BilingualText Name, Money Slice, Ratio Share, Money Over, Money? CapLeft)
        : TraceReason;

    /// <summary>From the person's own account.</summary>
    public sealed record OwnAccount(Money Balance) : TraceReason;

    /// <summary>From relatives' accounts.</summary>
    public sealed record RelativesAccounts(Money Balance) : TraceReason;

    /// <summary>What is left to pay.</summary>
    public sealed record Rest(Money Of) : TraceReason;

    /// <summary>The undoing of an earlier step.</summary>
    public sealed record Reversal(TraceReason Of, Money Amount) : TraceReason;
}

/// <summary>The steps in words.</summary>
internal static class TraceWords
{
    public static BilingualText Of(TraceReason reason, Money amount) => reason switch
    {
        TraceReason.ClassC => new(
            $"丙类或目录外，全额自费 {amount}", $"Class C, wholly self-funded: {amount}"),
        TraceReason.Ceiling c => new(
            $"单价 {c.Price} 超过限价 {c.Limit}，数量 {c.Quantity}，超限自付 {amount}",
            $"Unit price {c.Price} is above the ceiling {c.Limit}; for {c.Quantity} that is {amount}"),
        TraceReason.FirstPayShare f => new(
            $"先行自付 {f.Of} × {f.Share} = {amount}", $"First-pay share: {f.Of} × {f.Share} = {amount}"),
        TraceReason.Scope s => new(
            $"{s.Of} 中符合政策范围 {amount}", $"Of {s.Of}, {amount} is within the policy scope"),
        TraceReason.DeductibleOf { PerStay: true } d => new(
            $"本次住院起付标准 {d.Standard}，本次计入 {amount}",
            $"Deductible of this stay {d.Standard}: {amount} falls under it"),
        TraceReason.DeductibleOf d => new(
            $"年度起付标准 {d.Standard}，此前已付 {d.Before}，本次计入 {amount}",
            $"Yearly deductible {d.Standard}, {d.Before} borne before: {amount} falls under it"),
        TraceReason.BandShare b => new(
            $"{b.Name.Zh}：年度累计 {b.Over} 以上部分 {b.Slice} × {b.Share}{CutZh(b)} = {amount}",
            $"{b.Name.En}: {b.Slice} beyond {b.Over} of the year × {b.Share}{CutEn(b)} = {amount}"),
        TraceReason.OwnAccount a => new(
            $"个人账户支付 {amount}（余额 {a.Balance}）", $"Personal account pays {amount} of its balance {a.Balance}"),
        TraceReason.RelativesAccounts a => new(
            $"家庭共济账户支付 {amount}（可用 {a.Balance}）",
            $"Relatives' accounts pay {amount} of the {a.Balance} they lend"),
        TraceReason.Rest r => new(
            $"个人负担 {r.Of}，其中现金 {amount}", $"Of {r.Of} borne by the person, {amount} is left to pay"),
        TraceReason.Reversal r => Reversed(Of(r.Of, r.Amount)),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason of a trace."),
    };

    private static string CutZh(TraceReason.BandShare band) =>
        band.CapLeft is { } left ? $"，以年度限额余额 {left} 为限" : "";

    private static string CutEn(TraceReason.BandShare band) =>
        band.CapLeft is { } left ? $", cut to the {left} left of the yearly cap" : "";

    private static BilingualText Reversed(BilingualText words) => new($"冲销：{words.Zh}", $"Reversal of: {words.En}");
}
