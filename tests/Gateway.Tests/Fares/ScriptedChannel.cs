using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Gateway.Tests.Fares;

/// <summary>A channel that answers every order as the test says and remembers what it was asked.</summary>
internal sealed class ScriptedChannel : IPaymentChannel
{
    public ChannelName Name => ChannelName.Alipay;
    public List<ChannelOrder> Orders { get; } = [];
    public Func<ChannelOrder, ChannelOutcome> OnCreate { get; set; } = order =>
        new ChannelOutcome.Paid($"C{order.Payment}", order.Amount, order.ExpiresAt.AddMinutes(-30));
    public Func<ChannelOutcome> OnQuery { get; set; } = () => new ChannelOutcome.Unknown("not scripted");

    public Task<ChannelOutcome> CreateAsync(ChannelOrder order, CancellationToken ct)
    {
        lock (Orders)
            Orders.Add(order);
        return Task.FromResult(OnCreate(order));
    }

    public Task<ChannelOutcome> QueryAsync(PaymentId payment, CancellationToken ct) => Task.FromResult(OnQuery());

    public Task<ChannelOutcome> CloseAsync(PaymentId payment, CancellationToken ct) =>
        Task.FromResult<ChannelOutcome>(new ChannelOutcome.Closed());

    public Task<RefundOutcome> RefundAsync(ChannelRefund refund, CancellationToken ct) =>
        Task.FromResult<RefundOutcome>(new RefundOutcome.Unknown("no ride is refunded"));

    public Task<RefundOutcome> QueryRefundAsync(ChannelRefund refund, CancellationToken ct) =>
        Task.FromResult<RefundOutcome>(new RefundOutcome.Unknown("no ride is refunded"));
}
