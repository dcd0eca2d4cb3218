using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>The level of an institution.</summary>
public enum InstitutionLevel
{
    /// <summary>Level 1.</summary>
    One = 1,

    /// <summary>Level 2.</summary>
    Two = 2,

    /// <summary>Level 3.</summary>
    Three = 3,

    /// <summary>A community health centre, village clinic or other primary-care institution without a level.</summary>
    Community = 4,
}

/// <summary>A visit that is to be settled.</summary>
/// <param name="MedType">
/// <c>med_type</c>: 11 ordinary outpatient, 12 registration, 13 emergency, 21 inpatient, …
/// </param>
/// <param name="Level">The institution's level.</param>
/// <param name="Insutype"><c>insutype</c>: 310 employee, 390 resident, …</param>
/// <param name="PersonType"><c>psn_type</c>: 1101 employee, 1201 retired, 1501 adult resident, …</param>
/// <param name="Date">The day of settlement, in Beijing.</param>
/// <param name="Lines">The fee lines, 1 to 5,000.</param>
public sealed record Visit(
    string MedType, InstitutionLevel Level, string Insutype, string PersonType, DateOnly Date,
    IReadOnlyList<FeeLine> Lines);

/// <summary>One fee line (infno 2204).</summary>
/// <param name="Id"><c>feedetl_sn</c>: unique in the visit, 1 to 30 characters.</param>
/// <param name="CatalogueCode"><c>med_list_codg</c>.</param>
/// <param name="Quantity"><c>cnt</c>; above zero.</param>
/// <param name="Price"><c>pric</c>, one unit; above zero.</param>
/// <param name="Amount"><c>det_item_fee_sumamt</c>: quantity × price, rounded half up to the fen; above zero.</param>
public sealed record FeeLine(string Id, string CatalogueCode, Quantity Quantity, UnitPrice Price, Money Amount);

/// <summary>
/// What a person consumed in a medical year so far: a sum for each counter the packs name. Kept by the caller, one row
/// per person, medical year and counter; a settlement answers what to add, a reversal takes it away again.
/// </summary>
/// <param name="Counters">Fen, or a number of stays; counters not named are zero.</param>
public sealed record YearToDate(IReadOnlyDictionary<string, long> Counters)
{
    /// <summary>The beginning of a medical year.</summary>
    public static readonly YearToDate Empty = new(new Dictionary<string, long>());

    /// <summary>The value of a counter; zero if it is not named.</summary>
    public long Of(string counter) => Counters.GetValueOrDefault(counter);

    /// <summary>The value of a counter of money.</summary>
    public Money MoneyOf(string counter) => new(Of(counter));

    /// <summary>The sums after a settlement.</summary>
    public YearToDate Plus(IReadOnlyDictionary<string, long> increments) => Changed(increments, 1);

    /// <summary>The sums after a reversal.</summary>
    public YearToDate Minus(IReadOnlyDictionary<string, long> increments) => Changed(increments, -1);

    private YearToDate Changed(IReadOnlyDictionary<string, long> increments, int sign)
    {
        var sums = new Dictionary<string, long>(Counters);
        foreach (var (counter, value) in increments)
            sums[counter] = checked(sums.GetValueOrDefault(counter) + sign * value);
        return new YearToDate(sums);
    }
}
