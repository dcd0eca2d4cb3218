using Ecert.Adapters.Ports;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Payments;

/// <summary>
/// Every call to a payment channel goes through here: the attempt is committed before the call, outside any business
/// transaction, and closed with what came of it.
/// </summary>
internal sealed class ChannelCalls(
    IEnumerable<IPaymentChannel> channels, IDbContextFactory<GatewayDb> databases, TimeProvider clock)
{
    private readonly Dictionary<ChannelName,
    IPaymentChannel> _channels = channels.ToDictionary(channel => channel.Name);

    public Task<ChannelOutcome> CreateAsync(PaymentRow payment, CancellationToken ct) =>
        AttemptAsync(payment.Id, "create", () => _channels[payment.Channel].CreateAsync(new ChannelOrder(
            new PaymentId(payment.Id), payment.Amount, payment.Description, payment.Scene, payment.PayerId,
            payment.ExpiresAt),
            ct));

    public Task<ChannelOutcome> QueryAsync(PaymentRow payment, CancellationToken ct) =>
        AttemptAsync(payment.Id, "query", () => _channels[payment.Channel].QueryAsync(new PaymentId(payment.Id), ct));

    public Task<ChannelOutcome> CloseAsync(PaymentRow payment, CancellationToken ct) =>
        AttemptAsync(payment.Id, "close", () => _channels[payment.Channel].CloseAsync(new PaymentId(payment.Id), ct));

    public Task<RefundOutcome> RefundAsync(PaymentRow payment, RefundRow refund, CancellationToken ct) =>
        AttemptAsync(refund.Id, "refund", () => _channels[payment.Channel].RefundAsync(Order(payment, refund), ct));

    public Task<RefundOutcome> QueryRefundAsync(PaymentRow payment, RefundRow refund, CancellationToken ct) =>
        AttemptAsync(
            refund.Id, "query-refund", () => _channels[payment.Channel].QueryRefundAsync(Order(payment, refund), ct));

    private static ChannelRefund Order(PaymentRow payment, RefundRow refund) => new(
        new RefundId(refund.Id), new PaymentId(payment.Id), refund.Amount, payment.Amount, refund.Reason);

    private async Task<TOutcome> AttemptAsync<TOutcome>(string number, string verb, Func<Task<TOutcome>> call)
        where TOutcome : notnull
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var attempt = new AttemptRow { Number = number, Verb = verb, StartedAt = clock.GetUtcNow() };
        db.Add(attempt);
        await db.SaveChangesAsync(CancellationToken.None);
        var outcome = await call();
        attempt.EndedAt = clock.GetUtcNow();
        attempt.Outcome = Describe(outcome);
        await db.SaveChangesAsync(CancellationToken.None);
        return outcome;
    }

    private static string Describe(object outcome) => outcome switch
    {
        ChannelOutcome.Refused refused => Cut($"Refused {refused.Code}"),
        RefundOutcome.Refused refused => Cut($"Refused {refused.Code}"),
        ChannelOutcome.Unknown unknown => Cut($"Unknown {unknown.Why}"),
        RefundOutcome.Unknown unknown => Cut($"Unknown {unknown.Why}"),
        _ => outcome.GetType().Name,
    };

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200];
}
