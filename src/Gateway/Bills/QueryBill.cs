using System.Text.RegularExpressions;
using Ecert.Adapters.Ports;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Bills;

/// <summary>What a customer of a biller owes now. What is shown is kept, so that just that is paid.</summary>
internal sealed class QueryBill(
    IEnumerable<IBiller> billers, IDbContextFactory<GatewayDb> databases, PersonalDataCipher cipher, TimeProvider clock,
    GatewayOptions options)
{
    private static readonly TimeSpan QuoteLifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(50);

    public async Task<QueryBillResponse> RunAsync(
        QueryBillRequest request, Caller.Citizen citizen, string operationId, CancellationToken ct)
    {
        var registered = options.Billers.SingleOrDefault(biller => biller.Id == request.BillerId);
        new RequestChecks()
            .Require(registered is not null, "biller_id", "one of ListBillers")
            .Require(registered is null || Fits(request.AccountNumber, registered.AccountPattern), "account_number",
                $"required, of the biller's form {registered?.AccountPattern}")
            .ThrowIfAny();
        var outcome =
            await billers.Single(biller => biller.BillerId == request.BillerId).QueryAsync(request.AccountNumber, ct);
        return outcome switch
        {
            BillQueryOutcome.Owed owed =>
                new QueryBillResponse { Bills = { await KeepAsync(owed.Bill, request, citizen, operationId, ct) } },
            BillQueryOutcome.NothingOwed => new QueryBillResponse(),
            BillQueryOutcome.NotFound => throw RefusalCatalogue.BillAccountNotFound.AsRefusal().ToException(),
            _ => throw RefusalCatalogue.CounterpartUnavailable.AsRefusal().ToException(),
        };
    }

    /// <summary>What the account number is encrypted for.</summary>
    public static string Place(string billId) => $"bill_payment/{billId}";

    private async Task<Bill> KeepAsync(
        BillerBill bill, QueryBillRequest request, Caller.Citizen citizen, string id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var row = new BillPaymentRow
        {
            Id = id, Subject = citizen.Subject.Value, BillerId = request.BillerId,
            AccountNumber = cipher.Protect(request.AccountNumber, Place(id)), BillNumber = bill.BillNumber,
            CustomerName = bill.CustomerName, AmountFen = bill.Amount.Fen, LateFeeFen = bill.LateFee.Fen,
            Period = bill.Period,
            Stage = BillStage.Quoted, QuotedAt = now, ExpiresAt = now + QuoteLifetime,
        };
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return BillMessages.ToBill(row, request.AccountNumber);
    }

    private static bool Fits(string number, string pattern) =>
        number.Length is > 0 and <= 40
            && Regex.IsMatch(number, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, LongestMatch);
}
