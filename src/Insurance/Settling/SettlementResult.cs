using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>What became of a visit to settle. Closed.</summary>
public abstract record SettlementOutcome
{
    private SettlementOutcome() { }

    /// <summary>It was settled.</summary>
    public sealed record Settled(SettlementResult Result) : SettlementOutcome;

    /// <summary>It cannot be settled as it is.</summary>
    /// <param name="Violations">Everything that stands in the way, in order of the visit's fields.</param>
    public sealed record Refused(IReadOnlyList<SettlementViolation> Violations) : SettlementOutcome;
}

/// <summary>A settled visit.</summary>
/// <param name="RuleVersion">The version of the pack whose benefits were applied.</param>
/// <param name="CatalogueVersion">The version of the place of treatment's pack, whose catalogue was applied.</param>
/// <param name="Amounts">The national field set.</param>
/// <param name="Lines">One result for each fee line, in order.</param>
/// <param name="Funds">What each fund paid (<c>setldetail</c>), the personal account included.</param>
/// <param name="Trace">Which rule took each fen.</param>
/// <param name="MedicalYear">The first day of the medical year the increments belong to.</param>
/// <param name="Increments">What to add to the person's <see cref="YearToDate"/>.</param>
/// <param name="AccountBalanceAfter"><c>balc</c>: the own account's balance after paying.</param>
public sealed record SettlementResult(
    string RuleVersion, string CatalogueVersion, SettlementAmounts Amounts, IReadOnlyList<LineResult> Lines,
    IReadOnlyList<FundDetail> Funds, IReadOnlyList<TraceEntry> Trace, DateOnly MedicalYear,
    IReadOnlyDictionary<string, long> Increments, Money AccountBalanceAfter)
{
    /// <summary>The reversal (infno 2208): every amount and increment negated, the account refilled.</summary>
    public SettlementResult Reversed() => this with
    {
        Amounts = Amounts.Negated(),
        Lines = [.. Lines.Select(static line => line.Negated())],
        Funds = [.. Funds.Select(static fund => fund with
        {
            Scope = -fund.Scope, Amount = -fund.Amount, LimitLeft = null,
        })],
        Trace = [.. Trace.Select(static entry => entry.Reversed())],
        Increments = Increments.ToDictionary(static one => one.Key, static one => -one.Value),
        AccountBalanceAfter = AccountBalanceAfter + Amounts.Account,
    };
}

/// <summary>How one fee line was split (the answer fields of infno 2204).</summary>
/// <param name="Line">The line: <c>feedetl_sn</c>, <c>cnt</c>, <c>pric</c>, <c>det_item_fee_sumamt</c>.</param>
/// <param name="Item">The item: <c>chrgitm_lv</c>, <c>pric_uplmt_amt</c>, <c>selfpay_prop</c>, <c>list_type</c></param>
/// <param name="Amount"><c>det_item_fee_sumamt</c></param>
/// <param name="OutsideCatalogue"><c>fulamt_ownpay_amt</c></param>
/// <param name="AboveCeiling"><c>overlmt_amt</c></param>
/// <param name="FirstPay"><c>preselfpay_amt</c></param>
/// <param name="WithinScope"><c>inscp_scp_amt</c></param>
public sealed record LineResult(
    FeeLine Line, CatalogueItem Item, Money Amount, Money OutsideCatalogue, Money AboveCeiling, Money FirstPay,
    Money WithinScope)
{
    internal LineResult Negated() => this with
    {
        Amount = -Amount,
        OutsideCatalogue = -OutsideCatalogue,
        AboveCeiling = -AboveCeiling,
        FirstPay = -FirstPay,
        WithinScope = -WithinScope,
    };
}

/// <summary>What one fund paid (<c>setldetail</c>).</summary>
/// <param name="PayType"><c>fund_pay_type</c></param>
/// <param name="Name"><c>fund_pay_type_name</c></param>
/// <param name="Scope"><c>inscp_scp_amt</c>: what the fund looked at.</param>
/// <param name="LimitLeft"><c>crt_payb_lmt_amt</c>: what is left of the fund's yearly cap; null for none.</param>
/// <param name="Amount"><c>fund_payamt</c></param>
public sealed record FundDetail(string PayType, BilingualText Name, Money Scope, Money? LimitLeft, Money Amount);
