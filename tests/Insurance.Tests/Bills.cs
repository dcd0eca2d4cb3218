using System.Globalization;
using Ecert.Kernel;

namespace Ecert.Insurance.Tests;

/// <summary>
/// Bills, year-to-date sums and settlements in short texts, so that a case reads like the sheet it was worked on.
/// </summary>
internal static class Bills
{
    public static readonly PolicyPack Hebei = Load("130000");
    public static readonly PolicyPack Shanghai = Load("310000");

    /// <summary>Letters for the catalogue items both pilot packs have.</summary>
    public static readonly IReadOnlyDictionary<string, string> Items = new Dictionary<string, string>
    {
        ["A"] = "XC09AAK021A001010100001",
        ["B"] = "XA01ABD075A002010100483",
        ["Ceftriaxone"] = "XJ01DDT056B002010300007",
        ["C"] = "XV06DXF001B001010100002",
        ["Tcm"] = "ZA04BAS0120010100456",
        ["Stent"] = "C0213010010000100021",
        ["Bed"] = "001109000010000",
        ["Mri"] = "002103000010000",
    };

    /// <summary>A visit: <c>310 1101 11 3</c> is insutype, psn_type, med_type, level (0 for community).</summary>
    public static Visit Visit(string person, string date, params string[] lines)
    {
        var words = person.Split(' ');
        var level = int.Parse(words[3], CultureInfo.InvariantCulture);
        return new Visit(
            words[2], level == 0 ? InstitutionLevel.Community : (InstitutionLevel)level, words[0], words[1],
            DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            [.. lines.Select((line, index) => Line($"L{index + 1}", line))]);
    }

    /// <summary>A line: <c>B 2 x 2.26 = 4.52</c>.</summary>
    public static FeeLine Line(string id, string text)
    {
        var words = text.Split(' ');
        return new FeeLine(
            id, Items.GetValueOrDefault(words[0], words[0]), Quantity.Parse(words[1]), UnitPrice.Parse(words[3]),
            Money.ParseYuan(words[5]));
    }

    /// <summary>Sums: <c>310.outpatient.scope=500.00 310.inpatient.stays=#1</c>; a count after #.</summary>
    public static YearToDate Year(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('='))
        .ToDictionary(
            static pair => pair[0],
            static pair => pair[1][0] == '#'
                ? long.Parse(pair[1][1..], CultureInfo.InvariantCulture)
                : Money.ParseYuan(pair[1]).Fen));

    public static SettlementResult Settle(
        PolicyPack pack, Visit visit, YearToDate year, string balance = "", string relatives = "0",
        PolicyPack? treatment = null)
    {
        var own = balance.Length == 0 ? Money.Zero : Money.ParseYuan(balance);
        var outcome = SettlementEngine.Settle(
            pack, visit, year, own, balance.Length > 0, Money.ParseYuan(relatives), treatment);
        return Assert.IsType<SettlementOutcome.Settled>(outcome).Result;
    }

    /// <summary>Every field that is not zero, in order: <c>medfee_sumamt 4.52, preselfpay_amt 0.23, …</c>.</summary>
    public static string Words(SettlementAmounts amounts) => string.Join(", ", SettlementFields.All
        .Where(field => amounts[field] != Money.Zero)
        .Select(field => $"{field.NationalName()} {amounts[field]}"));

    private static PolicyPack Load(string division) =>
        Assert.IsType<PacksLoading.Loaded>(PolicyPacks.Load(PolicyPacks.BesideTheBinary)).Packs.All
            .Single(pack => pack.Division.Value == division);
}
