using Ecert.Gateway.Edge;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Insurance;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reimbursement;

/// <summary>Who would pay what: computed, explained, kept with the version of the rules; nothing moves.</summary>
internal sealed class PreSettle(
    IDbContextFactory<GatewayDb> databases, InsuredPersons persons, VisitSettling settling, TimeProvider clock,
    GatewayOptions options)
{
    public async Task<PreSettleResponse> RunAsync(
        PreSettleRequest request, Caller.Institution institution, string operationId, CancellationToken ct)
    {
        new RequestChecks().RequireText(request.FeeBatchId, "fee_batch_id", 30).ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var batch = await db.Set<FeeBatchRow>().AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == request.FeeBatchId && row.InstitutionId == institution.Id.Value, ct)
            ?? throw RefusalCatalogue.FeeBatchNotFound.AsRefusal().ToException();
        if (await db.Set<PreSettlementRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == operationId,
            ct) is { } kept)
            return new PreSettleResponse { PreSettlement = PreSettlement.Parser.ParseFrom(kept.Message) };
        var person = await persons.LoadAsync(batch.Subject, ct);
        var result = await settling.ComputeAsync(db, batch, person, request.UsePersonalAccount, ct);
        var message = Message(operationId, batch, person, result);
        db.Add(new PreSettlementRow
        {
            Id = operationId, FeeBatchId = batch.Id, InstitutionId = batch.InstitutionId,
            RuleVersion = result.RuleVersion,
            UsePersonalAccount = request.UsePersonalAccount, Message = message.ToByteArray(),
            CreatedAt = message.CreateTime.ToDateTimeOffset(), ExpiresAt = message.ExpireTime.ToDateTimeOffset(),
        });
        await db.SaveChangesAsync(ct);
        return new PreSettleResponse { PreSettlement = message };
    }

    private PreSettlement Message(string id, FeeBatchRow batch, InsuredPerson person, SettlementResult result)
    {
        var now = clock.GetUtcNow();
        var message = new PreSettlement
        {
            PreSettlementId = id, FeeBatchId = batch.Id, MdtrtId = batch.VisitId, RuleVersion = result.RuleVersion,
            Scheme = Schemes.ToMessage(person.Scheme), InsuredPlace = person.InsuredPlace,
            TreatmentPlace = batch.TreatmentPlace,
            Breakdown = SettlementMessages.ToBreakdown(result), CreateTime = now.ToTimestamp(),
            ExpireTime = (now + options.PreSettlementLifetime).ToTimestamp(),
        };
        message.FundPayments.AddRange(result.Funds.Select(SettlementMessages.ToFundPayment));
        message.Trace.AddRange(result.Trace.Select(SettlementMessages.ToTraceStep));
        return message;
    }
}
