using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Same request id and same content: the first answer again. Same id, other content: refused. A refusal is not an
/// answer (nothing was done), so its id may be used again; an unknown ending keeps the record, and a repeat takes the
/// operation up under the same <see cref="EdgeCall.OperationId"/>.
/// </summary>
internal sealed class IdempotencyStep(
    IDbContextFactory<GatewayDb> databases, TimeProvider clock, RandomSource random, GatewayOptions options) : EdgeStep
{
    /// <summary>The form of a request id, in words.</summary>
    public const string RequestIdForm = "1 to 64 of letters, digits and _ . : -";

    private const int LongestRequestId = 64;
    private static readonly ConcurrentDictionary<MessageDescriptor, FieldDescriptor?> Fields = new();

    public override string Purpose => "idempotency by request_id";

    public override async ValueTask EnterAsync(EdgeCall call)
    {
        var now = clock.GetUtcNow();
        call.OperationId = random.NewId(now);
        if (RequestIdOf(call.Request) is not { } requestId)
            return;
        CheckForm(requestId);
        var row = new IdempotencyRow
        {
            Party = call.Caller.Party, Method = call.Method, RequestId = requestId, OperationId = call.OperationId,
            Digest = SHA256.HashData(call.Request!.ToByteArray()), CreatedAt = now,
            RunningUntil = now + options.LongestDeadline,
        };
        await using var db = await databases.CreateDbContextAsync(call.Ct);
        if (await Find(db, row, call.Ct) is { } known || (known = await InsertOrFind(db, row, call.Ct)) is not null)
            await TakeUpAsync(db, call, known, row, now);
    }

    public override async ValueTask LeaveAsync(EdgeCall call, CallEnding ending)
    {
        if (RequestIdOf(call.Request) is not { } requestId || call.FirstAnswer is not null)
            return;
        await using var db = await databases.CreateDbContextAsync();
        var mine = db.Set<IdempotencyRow>().Where(row => row.Party == call.Caller.Party && row.Method == call.Method
            && row.RequestId == requestId && row.OperationId == call.OperationId && row.Answer == null);
        switch (ending)
        {
            case CallEnding.Answered { Response: { } response }:
                var answer = response.ToByteArray();
                await mine.ExecuteUpdateAsync(set => set.SetProperty(row => row.Answer, answer));
                break;
            case CallEnding.Refused:
                await mine.ExecuteDeleteAsync();
                break;
            default:
                var now = clock.GetUtcNow();
                await mine.ExecuteUpdateAsync(set => set.SetProperty(row => row.RunningUntil, now));
                break;
        }
    }

    private static async Task TakeUpAsync(
        GatewayDb db, EdgeCall call, IdempotencyRow known, IdempotencyRow row, DateTimeOffset now)
    {
        if (!CryptographicOperations.FixedTimeEquals(known.Digest, row.Digest))
            throw RefusalCatalogue.RequestIdReused.AsRefusal().ToException();
        call.OperationId = known.OperationId;
        call.FirstAnswer = known.Answer;
        if (known.Answer is not null)
            return;
        var taken = await db.Set<IdempotencyRow>()
            .Where(one => one.Party == known.Party && one.Method == known.Method && one.RequestId == known.RequestId
                && one.Answer == null && one.RunningUntil <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.RunningUntil, row.RunningUntil), call.Ct);
        if (taken == 0)
        {
            // Not ours to end: the first call still runs.
            call.FirstAnswer = [];
            throw RefusalCatalogue.RequestInProgress.AsRefusal().ToException();
        }
    }

    private static Task<IdempotencyRow?> Find(GatewayDb db, IdempotencyRow row, CancellationToken ct) =>
        db.Set<IdempotencyRow>().AsNoTracking().SingleOrDefaultAsync(
            one => one.Party == row.Party && one.Method == row.Method && one.RequestId == row.RequestId, ct);

    private static async Task<IdempotencyRow?> InsertOrFind(GatewayDb db, IdempotencyRow row, CancellationToken ct)
    {
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException)
        {
            // Another call with the same id was first between look and insert; if it was something else, finding none
            // rethrows.
            db.ChangeTracker.Clear();
            if (await Find(db, row, ct) is { } first)
                return first;
            throw;
        }
    }

    private static string? RequestIdOf(IMessage? request) => request is null
        ? null
        : Fields.GetOrAdd(request.Descriptor, static descriptor => descriptor.FindFieldByName("request_id"))
            ?.Accessor.GetValue(request) as string;

    /// <summary>Whether a text has the form of a request id.</summary>
    public static bool IsRequestId(string text)
    {
        return text.Length is > 0 and <= LongestRequestId && text.All(IsAllowed);

        static bool IsAllowed(char character) =>
            char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or ':' or '-';
    }

    private static void CheckForm(string requestId)
    {
        if (!IsRequestId(requestId))
            throw new Refusal(RefusalCatalogue.InvalidRequest, "The request_id is missing or malformed.",
                [new FieldViolation("request_id", RequestIdForm)]).ToException();
    }
}
