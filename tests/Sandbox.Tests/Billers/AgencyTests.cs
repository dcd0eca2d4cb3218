using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.Billers;

public sealed class AgencyTests : IAsyncLifetime
{
    private const string Customer = "3501000001";
    private const string Bill = "W202610000001";

    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_query_tells_what_is_owed_with_the_name_masked()
    {
        var answer = await SendAsync(Message("Query", new() { ["BillKey"] = Customer }));

        Assert.Equal("AAAAAAA", Code(answer));
        Assert.Equal((Bill, "*示例", "86.40", "0.00", "202609-202610"), ((string)answer["BillNo"]!,
            (string)answer["CustomerName"]!, (string)answer["BillAmount"]!, (string)answer["LateFee"]!,
            (string)answer["Period"]!));
    }

    [Fact]
    public async Task A_bill_is_paid_once_whatever_comes()
    {
        var first = await PayAsync("000000000001", "86.40");
        var again = await PayAsync("000000000001", "86.40");
        var changed = await PayAsync("000000000001", "86.40", merchant: "OTHER");
        var other = await PayAsync("000000000002", "86.40");
        var owed = await SendAsync(Message("Query", new() { ["BillKey"] = Customer }));

        Assert.Equal((string)first["PaySerial"]!, (string)again["PaySerial"]!);
        Assert.Equal(("PAY0003", "PAY0001", "BAL0001"), (Code(changed), Code(other), Code(owed)));
    }

    [Fact]
    public async Task Of_twenty_payments_at_once_one_is_booked()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(index => PayAsync($"{index:000000000000}", "86.40")));

        Assert.Single(answers, answer => Code(answer) == "AAAAAAA");
        Assert.Equal(19, answers.Count(answer => Code(answer) == "PAY0001"));
    }

    [Theory]
    [InlineData("86.39")]
    [InlineData("86.4")]
    public async Task An_amount_is_compared_as_money(string amount) =>
        Assert.Equal(amount == "86.4" ? "AAAAAAA" : "PAY0002", Code(await PayAsync("000000000001", amount)));

    [Fact]
    public async Task An_unknown_customer_is_told_from_one_who_owes_nothing()
    {
        var unknown = await SendAsync(Message("Query", new() { ["BillKey"] = "0000000000" }));

        Assert.Equal("BAL0002", Code(unknown));
    }

    [Fact]
    public async Task The_daily_file_lists_what_was_booked()
    {
        await _sandbox.ControlAsync("/control/billers/water/bills", new
        {
            customer_number = "3501000002", bill_number = "W2", amount_fen = 500,
        });
        await PayAsync("000000000001", "86.40");
        await SendAsync(Message("Pay", new()
        {
            ["BillKey"] = "3501000002", ["BillNo"] = "W2", ["PayAmount"] = "5.00", ["SubChannel"] = "2",
        }, "000000000002"));

        var file = await SendAsync(Message("PayCheck", new() { ["CheckDate"] = "20261102" }));
        var empty = await SendAsync(Message("PayCheck", new() { ["CheckDate"] = "20261101" }));

        Assert.Equal(
            "2|91.40\n20261102|000000000001|PAYMENT1|3501000001|86.40|1|PAY\n"
                + "20261102|000000000002||3501000002|5.00|2|PAY\n",
            (string)file["Content"]!);
        Assert.Equal(("2", "91.40"), ((string)file["Count"]!, (string)file["TotalAmount"]!));
        Assert.Equal("0|0.00\n", (string)empty["Content"]!);
    }

    [Fact]
    public async Task A_message_that_is_not_genuine_is_answered_401_without_a_body()
    {
        var body = Encoding.UTF8.GetBytes(Message("Query", new() { ["BillKey"] = Customer }).ToJsonString());
        var right = Sign(body);
        (string Id, string Signature)[] wrong =
            [("ECERT", Sign([.. body, (byte)' '])), ("OTHER", right), ("ECERT", "")];

        foreach (var (id, signature) in wrong)
        {
            using var response = await PostAsync(body, id, signature);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "Version", "9" }, { "InstId", "X" }, { "CompanyId", "gas" }, { "TranCode", "Burn" }, { "TranDate", "2026" },
        { "TranSeq", "0000000000001" }, { "TranSeq", "" }, { "BillKey", "" }, { "BillKey", "a|b" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_field_is_named(string name, string value)
    {
        var message = Message("Query", new() { ["BillKey"] = Customer });
        message[name] = value;

        var answer = await SendAsync(message);

        Assert.Equal("FMT0001", Code(answer));
        Assert.StartsWith(name, (string)answer["ResponseDesc"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PayAmount", "86.400")]
    [InlineData("PayAmount", "-86.40")]
    [InlineData("SubChannel", "3")]
    public async Task A_malformed_payment_is_named(string name, string value)
    {
        var message = Message("Pay", new()
        {
            ["BillKey"] = Customer, ["BillNo"] = Bill, ["PayAmount"] = "86.40", ["SubChannel"] = "1",
        });
        message[name] = value;

        Assert.Equal("FMT0001", Code(await SendAsync(message)));
    }

    private Task<JsonObject> PayAsync(string sequence, string amount, string merchant = "PAYMENT1") =>
        SendAsync(Message("Pay", new()
        {
            ["BillKey"] = Customer, ["BillNo"] = Bill, ["PayAmount"] = amount, ["SubChannel"] = "1",
            ["MerchantSeq"] = merchant,
        }, sequence));

    private static JsonObject Message(string code, JsonObject members, string sequence = "000000000009")
    {
        members["Version"] = "1.0.1";
        members["InstId"] = "ECERT";
        members["CompanyId"] = "water";
        members["TranCode"] = code;
        members["TranDate"] = "20261102";
        members["TranSeq"] = sequence;
        return members;
    }

    private async Task<JsonObject> SendAsync(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        using var response = await PostAsync(body, "ECERT", Sign(body));
        var answer = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(Sign(answer), response.Headers.GetValues("X-Agency-Signature").Single());
        return JsonNode.Parse(answer)!.AsObject();
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string id, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_sandbox.Base}/billers/water/agency")
        {
            Content = new ByteArrayContent(body),
        };
        request.Headers.Add("X-Agency-Id", id);
        request.Headers.TryAddWithoutValidation("X-Agency-Signature", signature);
        return await _sandbox.Http.SendAsync(request);
    }

    private static string Sign(byte[] body)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(RunningSandbox.Parties.Agency.SharedKey));
        return Convert.ToHexString(hmac.ComputeHash(body)).ToLowerInvariant();
    }

    private static string Code(JsonObject answer) => (string)answer["ResponseCode"]!;
}
