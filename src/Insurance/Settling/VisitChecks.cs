using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>Why a visit cannot be settled.</summary>
public enum ViolationReason
{
    /// <summary>The pack does not hold on the visit's date.</summary>
    PackNotValidOnDate = 1,

    /// <summary>The pack has no such scheme.</summary>
    SchemeNotCovered = 2,

    /// <summary>The scheme does not cover the person type.</summary>
    PersonTypeNotCovered = 3,

    /// <summary>The scheme has no benefit for the kind of visit.</summary>
    MedTypeNotCovered = 4,

    /// <summary>The institution level is not one of those listed.</summary>
    LevelUnknown = 5,

    /// <summary>There is no line, or there are more than 5,000.</summary>
    LineCountInvalid = 6,

    /// <summary>The line's id is empty or longer than 30.</summary>
    LineIdInvalid = 7,

    /// <summary>Another line has the same id.</summary>
    LineIdRepeated = 8,

    /// <summary>The catalogue has no such code.</summary>
    CatalogueCodeUnknown = 9,

    /// <summary>The quantity is not above zero.</summary>
    QuantityNotPositive = 10,

    /// <summary>The price is not above zero.</summary>
    PriceNotPositive = 11,

    /// <summary>The amount is not above zero, or above ten billion yuan.</summary>
    AmountInvalid = 12,

    /// <summary>Quantity × price, rounded half up to the fen, is not the amount.</summary>
    AmountDoesNotAgree = 13,

    /// <summary>A balance or a year-to-date sum is negative, or beyond anything a person can have.</summary>
    SumInvalid = 14,
}

/// <summary>One thing that stands in the way of a settlement.</summary>
/// <param name="Reason">What it is.</param>
/// <param name="Field">Where: <c>lines[2].amount</c>.</param>
/// <param name="Words">In one sentence.</param>
public sealed record SettlementViolation(ViolationReason Reason, string Field, string Words);

/// <summary>Everything that can be wrong with a visit, all of it at once.</summary>
internal static class VisitChecks
{
    private const int LinesMax = 5000;
    private const int LineIdMaxLength = 30;
    private static readonly Money AmountMax = new(10_000_000_000_00);

    public static List<SettlementViolation> Check(
        PolicyPack pack, PolicyPack treatmentPack, Visit visit, YearToDate yearToDate, Money ownBalance,
        Money relativesBalance)
    {
        var found = new List<SettlementViolation>();
        CheckPerson(found, pack, visit);
        if (!pack.IsValidOn(visit.Date) || !treatmentPack.IsValidOn(visit.Date))
            found.Add(new(
                ViolationReason.PackNotValidOnDate, "date", $"No rules in force on {visit.Date:yyyy-MM-dd}."));
        if (!Enum.IsDefined(visit.Level))
            found.Add(new(ViolationReason.LevelUnknown, "level", $"There is no level {(int)visit.Level}."));
        if (visit.Lines.Count is 0 or > LinesMax)
            found.Add(new(ViolationReason.LineCountInvalid, "lines", $"1 to {LinesMax}, not {visit.Lines.Count}."));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < Math.Min(visit.Lines.Count, LinesMax); index++)
            CheckLine(found, visit.Lines[index], index, ids, treatmentPack);
        CheckSum(found, "accountBalance", ownBalance.Fen);
        CheckSum(found, "relativesBalance", relativesBalance.Fen);
        foreach (var (counter, value) in yearToDate.Counters)
            CheckSum(found, $"yearToDate.{counter}", value);
        return found;
    }

    private static void CheckSum(List<SettlementViolation> found, string field, long value)
    {
        if (value < 0 || value > AmountMax.Fen * LinesMax)
            found.Add(new(ViolationReason.SumInvalid, field, $"It is {value}."));
    }

    private static void CheckPerson(List<SettlementViolation> found, PolicyPack pack, Visit visit)
    {
        if (!pack.Schemes.TryGetValue(visit.Insutype, out var scheme))
        {
            found.Add(new(
                ViolationReason.SchemeNotCovered, "insutype", $"{pack.Id} has no scheme {visit.Insutype}."));
            return;
        }
        if (!scheme.PersonGroups.ContainsKey(visit.PersonType))
            found.Add(new(
                ViolationReason.PersonTypeNotCovered, "personType",
                $"Scheme {scheme.Insutype} of {pack.Id} does not cover person type {visit.PersonType}."));
        if (!scheme.Benefits.ContainsKey(visit.MedType))
            found.Add(new(
                ViolationReason.MedTypeNotCovered, "medType",
                $"Scheme {scheme.Insutype} of {pack.Id} has no benefit for visits of type {visit.MedType}."));
    }

    private static void CheckLine(
        List<SettlementViolation> found, FeeLine line, int index, HashSet<string> ids, PolicyPack pack)
    {
        if (line.Id.Length is 0 or > LineIdMaxLength)
            Add(ViolationReason.LineIdInvalid, "id", $"1 to {LineIdMaxLength} characters.");
        else if (!ids.Add(line.Id))
            Add(ViolationReason.LineIdRepeated, "id", $"Another line has the id {line.Id}.");
        if (!pack.Catalogue.ContainsKey(line.CatalogueCode))
            Add(ViolationReason.CatalogueCodeUnknown, "catalogueCode", $"{pack.Id} has no item {line.CatalogueCode}.");
        if (line.Quantity.TenThousandths <= 0)
            Add(ViolationReason.QuantityNotPositive, "quantity", "It must be above zero.");
        if (line.Price.Millionths <= 0)
            Add(ViolationReason.PriceNotPositive, "price", "It must be above zero.");
        if (!line.Amount.IsPositive || line.Amount > AmountMax)
            Add(ViolationReason.AmountInvalid, "amount", $"It must be above zero and at most {AmountMax}.");
        else if (line.Quantity.FenAt(line.Price) is var fen && fen != line.Amount.Fen)
            Add(
                ViolationReason.AmountDoesNotAgree, "amount",
                $"{line.Quantity} × {line.Price} is {fen} fen, not {line.Amount.Fen} fen.");

        void Add(ViolationReason reason, string field, string words) =>
            found.Add(new SettlementViolation(reason, $"lines[{index}].{field}", words));
    }
}
