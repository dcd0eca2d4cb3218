using Ecert.Gateway.Edge;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Insurance;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// Settles what was pre-settled, if the split is still the one the patient agreed to. The settlement is on record
/// before anything is held or charged; from there the saga goes on, here or after a crash.
/// </summary>
internal sealed class Settle(
    IDbContextFactory<GatewayDb> databases, InsuredPersons persons, VisitSettling settling, SettlementSaga saga,
    GetSettlement settlements, TimeProvider clock)
{
    public async Task<Settlement> RunAsync(
        SettleRequest request, Caller.Institution institution, string operationId, CancellationToken ct)
    {
        Check(request);
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            if (!await db.Set<SettlementRow>().AnyAsync(row => row.Id == operationId, ct))
                await RecordAsync(db, request, institution, operationId, ct);
        }
        await saga.ContinueAsync(operationId, ct);
        return await settlements.RunAsync(operationId, institution, ct);
    }

    private static void Check(SettleRequest request) => new RequestChecks()
        .RequireText(request.PreSettlementId, "pre_settlement_id", 30)
        .Require(request.ExpectedSplit is not null, "expected_split", "required")
        .Require(request.Invono.Length <= 20, "invono", "at most 20 characters")
        .RequireText(request.Operator?.OperatorId ?? "", "operator.operator_id", 20)
        .ThrowIfAny();

    private async Task RecordAsync(
        GatewayDb db, SettleRequest request, Caller.Institution institution, string id, CancellationToken ct)
    {
        var (pre, batch) = await OpenAsync(db, request.PreSettlementId, institution, ct);
        var person = await persons.LoadAsync(batch.Subject, ct);
        var result = await settling.ComputeAsync(db, batch, person, pre.UsePersonalAccount, ct);
        var promised = PreSettlement.Parser.ParseFrom(pre.Message);
        CompareSplit(request, promised, result);
        if (result.Amounts.Cash.IsPositive)
            new RequestChecks().Add(PaymentMessages.Check(request.Payer, "payer")).ThrowIfAny();
        db.Add(Row(request, promised, batch, result, id));
        await db.BumpPersonAsync(person.Subject, person.Version, ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another settlement of the same person was booked in between: the year this one was computed from is gone.
            throw RefusalCatalogue.SettlementSplitChanged.AsRefusal().ToException();
        }
    }

    private async Task<(PreSettlementRow, FeeBatchRow)> OpenAsync(
        GatewayDb db, string preSettlementId, Caller.Institution institution, CancellationToken ct)
    {
        var pre = await db.Set<PreSettlementRow>().AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == preSettlementId && row.InstitutionId == institution.Id.Value, ct)
            ?? throw RefusalCatalogue.PreSettlementNotFound.AsRefusal().ToException();
        if (await db.Set<SettlementRow>().AnyAsync(
            row => row.PreSettlementId == pre.Id && row.OriginalId == null && row.Stage != SettlementStage.Failed, ct))
            throw RefusalCatalogue.PreSettlementUsed.AsRefusal().ToException();
        if (pre.ExpiresAt <= clock.GetUtcNow())
            throw RefusalCatalogue.PreSettlementExpired.AsRefusal().ToException();
        return (pre, await db.Set<FeeBatchRow>().AsNoTracking().SingleAsync(row => row.Id == pre.FeeBatchId, ct));
    }

    /// <summary>
    /// Three times the same: what was computed then, what the patient agreed to, and what the rules say now.
    /// </summary>
    private static void CompareSplit(SettleRequest request, PreSettlement promised, SettlementResult result)
    {
        var agreed = request.ExpectedSplit;
        var then = promised.Breakdown;
        var now = SettlementMessages.ToBreakdown(result);
        var agrees = agreed.FundPaySumamtFen == then.FundPaySumamtFen && agreed.AcctPayFen == then.AcctPayFen
            && agreed.PsnCashPayFen == then.PsnCashPayFen;
        if (!agrees || !now.Equals(then) || result.RuleVersion != promised.RuleVersion)
            throw RefusalCatalogue.SettlementSplitChanged.AsRefusal().ToException();
    }

    private SettlementRow Row(
        SettleRequest request, PreSettlement promised, FeeBatchRow batch, SettlementResult result, string id)
    {
        var now = clock.GetUtcNow();
        var cash = result.Amounts.Cash;
        return new SettlementRow
        {
            Id = id, InstitutionId = batch.InstitutionId, PreSettlementId = promised.PreSettlementId,
            FeeBatchId = batch.Id,
            VisitId = batch.VisitId, Subject = batch.Subject, InsuredPlace = promised.InsuredPlace,
            TreatmentPlace = batch.TreatmentPlace, Scheme = batch.Scheme, MedType = batch.MedType,
            CareAt = batch.EndAt ?? batch.BeginAt, Stage = SettlementStage.Settling,
            PreSettlement = promised.ToByteArray(),
            TotalFen = result.Amounts.TotalFee.Fen, FundFen = result.Amounts.FundTotal.Fen,
            AccountFen = (result.Amounts.Account + result.Amounts.RelativesAccount).Fen, CashFen = cash.Fen,
            HospitalFen = result.Amounts.HospitalShare.Fen, Counters = YearsToDate.Write(result.Increments),
            PaymentId = cash.IsPositive ? id : null, Payer = cash.IsPositive ? request.Payer.ToByteArray() : null,
            CreatedAt = now, UpdatedAt = now, NextStepAt = now + SettlementSaga.TakeUpAfter,
        };
    }
}
