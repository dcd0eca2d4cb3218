using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>The split of one fee line. Every line rounds for itself; totals are sums of rounded lines.</summary>
internal static class LineSplit
{
    public static LineResult Of(FeeLine line, CatalogueItem item, SettlementSheet sheet)
    {
        var rule = $"catalogue/{item.Code}";
        if (item.Class == CatalogueClass.C)
        {
            sheet.Note(rule, SettlementField.OutsideCatalogue, line.Amount, new TraceReason.ClassC(), line.Id);
            return new LineResult(line, item, line.Amount, line.Amount, Money.Zero, Money.Zero, Money.Zero);
        }

        var above = item.Ceiling is { } ceiling ? line.Quantity.At(line.Price.Above(ceiling)) : Money.Zero;
        var payable = line.Amount - above;
        var firstPay = payable.Times(item.FirstPay);
        var scope = payable - firstPay;

        if (item.Ceiling is { } limit)
            sheet.Note(
                rule, SettlementField.AboveCeiling, above, new TraceReason.Ceiling(line.Price, limit, line.Quantity),
                line.Id);
        sheet.Note(
            rule, SettlementField.FirstPay, firstPay, new TraceReason.FirstPayShare(item.FirstPay, payable), line.Id);
        sheet.Note(rule, SettlementField.WithinScope, scope, new TraceReason.Scope(line.Amount), line.Id);
        return new LineResult(line, item, line.Amount, Money.Zero, above, firstPay, scope);
    }
}
