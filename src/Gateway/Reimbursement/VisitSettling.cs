using Ecert.Gateway.Books;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Insurance;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using FeeLine = Ecert.Insurance.FeeLine;
using YearToDate = Ecert.Insurance.YearToDate;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// Brings together what the engine needs for one visit: benefits of the place of insurance, catalogue of the place of
/// treatment, the person's year so far and the account's balance.
/// </summary>
internal sealed class VisitSettling(Policies policies, PersonalAccounts accounts)
{
    /// <summary>
    /// Splits the lines by the catalogue alone, as if the year had just begun: what an upload is answered with.
    /// </summary>
    public SettlementOutcome Split(
        InsuredPerson person, DivisionCode treatmentPlace, Visit visit) => SettlementEngine.Settle(
        policies.InForce(DivisionCode.Parse(person.InsuredPlace), visit.Date), visit, YearToDate.Empty, Money.Zero,
        false,
        treatmentPack: policies.InForce(treatmentPlace, visit.Date));

    /// <summary>Computes the settlement of a batch as of now.</summary>
    public async Task<SettlementResult> ComputeAsync(
        GatewayDb db, FeeBatchRow batch, InsuredPerson person, bool useAccount, CancellationToken ct)
    {
        var (header, lines) = FeeUploads.Read(batch.Upload);
        var visit = Visit(header, lines, person, batch.Level);
        var pack = policies.InForce(DivisionCode.Parse(person.InsuredPlace), visit.Date);
        var treatment = policies.InForce(DivisionCode.Parse(batch.TreatmentPlace), visit.Date);
        var year = await YearsToDate.SumAsync(db, person.Subject, person.Scheme, pack, visit.Date, ct);
        var (available, _) = await accounts.BalanceAsync(person, ct);
        return SettlementEngine.Settle(pack, visit, year, available, useAccount, treatmentPack: treatment) switch
        {
            SettlementOutcome.Settled settled => settled.Result,
            SettlementOutcome.Refused refused => throw new Refusal(RefusalCatalogue.CareNotCovered,
                "The batch cannot be settled by the rules in force; each obstacle is listed.",
                [.. refused.Violations.Select(one => new FieldViolation(one.Field, one.Words))]).ToException(),
            _ => throw new InvalidOperationException("The engine has no other outcome."),
        };
    }

    /// <summary>The engine's view of an upload whose lines have been read.</summary>
    public static Visit Visit(
        UploadFeesHeader header, IReadOnlyList<FeeLine> lines, InsuredPerson person, int level) => new(
        MedTypes.ToCode(header.MedType), (Insurance.InstitutionLevel)level, person.Scheme, person.PersonType,
        BeijingDays.Of((header.EndTime ?? header.BeginTime).ToDateTimeOffset()), lines);
}
