using Ecert.Gateway.Edge;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// Undoes a settlement whole, by its id or by the request id of a Settle whose answer never came. A settled one gets a
/// reversal with negative amounts; one still waiting for cash is closed.
/// </summary>
internal sealed class ReverseSettlement(
    IDbContextFactory<GatewayDb> databases, SettlementSaga settling, ReversalSaga saga, PaymentOrders orders,
    GetSettlement settlements, RandomSource random, TimeProvider clock)
{
    private const string SettleMethod = "/ecert.v1.ReimbursementService/Settle";

    public async Task<ReverseSettlementResponse> RunAsync(
        ReverseSettlementRequest request, Caller.Institution institution, string operationId, CancellationToken ct)
    {
        Check(request);
        var original = await FindAsync(request, institution, ct);
        if (original.Stage == SettlementStage.Settling)
        {
            // One that was cut short is brought to where it can be undone.
            await settling.ContinueAsync(original.Id, ct);
            original = await settling.LoadAsync(original.Id, ct);
        }
        if (original.ReversalId == operationId || original is { Stage: SettlementStage.Complete, ReversalId: null })
            return await ReverseAsync(original, institution, operationId, ct);
        if (original is not { Stage: SettlementStage.Settling, PaymentId: { } paymentId })
            throw RefusalCatalogue.SettlementNotReversible.AsRefusal().ToException();
        await orders.CloseAsync(paymentId, ct);
        return new ReverseSettlementResponse { Original = await settlements.RunAsync(original.Id, institution, ct) };
    }

    private static void Check(ReverseSettlementRequest request) => new RequestChecks()
        .Require(request.TargetCase != ReverseSettlementRequest.TargetOneofCase.None, "settlement_id",
            "exactly one of settlement_id and original_request_id is required")
        .Require(!request.HasOriginalRequestId || IdempotencyStep.IsRequestId(request.OriginalRequestId),
            "original_request_id", IdempotencyStep.RequestIdForm)
        .RequireText(request.Reason, "reason", 200)
        .RequireText(request.Operator?.OperatorId ?? "", "operator.operator_id", 20)
        .ThrowIfAny();

    private async Task<SettlementRow> FindAsync(
        ReverseSettlementRequest request, Caller.Institution institution, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = request.TargetCase == ReverseSettlementRequest.TargetOneofCase.SettlementId
            ? request.SettlementId
            : await SettlementOfAsync(db, request.OriginalRequestId, institution, ct);
        var row = await db.Set<SettlementRow>().AsNoTracking().SingleOrDefaultAsync(
            one => one.Id == id && one.InstitutionId == institution.Id.Value && one.OriginalId == null, ct);
        return row ?? throw RefusalCatalogue.SettlementNotFound.AsRefusal().ToException();
    }

    /// <summary>
    /// What a Settle call started; when it never arrived, its request id is burnt, so that a late arrival is refused.
    /// </summary>
    private async Task<string> SettlementOfAsync(
        GatewayDb db, string requestId, Caller.Institution institution, CancellationToken ct)
    {
        var known = await db.Set<IdempotencyRow>().AsNoTracking().SingleOrDefaultAsync(
            row => row.Party == institution.Party && row.Method == SettleMethod && row.RequestId == requestId, ct);
        var now = clock.GetUtcNow();
        if (known is null)
            db.Add(Burnt(institution, requestId, now));
        else if (await db.Set<SettlementRow>().AnyAsync(row => row.Id == known.OperationId, ct))
            return known.OperationId;
        else if (known.Answer is null && known.RunningUntil > now)
            throw RefusalCatalogue.RequestInProgress.AsRefusal().ToException();
        else
            await BurnAsync(db, known, ct);
        await db.SaveChangesAsync(ct);
        throw RefusalCatalogue.SettlementNotFound.AsRefusal().ToException();
    }

    /// <summary>A request id that no content fits any more.</summary>
    private IdempotencyRow Burnt(Caller.Institution institution, string requestId, DateTimeOffset now) => new()
    {
        Party = institution.Party, Method = SettleMethod, RequestId = requestId, Digest = random.Bytes(32),
        OperationId = random.NewId(now), CreatedAt = now, RunningUntil = now,
    };

    private async Task BurnAsync(GatewayDb db, IdempotencyRow known, CancellationToken ct)
    {
        var digest = random.Bytes(32);
        await db.Set<IdempotencyRow>()
            .Where(row => row.Party == known.Party && row.Method == known.Method && row.RequestId == known.RequestId
                && row.OperationId == known.OperationId && row.Answer == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Digest, digest), ct);
    }

    private async Task<ReverseSettlementResponse> ReverseAsync(
        SettlementRow original, Caller.Institution institution, string reversalId, CancellationToken ct)
    {
        if (original.ReversalId is null)
            await RecordAsync(original.Id, reversalId, ct);
        await saga.ContinueAsync(reversalId, ct);
        return new ReverseSettlementResponse
        {
            Reversal = await settlements.RunAsync(reversalId, institution, ct),
            Original = await settlements.RunAsync(original.Id, institution, ct),
        };
    }

    private async Task RecordAsync(string originalId, string reversalId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var original = await db.Set<SettlementRow>().SingleAsync(row => row.Id == originalId, ct);
        if (original.Stage != SettlementStage.Complete)
            throw RefusalCatalogue.SettlementNotReversible.AsRefusal().ToException();
        (original.Stage, original.ReversalId, original.UpdatedAt) =
            (SettlementStage.Refunding, reversalId, clock.GetUtcNow());
        db.Add(Reversal(original, reversalId, original.UpdatedAt));
        var person = await db.Set<InsuredPersonRow>().SingleAsync(row => row.Subject == original.Subject, ct);
        person.Version++;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The person's year or the settlement itself moved in between; read on from there.
            await RecordAsync(originalId, reversalId, ct);
        }
    }

    private static SettlementRow Reversal(SettlementRow original, string id, DateTimeOffset now) => new()
    {
        Id = id, InstitutionId = original.InstitutionId, PreSettlementId = original.PreSettlementId,
        FeeBatchId = original.FeeBatchId, VisitId = original.VisitId, Subject = original.Subject,
        InsuredPlace = original.InsuredPlace, TreatmentPlace = original.TreatmentPlace, Scheme = original.Scheme,
        MedType = original.MedType, CareAt = original.CareAt, Stage = SettlementStage.Refunding,
        PreSettlement =
            SettlementMessages.Reversed(PreSettlement.Parser.ParseFrom(original.PreSettlement)).ToByteArray(),
        TotalFen = -original.TotalFen, FundFen = -original.FundFen, AccountFen = -original.AccountFen,
        CashFen = -original.CashFen, HospitalFen = -original.HospitalFen,
        Counters =
            YearsToDate.Write(YearsToDate.Read(original.Counters).ToDictionary(one => one.Key, one => -one.Value)),
        PaymentId = original.PaymentId, OriginalId = original.Id, CreatedAt = now, UpdatedAt = now,
        NextStepAt = now + SettlementSaga.TakeUpAfter,
    };
}
