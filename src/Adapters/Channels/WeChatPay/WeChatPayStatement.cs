using System.Globalization;
using System.Security.Cryptography;
using Ecert.Adapters.Ports;

namespace Ecert.Adapters.Channels.WeChatPay;

/// <summary>The trade bill of a day: where it is and its hash come signed, the file itself does not.</summary>
internal sealed class WeChatPayStatement(WeChatPayClient client) : IChannelStatement
{
    public ChannelName Name => ChannelName.WeChatPay;

    public async Task<IReadOnlyList<StatementLine>> DownloadAsync(DateOnly day, CancellationToken ct)
    {
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var where = await BodyAsync(client.GetAsync($"/v3/bill/tradebill?bill_date={date}&bill_type=ALL", ct));
        if (!WireJson.TryRead<BillWire>(where, out var bill) || bill is not { HashType: "SHA1", HashValue: { } hash }
            || !Uri.TryCreate(bill.DownloadUrl, UriKind.Absolute, out var address))
            throw new StatementFailedException("The answer does not say where the bill is and what its SHA-1 is.");
        var file = await BodyAsync(client.DownloadAsync(address, ct));
        if (!string.Equals(Convert.ToHexString(SHA1.HashData(file)), hash, StringComparison.OrdinalIgnoreCase))
            throw new StatementFailedException("The bill's SHA-1 is not the announced one.");
        return WeChatPayBill.Read(file);
    }

    private static async Task<byte[]> BodyAsync(Task<WeChatPayReply> call) => await call switch
    {
        WeChatPayReply.Done done => done.Body,
        WeChatPayReply.Failed failed when WeChatPayErrors.IsStatementNotReady(failed)
            => throw new StatementNotReadyException("WeChat Pay has not produced the bill, or the day is empty."),
        WeChatPayReply.Failed failed => throw new StatementFailedException(WeChatPayErrors.Text(failed)),
        WeChatPayReply.NoAnswer none => throw new StatementFailedException(none.Why),
        var other => throw new InvalidOperationException($"{other.GetType()} is not a reply."),
    };
}
