using System.Globalization;
using Ecert.Adapters.Ports;
using Ecert.Gateway.Books;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Reimbursement;
using Ecert.Gateway.Storage;
using Ecert.Insurance;
using Ecert.Kernel.Identifiers;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Eligibility;

/// <summary>
/// May this person be treated on insurance, here and for this? Standing comes from the insured-person base, fresh.
/// </summary>
internal sealed class CheckEligibility(
    Vouchers vouchers, IInsuredPersonBase personBase, PersonalAccounts accounts, Policies policies,
    IDbContextFactory<GatewayDb> databases, TimeProvider clock)
{
    public async Task<CheckEligibilityResponse> RunAsync(
        CheckEligibilityRequest request, Caller.Institution institution, CancellationToken ct)
    {
        var day = Check(request);
        var person = await vouchers.RedeemAsync(request.Voucher, "voucher", institution, ct);
        var enrolments = await personBase.FindAsync(person.Name, person.Document, ct) switch
        {
            PersonOutcome.Found found => found.Enrolments,
            PersonOutcome.NotFound => throw RefusalCatalogue.PersonNotFound.AsRefusal().ToException(),
            _ => throw RefusalCatalogue.CounterpartUnavailable.AsRefusal().ToException(),
        };
        var pack = policies.InForce(DivisionCode.Parse(person.InsuredPlace), day);
        var answer = new V1.Eligibility
        {
            PsnNo = person.PersonNumber, MaskedName = person.MaskedName, Scheme = Schemes.ToMessage(person.Scheme),
            InsuredPlace = person.InsuredPlace, Filing = FilingOf(person, institution),
        };
        (answer.Standing, answer.Detail) = StandingOf(request, person, enrolments, pack);
        answer.Enrolments.AddRange(enrolments.Select(ToMessage));
        answer.Balances.Add(await BalanceAsync(person, ct));
        answer.YearToDate.Add(await YearAsync(person, pack, day, ct));
        return new CheckEligibilityResponse { Eligibility = answer };
    }

    private DateOnly Check(CheckEligibilityRequest request)
    {
        var day = BeijingDays.Of(clock.GetUtcNow());
        new RequestChecks()
            .RequireKnown(request.MedType, "med_type")
            .Require(request.VisitDate.Length == 0 || (DateOnly.TryParseExact(
                request.VisitDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                && RequestChecks.IsDay(day)),
                "visit_date", "yyyy-MM-dd")
            .Require(Enum.IsDefined(request.Scheme), "scheme", "one of the contract's values")
            .ThrowIfAny();
        return day;
    }

    private static FilingKind FilingOf(InsuredPerson person, Caller.Institution institution) =>
        institution.Division.Province == DivisionCode.Parse(person.InsuredPlace).Province
            ? FilingKind.NotNeeded
            : FilingKind.None;

    private static (EligibilityStanding, string) StandingOf(
        CheckEligibilityRequest request, InsuredPerson person, IReadOnlyList<Enrolment> enrolments, PolicyPack pack)
    {
        var enrolment = enrolments.FirstOrDefault(
            row => row.Scheme == person.Scheme && row.InsuredPlace.Value == person.InsuredPlace);
        var otherScheme = request.Scheme != V1.Scheme.Unspecified && Schemes.ToCode(request.Scheme) != person.Scheme;
        if (enrolment is null || otherScheme)
            return (EligibilityStanding.NotInsured, "The person is not enrolled in this scheme.");
        if (!enrolment.IsActive)
            return (EligibilityStanding.Paused, "The enrolment is paused; contributions are outstanding.");
        var covered = pack.Schemes.TryGetValue(person.Scheme, out var scheme)
            && scheme.Benefits.ContainsKey(MedTypes.ToCode(request.MedType));
        return covered
            ? (EligibilityStanding.Eligible, "")
            : (EligibilityStanding.CareNotCovered, "The scheme has no benefit for this kind of care.");
    }

    private async Task<AccountBalance> BalanceAsync(InsuredPerson person, CancellationToken ct)
    {
        var (available, held) = await accounts.BalanceAsync(person, ct);
        return new AccountBalance { Scheme = Schemes.ToMessage(person.Scheme), AvailableFen = available.Fen,
            HeldFen = held.Fen };
    }

    private async Task<V1.YearToDate> YearAsync(
        InsuredPerson person, PolicyPack pack, DateOnly day, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var sums = await YearsToDate.SumAsync(db, person.Subject, person.Scheme, pack, day, ct);
        var start = pack.MedicalYearOf(day);
        return new V1.YearToDate
        {
            Scheme = Schemes.ToMessage(person.Scheme),
            YearStartDate = start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            YearEndDate = start.AddYears(1).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            OutpatientInscpScpAmtFen = sums.Of($"{person.Scheme}.outpatient.scope"),
            OutpatientDeductiblePaidFen = sums.Of($"{person.Scheme}.outpatient.deductible"),
            InpatientInscpScpAmtFen = sums.Of($"{person.Scheme}.inpatient.scope"),
        };
    }

    private static SchemeEnrolment ToMessage(Enrolment row) => new()
    {
        Scheme = Schemes.ToMessage(row.Scheme), InsuredPlace = row.InsuredPlace.Value, PsnType = row.PersonType,
        Active = row.IsActive,
    };
}
