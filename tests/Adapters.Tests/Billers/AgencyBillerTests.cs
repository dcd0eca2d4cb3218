using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecert.Adapters.Billers;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Fixtures;
using Ecert.Kernel;

namespace Ecert.Adapters.Tests.Billers;

public sealed class AgencyBillerTests
{
    private const string Key = "shared-key-of-tests";

    private static readonly WriteOff Water =
        new("PAY-2026-0000001", "6001234", "B202610", new Money(4520), ChannelName.WeChatPay);

    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task Request_is_signed_over_its_bytes_as_openssl_agrees()
    {
        Answers("""{"ResponseCode":"AAAAAAA","PaySerial":"S1"}""");
        await Biller().WriteOffAsync(Water, default);
        var request = Assert.Single(_server.Requests);
        Assert.Equal("https://biller.example/base/agency", request.Address.AbsoluteUri);
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        Assert.Equal("ECERT", request.Headers["X-Agency-Id"]);
        var judged = OpenSsl.Run(
            new Dictionary<string, byte[]> { ["body"] = request.Body }, "dgst", "-sha256", "-hmac", Key, "body");
        Assert.EndsWith(" " + request.Headers["X-Agency-Signature"], judged);
    }

    [Fact]
    public async Task Write_off_says_what_the_interface_asks_for()
    {
        Answers("""{"ResponseCode":"AAAAAAA","PaySerial":"S1"}""");
        Assert.Equal(new WriteOffOutcome.WrittenOff("S1"), await Biller().WriteOffAsync(Water, default));
        var expected = """
            {"Version":"1.0.1","InstId":"INST01","TranCode":"Pay","TranDate":"20261102","TranSeq":"@",
            "CompanyId":"WATER","MerchantSeq":"PAY-2026-0000001","BillKey":"6001234","BillNo":"B202610",
            "PayAmount":"45.20","SubChannel":"2"}
            """;
        Assert.Equal(
            expected.ReplaceLineEndings("").Replace("@", Base32OfSha256(Water.Number)),
            _server.Requests[0].Text);
    }

    [Fact]
    public async Task Repetition_carries_the_same_sequence()
    {
        Answers("""{"ResponseCode":"SYS0001"}""");
        Answers("""{"ResponseCode":"AAAAAAA","PaySerial":"S1"}""");
        var biller = Biller();
        Assert.IsType<WriteOffOutcome.Unknown>(await biller.WriteOffAsync(Water, default));
        Assert.IsType<WriteOffOutcome.WrittenOff>(await biller.WriteOffAsync(Water, default));
        Assert.Equal(_server.Requests[0].Text, _server.Requests[1].Text);
    }

    [Theory]
    [InlineData("PAY0001", typeof(WriteOffOutcome.Refused))]
    [InlineData("PAY0002", typeof(WriteOffOutcome.Refused))]
    [InlineData("PAY0003", typeof(WriteOffOutcome.Refused))]
    [InlineData("SYS0001", typeof(WriteOffOutcome.Unknown))]
    [InlineData("FMT0001", typeof(WriteOffOutcome.Unknown))]
    [InlineData("NEW0001", typeof(WriteOffOutcome.Unknown))]
    [InlineData("AAAAAAA", typeof(WriteOffOutcome.Unknown))]
    public async Task Write_off_maps_the_code(string code, Type expected)
    {
        Answers($$"""{"ResponseCode":"{{code}}","ResponseDesc":"说明"}""");
        Assert.IsType(expected, await Biller().WriteOffAsync(Water, default));
    }

