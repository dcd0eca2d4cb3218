using Ecert.Kernel;

namespace Ecert.Insurance;

/// <summary>One identity that does not hold.</summary>
/// <param name="Identity">The equation, in national names.</param>
/// <param name="Words">Both sides with their numbers.</param>
public sealed record IdentityViolation(string Identity, string Words);

/// <summary>
/// What holds on every settlement of the national interface, forward or reversed; provinces whose
/// <c>fund_pay_sumamt</c> includes the account are normalised at their adapter before.
/// </summary>
public static class SettlementIdentities
{
    /// <summary>Checks all of them.</summary>
    /// <returns>Every identity that does not hold; empty when all do.</returns>
    public static IReadOnlyList<IdentityViolation> Check(SettlementAmounts amounts)
    {
        var found = new List<IdentityViolation>();
        CheckSum(found, amounts, SettlementField.TotalFee, [
            SettlementField.OutsideCatalogue, SettlementField.AboveCeiling, SettlementField.FirstPay,
            SettlementField.WithinScope]);
        CheckSum(found, amounts, SettlementField.FundTotal, SettlementFields.Funds);
        CheckSum(found, amounts, SettlementField.TotalFee, [
            SettlementField.FundTotal, SettlementField.PersonTotal, SettlementField.HospitalShare]);
        CheckSum(found, amounts, SettlementField.PersonTotal, [
            SettlementField.Account, SettlementField.RelativesAccount, SettlementField.Cash]);
        CheckSigns(found, amounts);
        if (Magnitude(amounts.Deductible) > Magnitude(amounts.WithinScope))
            found.Add(new IdentityViolation(
                "act_pay_dedc <= inscp_scp_amt", $"{amounts.Deductible} is more than {amounts.WithinScope}."));
        return found;
    }

    private static void CheckSum(
        List<IdentityViolation> found, SettlementAmounts amounts, SettlementField whole,
        IReadOnlyList<SettlementField> parts)
    {
        var sum = Money.Sum(parts.Select(part => amounts[part]));
        if (sum == amounts[whole])
            return;
        var equation = string.Join(" + ", parts.Select(static part => part.NationalName()));
        found.Add(new IdentityViolation(
            $"{whole.NationalName()} = {equation}", $"{amounts[whole]} on the left, {sum} on the right."));
    }

    private static void CheckSigns(List<IdentityViolation> found, SettlementAmounts amounts)
    {
        var reversed = amounts.TotalFee.IsNegative;
        foreach (var field in SettlementFields.All)
            if (reversed ? amounts[field].IsPositive : amounts[field].IsNegative)
                found.Add(new IdentityViolation(
                    $"{field.NationalName()} {(reversed ? "<= 0" : ">= 0")}", $"It is {amounts[field]}."));
    }

    private static Money Magnitude(Money amount) => amount.IsNegative ? -amount : amount;
}
