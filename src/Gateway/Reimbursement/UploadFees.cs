using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Persons;
using Ecert.Gateway.Storage;
using Ecert.Insurance;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Reimbursement;

/// <summary>
/// The fee lines of a visit come in; every line is answered, and the batch is kept whole or not at all.
/// </summary>
internal sealed class UploadFees(
    IDbContextFactory<GatewayDb> databases, Vouchers vouchers, VisitSettling settling, TimeProvider clock)
{
    private const int MostLines = 10_000;

    public async Task<UploadFeesResponse> RunAsync(IAsyncStreamReader<UploadFeesRequest> messages,
        Caller.Institution institution, string operationId, CancellationToken ct)
    {
        var upload = await ReceiveAsync(messages, ct);
        if (await FirstAnswerAsync(upload, institution, ct) is { } first)
            return first;
        var person = await vouchers.RedeemAsync(upload.Header.Voucher, "header.voucher", institution, ct);
        var level = await LevelAsync(institution, ct);
        var response = Judge(upload, person, institution, level);
        if (response.RefusedLineCount > 0)
            return response;
        try
        {
            return await KeepAsync(upload, response, person, institution, level, operationId, ct);
        }
        catch (DbUpdateException)
        {
            // The same request was sent twice at once, and the other was first; if it was something else, rethrow.
            if (await FirstAnswerAsync(upload, institution, ct) is { } answer)
                return answer;
            throw;
        }
    }

    private static async Task<Upload> ReceiveAsync(IAsyncStreamReader<UploadFeesRequest> messages, CancellationToken ct)
    {
        UploadFeesHeader? header = null;
        var lines = new List<V1.FeeLine>();
        using var kept = new MemoryStream();
        while (await messages.MoveNext(ct))
        {
            var message = messages.Current;
            switch (message.ContentCase)
            {
                case UploadFeesRequest.ContentOneofCase.Header when header is null:
                    header = message.Header;
                    break;
                case UploadFeesRequest.ContentOneofCase.Line when header is not null && lines.Count < MostLines:
                    lines.Add(message.Line);
                    break;
                default:
                    throw RefusalCatalogue.FeeUploadMalformed.AsRefusal().ToException();
            }
            message.WriteDelimitedTo(kept);
        }
        if (header is null)
            throw RefusalCatalogue.FeeUploadMalformed.AsRefusal().ToException();
        Check(header, lines);
        return new Upload(header, lines, kept.ToArray());
    }

    private static void Check(UploadFeesHeader header, List<V1.FeeLine> lines) => new RequestChecks()
        .RequireText(header.RequestId, "header.request_id", 64)
        .RequireText(header.IptOtpNo, "header.ipt_otp_no", 30)
        .RequireKnown(header.MedType, "header.med_type")
        .RequireTime(header.BeginTime, "header.begin_time")
        .Require(header.EndTime is null || RequestChecks.IsTime(header.EndTime), "header.end_time",
            "a time from 2000 to 2099")
        .RequireText(header.DeptCode, "header.dept_code", 30)
        .RequireText(header.DeptName, "header.dept_name", 100)
        .RequireText(header.AtddrNo, "header.atddr_no", 30)
        .RequireText(header.DrName, "header.dr_name", 50)
        .RequireText(header.ChrgBchno, "header.chrg_bchno", 30)
        .Require(header.Diagnoses.Count > 0 || header.MedType == MedType.Pharmacy, "header.diagnoses", "at least one")
        .Require(header.LineCount == lines.Count, "header.line_count", $"{lines.Count} lines came")
        .Require(header.MedfeeSumamtFen == Total(lines), "header.medfee_sumamt_fen",
            "the lines do not add up to it")
        .ThrowIfAny();

    /// <summary>The lines' sum, or null when no 64 bits hold it.</summary>
    private static long? Total(List<V1.FeeLine> lines)
    {
        var sum = lines.Aggregate(Int128.Zero, (total, line) => total + line.DetItemFeeSumamtFen);
        return sum >= long.MinValue && sum <= long.MaxValue ? (long)sum : null;
    }

    private async Task<UploadFeesResponse?> FirstAnswerAsync(
        Upload upload, Caller.Institution institution, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Set<FeeBatchRow>().AsNoTracking().SingleOrDefaultAsync(
            batch => batch.InstitutionId == institution.Id.Value && batch.RequestId == upload.Header.RequestId, ct);
        if (known is null)
            return null;
        return CryptographicOperations.FixedTimeEquals(known.Digest, upload.Digest)
            ? UploadFeesResponse.Parser.ParseFrom(known.Answer)
            : throw RefusalCatalogue.RequestIdReused.AsRefusal().ToException();
    }

    private UploadFeesResponse Judge(Upload upload, InsuredPerson person, Caller.Institution institution, int level)
    {
        var problems = upload.Lines.Select(_ => new List<FeeLineProblem>()).ToList();
        var now = clock.GetUtcNow();
        var lines = upload.Lines.Select((line, index) => FeeUploads.ToEngine(line, problems[index])).ToList();
        for (var index = 0; index < lines.Count; index++)
            FeeUploads.CheckTime(upload.Lines[index], now, problems[index]);
        var visit = VisitSettling.Visit(upload.Header, lines, person, level);
        var outcome = settling.Split(person, institution.Division, visit);
        if (outcome is SettlementOutcome.Refused refused)
            Sort(refused.Violations, problems);
        var response = new UploadFeesResponse { RefusedLineCount = problems.Count(list => list.Count > 0) };
        var results = (outcome as SettlementOutcome.Settled)?.Result.Lines;
        for (var index = 0; index < lines.Count; index++)
            response.LineResults.Add(SettlementMessages.ToLineResult(
                upload.Lines[index].FeedetlSn, problems[index], results?[index]));
        return response;
    }

    private static void Sort(IReadOnlyList<SettlementViolation> violations, List<List<FeeLineProblem>> problems)
    {
        var ofTheVisit = new List<FieldViolation>();
        foreach (var violation in violations)
        {
            if (LineOf(violation.Field) is not { } index)
                ofTheVisit.Add(new FieldViolation($"header.{violation.Field}", violation.Words));
            else if (FeeUploads.ToProblem(violation) is { } problem && !FeeUploads.FollowsFrom(problem,
                problems[index]))
                problems[index].Add(problem);
        }
        if (ofTheVisit.Count > 0)
            throw new Refusal(
                RefusalCatalogue.CareNotCovered, "The visit is not covered; each obstacle is listed.", ofTheVisit)
                .ToException();
    }

    private static int? LineOf(string field) => field.StartsWith("lines[", StringComparison.Ordinal)
        ? int.Parse(field.AsSpan(6, field.IndexOf(']') - 6), NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    private async Task<UploadFeesResponse> KeepAsync(Upload upload, UploadFeesResponse response, InsuredPerson person,
        Caller.Institution institution, int level, string operationId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        response.FeeBatchId = operationId;
        response.MdtrtId = VisitId(institution, upload.Header.IptOtpNo);
        response.MedfeeSumamtFen = upload.Header.MedfeeSumamtFen;
        db.Add(new FeeBatchRow
        {
            Id = operationId, VisitId = response.MdtrtId, InstitutionId = institution.Id.Value,
            RequestId = upload.Header.RequestId, Digest = upload.Digest, Subject = person.Subject,
            Scheme = person.Scheme,
            MedType = MedTypes.ToCode(upload.Header.MedType), TreatmentPlace = institution.Division.Value,
            Level = level,
            BeginAt = upload.Header.BeginTime.ToDateTimeOffset(), EndAt = upload.Header.EndTime?.ToDateTimeOffset(),
            TotalFen = upload.Header.MedfeeSumamtFen, Upload = upload.Bytes, Answer = response.ToByteArray(),
            CreatedAt = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(ct);
        return response;
    }

    private async Task<int> LevelAsync(Caller.Institution institution, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<InstitutionRow>().Where(row => row.Id == institution.Id.Value).Select(row => row.Level)
            .SingleAsync(ct);
    }

    /// <summary>
    /// One visit, one id: the same for every batch of one <c>ipt_otp_no</c> of one institution; 29 characters.
    /// </summary>
    private static string VisitId(Caller.Institution institution, string visitNumber)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{institution.Id}/{visitNumber}"));
        return $"V{institution.Division}{Convert.ToHexString(digest.AsSpan(0, 11))}"[..29];
    }

    private sealed record Upload(UploadFeesHeader Header, List<V1.FeeLine> Lines, byte[] Bytes)
    {
        public byte[] Digest { get; } = SHA256.HashData(Bytes);
    }
}
