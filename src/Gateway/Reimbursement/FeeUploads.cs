using Ecert.Gateway.Edge;
using Ecert.Insurance;
using Ecert.Kernel;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using FeeLine = Ecert.Insurance.FeeLine;

namespace Ecert.Gateway.Reimbursement;

/// <summary>Fee uploads as they are kept, and their lines as the engine reads them.</summary>
internal static class FeeUploads
{
    /// <summary>How far an institution's clock may be ahead of ours.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>The header and the engine's lines of a kept upload.</summary>
    public static (UploadFeesHeader Header, IReadOnlyList<FeeLine> Lines) Read(byte[] upload)
    {
        using var stream = new MemoryStream(upload);
        var header = UploadFeesRequest.Parser.ParseDelimitedFrom(stream).Header;
        var lines = new List<FeeLine>();
        while (stream.Position < stream.Length)
            lines.Add(ToEngine(UploadFeesRequest.Parser.ParseDelimitedFrom(stream).Line, []));
        return (header, lines);
    }

    /// <summary>
    /// A line as the engine reads it; what does not read is noted and taken as zero, which the engine refuses.
    /// </summary>
    public static FeeLine ToEngine(V1.FeeLine line, List<FeeLineProblem> problems)
    {
        if (!Quantity.TryParse(line.Quantity, out var quantity))
            problems.Add(
                Problem("quantity", RefusalCatalogue.FeeLineQuantityInvalid, "digits with at most four decimals"));
        if (!UnitPrice.TryParse(line.UnitPriceYuan, out var price))
            problems.Add(
                Problem("unit_price_yuan", RefusalCatalogue.FeeLinePriceInvalid, "yuan with at most six decimals"));
        return new FeeLine(line.FeedetlSn, line.MedListCodg, quantity, price, new Money(line.DetItemFeeSumamtFen));
    }

    /// <summary>A line was charged at a time, and not in the future.</summary>
    public static void CheckTime(V1.FeeLine line, DateTimeOffset now, List<FeeLineProblem> problems)
    {
        if (!RequestChecks.IsTime(line.FeeOcurTime) || line.FeeOcurTime.ToDateTimeOffset() > now + ClockDifference)
            problems.Add(Problem("fee_ocur_time", RefusalCatalogue.FeeLineTimeInvalid, "required, not in the future"));
    }

    /// <summary>
    /// What the engine found wrong with a line, in the contract's words; null where it was noted in reading already.
    /// </summary>
    public static FeeLineProblem? ToProblem(SettlementViolation violation) => violation.Reason switch
    {
        ViolationReason.LineIdInvalid => Problem("feedetl_sn", RefusalCatalogue.FeeUploadMalformed, violation.Words),
        ViolationReason.LineIdRepeated => Problem("feedetl_sn", RefusalCatalogue.FeeLineNumberReused, violation.Words),
        ViolationReason.CatalogueCodeUnknown =>
            Problem("med_list_codg", RefusalCatalogue.FeeLineItemUnknown, violation.Words),
        ViolationReason.QuantityNotPositive =>
            Problem("quantity", RefusalCatalogue.FeeLineQuantityInvalid, violation.Words),
        ViolationReason.PriceNotPositive =>
            Problem("unit_price_yuan", RefusalCatalogue.FeeLinePriceInvalid, violation.Words),
        ViolationReason.AmountInvalid or ViolationReason.AmountDoesNotAgree =>
            Problem("det_item_fee_sumamt_fen", RefusalCatalogue.FeeLineAmountMismatch, violation.Words),
        _ => null,
    };

    /// <summary>
    /// Whether a problem says no more than those known: of the same field, or an amount of what does not read.
    /// </summary>
    public static bool FollowsFrom(FeeLineProblem problem, IReadOnlyList<FeeLineProblem> known) =>
        known.Any(one => one.Field == problem.Field)
        || (problem.Field == "det_item_fee_sumamt_fen" && known.Any(
            one => one.Field is "quantity" or "unit_price_yuan"));

    private static FeeLineProblem Problem(string field, RefusalReason reason, string description) =>
        new() { Field = field, Reason = reason.Code, Description = description };
}
