using Ecert.Adapters.Ports;
using Ecert.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>
/// Where channels post their notifications: read within a bound, verified by the adapter, taken in, and only then
/// acknowledged. One that was not genuine, or could not be stored, is answered with an error so that it is sent again.
/// </summary>
internal sealed class Callbacks(
    PaymentOrders orders, PaymentRefunds refunds, IDbContextFactory<GatewayDb> databases, TimeProvider clock,
    ILogger<Callbacks> logger)
{
    private const int LongestBodyBytes = 64 * 1024;

    public async Task ServeAsync(HttpContext http, IChannelCallback channel)
    {
        var accepted = await ReadBodyAsync(http) is { } body
            && await AcceptAsync(channel, http.Request, body, http.RequestAborted);
        var answer = channel.Answer(accepted);
        http.Response.StatusCode = answer.StatusCode;
        if (answer.ContentType is null)
            return;
        http.Response.ContentType = answer.ContentType;
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    private async Task<bool> AcceptAsync(
        IChannelCallback channel, HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        try
        {
            return await TakeInAsync(
                channel.Name, channel.Read(new CallbackRequest(headers, request.ContentType ?? "", body)), ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            PaymentLog.CallbackFailed(logger, channel.Name.ToString(), exception);
            return false;
        }
    }

    private async Task<bool> TakeInAsync(ChannelName channel, ChannelNotification notification, CancellationToken ct)
    {
        switch (notification)
        {
            case ChannelNotification.PaymentSucceeded paid:
                await StoreAsync(channel, paid.EventId, "payment", paid.Payment.Value, ct);
                await orders.ApplyAsync(paid.Payment.Value, paid.Paid, ct);
                return true;
            case ChannelNotification.RefundEnded ended:
                await StoreAsync(channel, ended.EventId, "refund", ended.Refund.Value, ct);
                await refunds.ApplyAsync(ended.Refund.Value, ended.Outcome, ct);
                return true;
            case ChannelNotification.Ignored ignored:
                await StoreAsync(channel, ignored.EventId, ignored.Kind, "", ct);
                return true;
            case ChannelNotification.Rejected rejected:
                PaymentLog.CallbackRejected(logger, channel.ToString(), rejected.Reason);
                return false;
            default:
                throw new InvalidOperationException($"No way to take in {notification.GetType().Name}.");
        }
    }

    private async Task StoreAsync(ChannelName channel, string eventId, string kind, string number, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Set<CallbackRow>().AnyAsync(row => row.Channel == channel && row.EventId == eventId, ct))
            return;
        db.Add(new CallbackRow { Channel = channel, EventId = eventId, Kind = kind, Number = number,
            ReceivedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (buffer.Length + read > LongestBodyBytes)
                return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }
}