    [Fact]
    public async Task Lost_write_off_is_unknown_and_not_repeated()
    {
        _server.Breaks();
        Assert.IsType<WriteOffOutcome.Unknown>(await Biller().WriteOffAsync(Water, default));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Refused_signature_is_unknown()
    {
        _server.Answers(401, "");
        Assert.IsType<WriteOffOutcome.Unknown>(await Biller().WriteOffAsync(Water, default));
    }

    [Theory]
    [InlineData("another-key")]
    [InlineData(null)]
    public async Task Answer_without_a_right_signature_is_unknown(string? key)
    {
        const string body = """{"ResponseCode":"AAAAAAA","PaySerial":"S1"}""";
        if (key is null)
            _server.Answers(200, body);
        else
            Answers(body, key);
        Assert.IsType<WriteOffOutcome.Unknown>(await Biller().WriteOffAsync(Water, default));
    }

    [Fact]
    public async Task Bill_is_read_exactly()
    {
        Answers(Bill());
        Assert.Equal(
            new BillQueryOutcome.Owed(new BillerBill(
                "6001234", "B202610", "王*", new Money(4520), new Money(20), "202610")),
            await Biller().QueryAsync("6001234", default));
        using var request = JsonDocument.Parse(_server.Requests[0].Body);
        Assert.Equal("Query", request.RootElement.GetProperty("TranCode").GetString());
        Assert.InRange(request.RootElement.GetProperty("TranSeq").GetString()!.Length, 1, 12);
    }

    [Theory]
    [InlineData("BAL0001", typeof(BillQueryOutcome.NothingOwed))]
    [InlineData("BAL0002", typeof(BillQueryOutcome.NotFound))]
    [InlineData("SYS0001", typeof(BillQueryOutcome.Unknown))]
    public async Task Query_maps_the_code(string code, Type expected)
    {
        Answers($$"""{"ResponseCode":"{{code}}"}""");
        Assert.IsType(expected, await Biller().QueryAsync("6001234", default));
    }

    [Theory]
    [InlineData("45.20", "45.201")]
    [InlineData("45.20", "0.00")]
    [InlineData("\"0.20\"", "\"99.00\"")]
    [InlineData("6001234", "6009999")]
    [InlineData("B202610", "")]
    public async Task Bill_that_cannot_be_is_unknown(string from, string to)
    {
        Answers(Bill().Replace(from, to));
        Assert.IsType<BillQueryOutcome.Unknown>(await Biller().QueryAsync("6001234", default));
    }

    [Fact]
    public async Task Question_is_asked_again_after_a_failure()
    {
        _server.Breaks();
        Answers(Bill());
        Assert.IsType<BillQueryOutcome.Owed>(await Biller().QueryAsync("6001234", default));
    }

    [Fact]
    public async Task Daily_file_is_read()
    {
        AnswersFile("2|50.20\\n20261101|AAAA|PAY1|6001|45.20|2|PAY\\n20261101|BBBB|PAY2|6002|5.00|1|PAY\\n");
        StatementLine[] expected =
            [new("PAY1", "AAAA", new Money(4520), "PAY"), new("PAY2", "BBBB", new Money(500), "PAY")];
        Assert.Equal(expected, await StatementAsync());
        Assert.Contains("\"CheckDate\":\"20261101\"", _server.Requests[0].Text);
    }

    [Fact]
    public async Task Empty_day_has_no_lines()
    {
        AnswersFile("0|0.00\\n");
        Assert.Empty(await StatementAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2|45.20\\n20261101|AAAA|PAY1|6001|45.20|2|PAY\\n")]
    [InlineData("1|45.21\\n20261101|AAAA|PAY1|6001|45.20|2|PAY\\n")]
    [InlineData("1|45.20\\n20261101|AAAA|PAY1|6001|45.20|2\\n")]
    [InlineData("1|45.20\\n20261101|AAAA|PAY1|6001|4520e-2|2|PAY\\n")]
    public async Task Daily_file_that_does_not_add_up_is_refused(string content)
    {
        AnswersFile(content);
        await Assert.ThrowsAsync<StatementFailedException>(StatementAsync);
    }

    private Task<IReadOnlyList<StatementLine>> StatementAsync() =>
        Biller().StatementAsync(new DateOnly(2026, 11, 1), default);

    private AgencyBiller Biller() => new(
        _server.Client(),
        new AgencyBillerOptions
        {
            BillerId = "water",
            BaseAddress = new Uri("https://biller.example/base/"),
            AgencyId = "ECERT",
            SharedKey = Key,
            InstitutionId = "INST01",
            CompanyId = "WATER",
            Resilience = new ResilienceOptions { RepeatDelay = TimeSpan.Zero },
        },
        new ManualTimeProvider(),
        new SeededRandomSource(1));

    private static string Bill() => """
        {"ResponseCode":"AAAAAAA","ResponseDesc":"ok","BillKey":"6001234","BillNo":"B202610","CustomerName":"王*",
         "BillAmount":"45.20","LateFee":"0.20","Period":"202610"}
        """;

    private void AnswersFile(string content) => Answers(
        $$"""{"ResponseCode":"AAAAAAA","FileName":"f","Count":2,"TotalAmount":"50.20","Content":"{{content}}"}""");

    private void Answers(string body, string key = Key) => _server.Answers(_ =>
    {
        var response = ScriptedServer.Plain(200, body);
        response.Headers.Add("X-Agency-Signature", Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(body))));
        return response;
    });

    /// <summary>Base32 bit by bit, apart from the product's way of doing it.</summary>
    private static string Base32OfSha256(string text)
    {
        var bits = string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(text))
            .Select(octet => Convert.ToString(octet, 2).PadLeft(8, '0')));
        return string.Concat(Enumerable.Range(0, 12).Select(index =>
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Convert.ToInt32(bits.Substring(index * 5, 5), 2)]));
    }
}
