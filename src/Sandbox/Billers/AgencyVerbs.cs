using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Kernel;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Billers;

/// <summary>How every answer begins.</summary>
internal static class AgencyAnswer
{
    public static JsonObject Of(string code, string description) =>
        new() { ["ResponseCode"] = code, ["ResponseDesc"] = description };

    public static JsonObject Done() => Of("AAAAAAA", "success");
}

/// <summary>Carries <c>FMT0001</c> from wherever a field is found at fault.</summary>
internal sealed class MalformedFieldException(string field) : Exception(field);

/// <summary><c>Query</c>, <c>Pay</c> and <c>PayCheck</c>.</summary>
internal static class AgencyVerbs
{
    /// <summary>Answers one message.</summary>
    public static JsonObject Answer(BillerBooks books, byte[] body, TimeProvider clock)
    {
        if (Json.ParseObject(body) is not { } message)
            return AgencyAnswer.Of("FMT0001", "the body is not a JSON object");
        try
        {
            CheckHead(books.Company, message);
            var answer = message.Text("TranCode") switch
            {
                "Query" => Query(books, message),
                "Pay" => Pay(books, message),
                "PayCheck" => PayCheck(books, message, clock),
                _ => throw new MalformedFieldException("TranCode"),
            };
            answer["TranSeq"] = message.Text("TranSeq");
            return answer;
        }
        catch (MalformedFieldException malformed)
        {
            return AgencyAnswer.Of("FMT0001", $"{malformed.Message} is missing or malformed");
        }
    }

    private static void CheckHead(BillerOptions company, JsonObject message)
    {
        if (message.Text("Version") != "1.0.1")
            throw new MalformedFieldException("Version");
        if (message.Text("InstId") != company.AgencyId)
            throw new MalformedFieldException("InstId");
        if (message.Text("CompanyId") != company.CompanyId)
            throw new MalformedFieldException("CompanyId");
        Day(message, "TranDate");
        Required(message, "TranSeq", 12);
    }

    private static JsonObject Query(BillerBooks books, JsonObject message)
    {
        var customer = Required(message, "BillKey", 32);
        if (!books.Knows(customer))
            return AgencyAnswer.Of("BAL0002", "no such customer");
        if (books.Owed(customer) is not { } bill)
            return AgencyAnswer.Of("BAL0001", "nothing owed");
        var answer = AgencyAnswer.Done();
        answer["BillKey"] = customer;
        answer["BillNo"] = bill.BillNumber;
        answer["CustomerName"] = Mask(bill.CustomerName);
        answer["BillAmount"] = new Money(bill.AmountFen).ToYuan();
        answer["LateFee"] = new Money(bill.LateFeeFen).ToYuan();
        answer["Period"] = bill.Period;
        return answer;
    }

    private static JsonObject Pay(BillerBooks books, JsonObject message)
    {
        if (!Money.TryParseYuan(message.Text("PayAmount"), out var amount) || !amount.IsPositive)
            throw new MalformedFieldException("PayAmount");
        var subChannel = message.Text("SubChannel") is "1" or "2"
            ? message.Text("SubChannel")!
            : throw new MalformedFieldException("SubChannel");
        var merchantSequence = message["MerchantSeq"] is null ? "" : Required(message, "MerchantSeq", 32);
        var payment = new AgencyPayment(
            Required(message, "TranSeq", 12), merchantSequence, Required(message, "BillKey", 32),
            Required(message, "BillNo", 32), amount, subChannel);
        switch (books.Pay(payment))
        {
            case PaymentOutcome.Booked booked:
                var answer = AgencyAnswer.Done();
                answer["PaySerial"] = booked.Serial;
                return answer;
            case PaymentOutcome.Refused refused:
                return AgencyAnswer.Of(refused.Code, refused.Description);
            default:
                return AgencyAnswer.Of("SYS0001", "unknown");
        }
    }

    private static JsonObject PayCheck(BillerBooks books, JsonObject message, TimeProvider clock)
    {
        var day = Day(message, "CheckDate");
        if (day > clock.GetUtcNow().BeijingDay())
            throw new MalformedFieldException("CheckDate");
        var paid = books.PaidOn(day);
        var total = Money.Sum(paid.Select(booked => booked.Payment.Amount));
        var content = new StringBuilder($"{paid.Count}|{total}\n");
        foreach (var (payment, _, at) in paid)
            content.AppendJoin('|', at.BeijingDay().Digits(), payment.Sequence, payment.MerchantSequence,
                payment.CustomerNumber, payment.Amount, payment.SubChannel, "PAY").Append('\n');
        var answer = AgencyAnswer.Done();
        answer["FileName"] = $"{books.Company.CompanyId}_{books.Company.AgencyId}_{day.Digits()}.txt";
        answer["Count"] = paid.Count.ToString(CultureInfo.InvariantCulture);
        answer["TotalAmount"] = total.ToYuan();
        answer["Content"] = content.ToString();
        return answer;
    }

    private static string Required(JsonObject message, string name, int longest) =>
        message.Text(name) is { Length: > 0 } text && text.Length <= longest && !text.Contains('|')
            ? text
            : throw new MalformedFieldException(name);

    private static DateOnly Day(JsonObject message, string name) =>
        DateOnly.TryParseExact(
            message.Text(name), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new MalformedFieldException(name);

    private static string Mask(string name) => name.Length <= 1 ? "*" : "*" + name[1..];
}
