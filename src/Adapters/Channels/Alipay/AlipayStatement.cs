using System.Globalization;
using Ecert.Adapters.Ports;
using Ecert.Adapters.Resilience;

namespace Ecert.Adapters.Channels.Alipay;

/// <summary>The trade bill of a day: its address comes signed and is good for half a minute.</summary>
internal sealed class AlipayStatement(AlipayClient client) : IChannelStatement
{
    public ChannelName Name => ChannelName.Alipay;

    public async Task<IReadOnlyList<StatementLine>> DownloadAsync(DateOnly day, CancellationToken ct)
    {
        var request = new BillRequest("trade", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var reply = await client.CallAsync(
            CallKind.Repeatable, "alipay.data.dataservice.bill.downloadurl.query", request, false, ct);
        if (reply is not AlipayReply.Node node)
            throw new StatementFailedException(AlipayTrades.Why(reply));
        if (AlipayErrors.IsNoBill(node.Head))
            throw new StatementNotReadyException("Alipay has not produced the bill, or the day is empty.");
        if (AlipayErrors.Meaning(node.Head) != AlipayMeaning.Done
            || !WireJson.TryRead<BillAnswer>(node.Json, out var bill))
            throw new StatementFailedException(AlipayTrades.Why(reply));
        if (bill.BillFileCode == "EMPTY_DATA_WITH_BILL_FILE")
            return [];
        if (!Uri.TryCreate(bill.BillDownloadUrl, UriKind.Absolute, out var address))
            throw new StatementFailedException("The answer does not say where the bill is.");
        var file = await client.DownloadAsync(address, ct)
            ?? throw new StatementFailedException("The bill could not be downloaded.");
        return AlipayBill.Read(file);
    }
}
