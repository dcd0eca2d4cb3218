using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>
/// Settles a visit by a policy pack: who pays how much, and by which rule. Pure: the same input gives the same answer,
/// wherever and whenever. Amounts are whole fen; every share is rounded half up where it arises, and never again.
/// </summary>
public static class SettlementEngine
{
    /// <summary>Settles a visit.</summary>
    /// <param name="pack">The rules of the place of insurance, in force on the visit's date.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="yearToDate">What the person consumed in the visit's medical year before.</param>
    /// <param name="accountBalance">The balance of the person's own account.</param>
    /// <param name="accountUsed"><c>acct_used_flag</c>: whether own and relatives' accounts may pay.</param>
    /// <param name="relativesBalance">What relatives lend from their accounts (family mutual aid).</param>
    /// <param name="treatmentPack">
    /// The rules of the place of treatment, whose catalogue then applies (医保发〔2022〕22号); null for the same
    /// place.
    /// </param>
    /// <returns>The settlement, or everything that stands in the way of it.</returns>
    public static SettlementOutcome Settle(
        PolicyPack pack, Visit visit, YearToDate yearToDate, Money accountBalance, bool accountUsed,
        Money relativesBalance = default, PolicyPack? treatmentPack = null)
    {
        var treatment = treatmentPack ?? pack;
        var violations = VisitChecks.Check(pack, treatment, visit, yearToDate, accountBalance, relativesBalance);
        if (violations.Count > 0)
            return new SettlementOutcome.Refused(violations);

        var settled = SettlementCase.Of(pack, visit, yearToDate);
        var sheet = new SettlementSheet();
        var lines = visit.Lines
            .Select(line => LineSplit.Of(line, treatment.Catalogue[line.CatalogueCode], sheet)).ToArray();
        var account = Accounts(settled, accountUsed);
        var accountFirst = account?.BeforeFund.Contains(visit.MedType) == true ? accountBalance : Money.Zero;

        var amounts = Sums(lines);
        amounts = PayFunds(settled, amounts, accountFirst, sheet);
        amounts = PayPerson(account, amounts, accountBalance, relativesBalance, sheet);
        Assert(amounts);
        return new SettlementOutcome.Settled(new SettlementResult(
            pack.Version, treatment.Version, amounts, lines, sheet.Funds, sheet.Trace,
            pack.MedicalYearOf(visit.Date), sheet.Increments, accountBalance - amounts.Account));
    }

    private static AccountRule? Accounts(SettlementCase settled, bool used) =>
        used && settled.Scheme.Account is { } rule && rule.MedTypes.Contains(settled.Visit.MedType) ? rule : null;

    private static SettlementAmounts Sums(IReadOnlyList<LineResult> lines) => new()
    {
        TotalFee = Money.Sum(lines.Select(static line => line.Amount)),
        OutsideCatalogue = Money.Sum(lines.Select(static line => line.OutsideCatalogue)),
        AboveCeiling = Money.Sum(lines.Select(static line => line.AboveCeiling)),
        FirstPay = Money.Sum(lines.Select(static line => line.FirstPay)),
        WithinScope = Money.Sum(lines.Select(static line => line.WithinScope)),
    };

    private static SettlementAmounts PayFunds(
        SettlementCase settled, SettlementAmounts amounts, Money accountFirst, SettlementSheet sheet)
    {
        var pooled = FundShares.Pooled(settled, amounts.WithinScope, accountFirst, sheet);
        var paid = new Dictionary<SettlementField, Money> { [SettlementField.PooledFund] = pooled.Paid };
        var total = pooled.Paid;
        var aboveCap = pooled.AboveCap;
        foreach (var layer in settled.Scheme.Layers)
        {
            var left = amounts.WithinScope - total;
            var amount = layer.Base == LayerBase.AboveCap ? Money.Min(aboveCap, left) : left;
            var pays = FundShares.Layered(settled, layer, amount, sheet);
            // A second layer above the cap looks at what the first one left of it.
            if (layer.Base == LayerBase.AboveCap)
                aboveCap -= pays;
            paid[layer.Field] = paid.GetValueOrDefault(layer.Field) + pays;
            total += pays;
        }
        return amounts with
        {
            Deductible = pooled.Deductible,
            PooledFund = pooled.Paid,
            CivilServantSubsidy = paid.GetValueOrDefault(SettlementField.CivilServantSubsidy),
            EnterpriseSupplement = paid.GetValueOrDefault(SettlementField.EnterpriseSupplement),
            SeriousIllness = paid.GetValueOrDefault(SettlementField.SeriousIllness),
            LargeAmount = paid.GetValueOrDefault(SettlementField.LargeAmount),
            MedicalAssistance = paid.GetValueOrDefault(SettlementField.MedicalAssistance),
            OtherFunds = paid.GetValueOrDefault(SettlementField.OtherFunds),
            FundTotal = total,
        };
    }

    private static SettlementAmounts PayPerson(
        AccountRule? rule, SettlementAmounts amounts, Money own, Money relatives, SettlementSheet sheet)
    {
        var person = amounts.TotalFee - amounts.FundTotal;
        var allowed = rule is null ? Money.Zero
            : rule.PaysWholeBurden ? person
            : amounts.WithinScope - amounts.FundTotal;
        var fromOwn = Money.Min(own, allowed);
        var fromRelatives = Money.Min(relatives, allowed - fromOwn);
        var cash = person - fromOwn - fromRelatives;

        sheet.Note("account/own", SettlementField.Account, fromOwn, new TraceReason.OwnAccount(own));
        sheet.Note(
            "account/relatives", SettlementField.RelativesAccount, fromRelatives,
            new TraceReason.RelativesAccounts(relatives));
        sheet.Note("cash", SettlementField.Cash, cash, new TraceReason.Rest(person));
        if (rule is not null && fromOwn.IsPositive)
            sheet.Funds.Add(new FundDetail(
                rule.PayType, new BilingualText("个人账户", "Personal account"), allowed, null, fromOwn));
        return amounts with
        {
            PersonTotal = person,
            Account = fromOwn,
            RelativesAccount = fromRelatives,
            Cash = cash,
        };
    }

    private static void Assert(SettlementAmounts amounts)
    {
        if (SettlementIdentities.Check(amounts) is [var violation, ..])
            throw new InvalidOperationException(
                $"A settlement broke an identity, a fault of the engine: {violation.Identity}. {violation.Words}");
    }
}
