using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Insurance;

/// <summary>
/// Everything that differs between places and dates, as data: read from
/// <c>provinces/&lt;code&gt;/policy-&lt;from&gt;.json</c>.
/// </summary>
/// <param name="Id">The pack's name, such as <c>310000-2024</c>.</param>
/// <param name="Version">
/// What a settlement pins: the id, <c>@</c>, and the first 12 hex digits of SHA-256 over the file's bytes.
/// </param>
/// <param name="Division">The place the rules belong to.</param>
/// <param name="Name">What people call it.</param>
/// <param name="ValidFrom">The first day it holds.</param>
/// <param name="ValidUntil">The last day it holds; null while open.</param>
/// <param name="MedicalYearStart">The day the medical year begins, in a leap year's calendar.</param>
/// <param name="IsIllustrative">True where figures are not all from a published source.</param>
/// <param name="Source">Where the figures are from, in words.</param>
/// <param name="Catalogue">The items that can be billed, by national code.</param>
/// <param name="Schemes">The schemes, by <c>insutype</c>.</param>
public sealed record PolicyPack(
    string Id, string Version, DivisionCode Division, BilingualText Name, DateOnly ValidFrom, DateOnly? ValidUntil,
    DateOnly MedicalYearStart, bool IsIllustrative, string Source,
    IReadOnlyDictionary<string, CatalogueItem> Catalogue, IReadOnlyDictionary<string, Scheme> Schemes)
{
    /// <summary>Whether the pack holds on that day.</summary>
    public bool IsValidOn(DateOnly day) => day >= ValidFrom && (ValidUntil is null || day <= ValidUntil);

    /// <summary>The first day of the medical year a day lies in: what year-to-date sums are kept under.</summary>
    public DateOnly MedicalYearOf(DateOnly day)
    {
        var start = StartIn(day.Year);
        return day >= start ? start : StartIn(day.Year - 1);
    }

    private DateOnly StartIn(int year) => new(
        year, MedicalYearStart.Month,
        Math.Min(MedicalYearStart.Day, DateTime.DaysInMonth(year, MedicalYearStart.Month)));
}

/// <summary>A name or sentence in both languages.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record BilingualText(string Zh, string En);

/// <summary>The class of a catalogue item (<c>chrgitm_lv</c>).</summary>
public enum CatalogueClass
{
    /// <summary>甲 (01): payable whole.</summary>
    A = 1,

    /// <summary>乙 (02): payable after the first-pay share.</summary>
    B = 2,

    /// <summary>丙 (03): not payable.</summary>
    C = 3,
}

/// <summary>An item that can be billed.</summary>
/// <param name="Code">The national code (<c>med_list_codg</c>).</param>
/// <param name="Name">Its name.</param>
/// <param name="Class">A, B or C.</param>
/// <param name="FirstPay">The share the person bears first (<c>selfpay_prop</c>); zero for A, the whole for C.</param>
/// <param name="Ceiling">The highest payable price of one unit (<c>pric_uplmt_amt</c>); null for none.</param>
/// <param name="ListType">
/// 101 western, 102 Chinese patent, 103 herbal, 201 service, 301 consumable (<c>list_type</c>).
/// </param>
public sealed record CatalogueItem(
    string Code, string Name, CatalogueClass Class, Ratio FirstPay, UnitPrice? Ceiling, string ListType);

/// <summary>One scheme of insurance in one place.</summary>
/// <param name="Insutype">310 employee, 390 resident, …</param>
/// <param name="Name">Its name.</param>
/// <param name="FundPayType">The pooled fund's <c>fund_pay_type</c>, such as 310100.</param>
/// <param name="PersonGroups">The group of each person type (<c>psn_type</c>) the scheme covers.</param>
/// <param name="Account">How the personal account pays; null where there is none.</param>
/// <param name="Benefits">What the pooled fund pays, one benefit for each kind of visit (<c>med_type</c>).</param>
/// <param name="Layers">What pays on top, in this order.</param>
public sealed record Scheme(
    string Insutype, BilingualText Name, string FundPayType, IReadOnlyDictionary<string, string> PersonGroups,
    AccountRule? Account, IReadOnlyDictionary<string, Benefit> Benefits, IReadOnlyList<Layer> Layers);

