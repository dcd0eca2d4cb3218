using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;
using Ecert.Kernel;

namespace Ecert.Adapters.Billers;

/// <summary>A biller behind the agency interface: query, write-off, daily file.</summary>
public sealed class AgencyBiller : IBiller
{
    private const string Done = "AAAAAAA";
    private readonly AgencyBillerOptions _options;
    private readonly AgencyClient _client;
    private readonly TimeProvider _time;
    private readonly RandomSource _random;

    /// <summary>Sets up the adapter; nothing is called yet.</summary>
    /// <param name="http">Given by the host; its own timeout should exceed the attempt timeouts.</param>
    /// <param name="options">The biller and our access to it.</param>
    /// <param name="time">The clock of the business date.</param>
    /// <param name="random">The source of sequence numbers of questions.</param>
    public AgencyBiller(HttpClient http, AgencyBillerOptions options, TimeProvider time, RandomSource random)
    {
        (_options, _time, _random) = (options, time, random);
        _client = new AgencyClient(options, new CounterpartHttp(http, options.Resilience, time));
    }

    /// <inheritdoc/>
    public string BillerId => _options.BillerId;

    /// <inheritdoc/>
    public async Task<BillQueryOutcome> QueryAsync(string accountNumber, CancellationToken ct)
    {
        var request = Request("Query", _random.Digits(12)) with { BillKey = accountNumber };
        var reply = await _client.CallAsync(CallKind.Repeatable, request, ct);
        return reply switch
        {
            AgencyReply.Answer { Body.ResponseCode: Done } answer => ReadBill(answer.Body, accountNumber),
            AgencyReply.Answer { Body.ResponseCode: "BAL0001" } => new BillQueryOutcome.NothingOwed(),
            AgencyReply.Answer { Body.ResponseCode: "BAL0002" } => new BillQueryOutcome.NotFound(),
            _ => new BillQueryOutcome.Unknown(Why(reply)),
        };
    }

    /// <inheritdoc/>
    public async Task<WriteOffOutcome> WriteOffAsync(WriteOff writeOff, CancellationToken ct)
    {
        var request = Request("Pay", SequenceOf(writeOff.Number)) with
        {
            MerchantSeq = writeOff.Number,
            BillKey = writeOff.AccountNumber,
            BillNo = writeOff.BillNumber,
            PayAmount = writeOff.Amount.ToYuan(),
            SubChannel = writeOff.Channel == ChannelName.Alipay ? "1" : "2",
        };
        var reply = await _client.CallAsync(CallKind.Once, request, ct);
        return reply switch
        {
            AgencyReply.Answer { Body: { ResponseCode: Done, PaySerial: { Length: > 0 } serial } }
                => new WriteOffOutcome.WrittenOff(serial),
            AgencyReply.Answer { Body: { ResponseCode: "PAY0001" or "PAY0002" or "PAY0003" } body }
                => new WriteOffOutcome.Refused(body.ResponseCode!, body.ResponseDesc ?? ""),
            _ => new WriteOffOutcome.Unknown(Why(reply)),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StatementLine>> StatementAsync(DateOnly day, CancellationToken ct)
    {
        var request = Request("PayCheck", _random.Digits(12)) with
        {
            CheckDate = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        };
        var reply = await _client.CallAsync(CallKind.Download, request, ct);
        return reply is AgencyReply.Answer { Body: { ResponseCode: Done, Content: { } content } }
            ? AgencyDailyFile.Read(content)
            : throw new StatementFailedException(Why(reply));
    }

    /// <summary>
    /// Our number in the twelve characters the interface gives it: the first 60 bits of its SHA-256 in base32, so that
    /// a repetition carries the same one and two numbers share one only once in about 10⁹ write-offs.
    /// </summary>
    internal static string SequenceOf(string number)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(number));
        var bits = BinaryPrimitives.ReadUInt64BigEndian(hash);
        return string.Create(12, bits, static (text, bits) =>
        {
            for (var index = 0; index < text.Length; index++)
                text[index] = alphabet[(int)(bits >> (59 - 5 * index) & 31)];
        });
    }

    private AgencyRequest Request(string code, string sequence) => new(
        "1.0.1",
        _options.InstitutionId,
        code,
        BeijingTime.Format(_time.GetUtcNow(), "yyyyMMdd"),
        sequence,
        _options.CompanyId);

    private static BillQueryOutcome ReadBill(AgencyAnswer answer, string accountNumber)
    {
        if (answer.BillKey != accountNumber)
            return new BillQueryOutcome.Unknown("The answer is about another account.");
        if (answer.BillNo is not { Length: > 0 } number
            || !Money.TryParseYuan(answer.BillAmount, out var amount) || !amount.IsPositive
            || !Money.TryParseYuan(answer.LateFee ?? "0", out var late) || late.IsNegative || late > amount)
            return new BillQueryOutcome.Unknown("The bill lacks its number or its amount, or the amounts contradict.");
        return new BillQueryOutcome.Owed(new BillerBill(
            accountNumber, number, answer.CustomerName ?? "", amount, late, answer.Period ?? ""));
    }

    private static string Why(AgencyReply reply) => reply switch
    {
        AgencyReply.Answer answer => answer.Body.ToString(),
        AgencyReply.NoAnswer none => none.Why,
        _ => throw new InvalidOperationException($"{reply.GetType()} is not a reply."),
    };
}
