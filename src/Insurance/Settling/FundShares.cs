using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>What the pooled fund leaves behind.</summary>
/// <param name="Deductible">Borne under the deductible.</param>
/// <param name="Paid">Paid by the fund.</param>
/// <param name="AboveCap">Scope the fund would have shared but for its cap.</param>
internal readonly record struct PooledShare(Money Deductible, Money Paid, Money AboveCap);

/// <summary>What the funds pay: the pooled fund, then the layers on top of it.</summary>
internal static class FundShares
{
    /// <summary>The pooled fund's part of the scope.</summary>
    /// <param name="settled">The case.</param>
    /// <param name="scope">The scope of this bill.</param>
    /// <param name="accountFirst">What the account can take before the fund; zero where the fund comes first.</param>
    /// <param name="sheet">Takes the steps.</param>
    public static PooledShare Pooled(SettlementCase settled, Money scope, Money accountFirst, SettlementSheet sheet)
    {
        var benefit = settled.Benefit;
        var rule = $"{settled.Scheme.Insutype}/{benefit.Id}";
        var deductible = Deducted(settled, scope, $"{rule}/deductible", sheet);
        var before = settled.YearToDate.MoneyOf(benefit.ScopeCounter);
        // The deductible and what the account took lie below what is shared, and move it up the bands.
        var unshared = Money.Max(deductible, Money.Min(accountFirst, scope));
        var shared = new Span(before + unshared, before + scope);
        var walk = Walk(
            settled, benefit.Bands, benefit.Cap, shared, rule, benefit.Name, SettlementField.PooledFund, sheet);
        sheet.Count(benefit.ScopeCounter, scope.Fen);
        sheet.Funds.Add(new FundDetail(
            settled.Scheme.FundPayType, settled.Scheme.Name, scope, walk.CapLeft, walk.Paid));
        return new PooledShare(deductible, walk.Paid, walk.AboveCap);
    }

    /// <summary>What a layer pays of what is left.</summary>
    /// <param name="settled">The case.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="amount">Its base on this bill.</param>
    /// <param name="sheet">Takes the steps.</param>
    public static Money Layered(SettlementCase settled, Layer layer, Money amount, SettlementSheet sheet)
    {
        var covered = layer.Groups.Contains(settled.Group) &&
            layer.MedTypes?.Contains(settled.Visit.MedType) != false;
        if (amount == Money.Zero || !covered)
            return Money.Zero;
        var before = settled.YearToDate.MoneyOf(layer.Counter);
        var walk = Walk(
            settled, layer.Bands, layer.Cap, new Span(before, before + amount),
            $"{settled.Scheme.Insutype}/{layer.Id}", layer.Name, layer.Field, sheet);
        sheet.Count(layer.Counter, amount.Fen);
        if (walk.Paid.IsPositive)
            sheet.Funds.Add(new FundDetail(layer.PayType, layer.Name, amount, walk.CapLeft, walk.Paid));
        return walk.Paid;
    }

    private readonly record struct Span(Money From, Money To);

    private readonly record struct Walked(Money Paid, Money AboveCap, Money? CapLeft);

    private static Money Deducted(SettlementCase settled, Money scope, string rule, SettlementSheet sheet)
    {
        var deductible = settled.Benefit.Deductible;
        var standard = deductible.Amounts[settled.Group, settled.Visit.Level];
        var before = settled.YearToDate.Of(deductible.Counter);
        if (deductible.PerStay && before > 0)
            standard = standard.Times(deductible.LaterStays);
        var borne = deductible.PerStay ? Money.Zero : new Money(before);
        var taken = Money.Min(Money.Max(standard - borne, Money.Zero), scope);
        sheet.Note(
            rule, SettlementField.Deductible, taken,
            new TraceReason.DeductibleOf(standard, borne, deductible.PerStay));
        sheet.Count(deductible.Counter, deductible.PerStay ? 1 : taken.Fen);
        return taken;
    }

    private static Walked Walk(
        SettlementCase settled, IReadOnlyList<Band> bands, Cap? cap, Span span, string rule, BilingualText name,
        SettlementField field, SettlementSheet sheet)
    {
        var level = settled.Visit.Level;
        var capLeft = cap is null
            ? (Money?)null
            : Money.Max(cap.Amounts[settled.Group, level] - settled.YearToDate.MoneyOf(cap.Counter), Money.Zero);
        var paid = Money.Zero;
        var aboveCap = Money.Zero;
        for (var index = 0; index < bands.Count; index++)
        {
            var from = Money.Max(span.From, bands[index].Over);
            var to = index + 1 < bands.Count ? Money.Min(span.To, bands[index + 1].Over) : span.To;
            if (to <= from)
                continue;
            var slice = to - from;
            var ratio = bands[index].Ratios[settled.Group, level];
            var share = slice.Times(ratio);
            var cut = share > capLeft;
            var pays = cut ? capLeft!.Value : share;
            sheet.Note(
                $"{rule}/bands[{index}]", field, pays,
                new TraceReason.BandShare(name, slice, ratio, bands[index].Over, cut ? capLeft : null));
            if (cut)
                aboveCap += slice - Covered(pays, ratio, slice);
            paid += pays;
            capLeft -= pays;
        }
        if (cap is not null)
            sheet.Count(cap.Counter, paid.Fen);
        return new Walked(paid, aboveCap, capLeft);
    }

    /// <summary>How much of a slice a cut payment covers: what that payment is the share of, to the fen.</summary>
    private static Money Covered(Money paid, Ratio ratio, Money slice)
    {
        var covered = FixedPoint.DivideHalfUp((Int128)paid.Fen * Ratio.One.TenThousandths, ratio.TenThousandths);
        return covered < slice.Fen ? new Money((long)covered) : slice;
    }
}