/// <summary>How the personal account pays.</summary>
/// <param name="PayType">Its <c>fund_pay_type</c>, such as 310200.</param>
/// <param name="MedTypes">The kinds of visit it pays for.</param>
/// <param name="PaysWholeBurden">
/// True: anything the person bears. False: only what lies within the policy scope.
/// </param>
/// <param name="BeforeFund">
/// The kinds of visit where scope beyond the deductible is taken from the account while it lasts, and only the rest is
/// shared by the fund.
/// </param>
public sealed record AccountRule(
    string PayType, IReadOnlySet<string> MedTypes, bool PaysWholeBurden, IReadOnlySet<string> BeforeFund);

/// <summary>What the pooled fund pays for some kinds of visit.</summary>
/// <param name="Id">Its name in the pack.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Deductible">What the person bears first.</param>
/// <param name="ScopeCounter">The year-to-date sum of scope amounts that bands go by.</param>
/// <param name="Bands">Ascending; the first begins at zero.</param>
/// <param name="Cap">The most the fund pays in a medical year; null for no cap.</param>
public sealed record Benefit(
    string Id, BilingualText Name, Deductible Deductible, string ScopeCounter, IReadOnlyList<Band> Bands, Cap? Cap);

/// <summary>What the person bears before the fund pays.</summary>
/// <param name="PerStay">True: anew for each stay; false: once in a medical year.</param>
/// <param name="Counter">
/// The year-to-date sum of what was borne, in fen; for a deductible per stay, the number of stays.
/// </param>
/// <param name="LaterStays">The share of the standard from the second stay of the medical year on.</param>
/// <param name="Amounts">The standard, by group and level.</param>
public sealed record Deductible(bool PerStay, string Counter, Ratio LaterStays, ByGroupAndLevel<Money> Amounts);

/// <summary>A share that is paid beyond an amount, up to the next band.</summary>
/// <param name="Over">Where it begins, of the year-to-date amount.</param>
/// <param name="Ratios">The share, by group and level.</param>
public sealed record Band(Money Over, ByGroupAndLevel<Ratio> Ratios);

/// <summary>The most that is paid in a medical year.</summary>
/// <param name="Counter">
/// The year-to-date sum of what was paid; benefits that name the same counter share the cap.
/// </param>
/// <param name="Amounts">The cap, by group and level.</param>
public sealed record Cap(string Counter, ByGroupAndLevel<Money> Amounts);

/// <summary>What a layer on top of the pooled fund looks at.</summary>
public enum LayerBase
{
    /// <summary>Scope the pooled fund would have shared but for its cap.</summary>
    AboveCap = 1,

    /// <summary>Scope that nobody has paid for yet: deductible, own shares, and what lies above the cap.</summary>
    Burden = 2,
}

/// <summary>A layer on top of the pooled fund: large-amount, serious-illness, civil-servant, assistance.</summary>
/// <param name="Id">Its name in the pack.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Field">The field of the settlement it pays into; one of the funds.</param>
/// <param name="PayType">Its <c>fund_pay_type</c>.</param>
/// <param name="Base">What it looks at.</param>
/// <param name="Groups">The person groups it covers.</param>
/// <param name="MedTypes">The kinds of visit it covers; null for all.</param>
/// <param name="Counter">The year-to-date sum of its base that its bands go by.</param>
/// <param name="Bands">Ascending; nothing is paid below the first.</param>
/// <param name="Cap">The most it pays in a medical year; null for no cap.</param>
public sealed record Layer(
    string Id, BilingualText Name, SettlementField Field, string PayType, LayerBase Base, IReadOnlySet<string> Groups,
    IReadOnlySet<string>? MedTypes, string Counter, IReadOnlyList<Band> Bands, Cap? Cap);

/// <summary>A figure for every person group and institution level of a scheme.</summary>
/// <typeparam name="T">An amount or a share.</typeparam>
/// <param name="values">A value for every pair.</param>
public sealed class ByGroupAndLevel<T>(IReadOnlyDictionary<(string Group, InstitutionLevel Level), T> values)
{
    /// <summary>The figure for a group at a level.</summary>
    public T this[string group, InstitutionLevel level] => values[(group, level)];

    /// <summary>Every figure.</summary>
    public IEnumerable<T> All => values.Values;
}
