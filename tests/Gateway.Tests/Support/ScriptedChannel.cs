using System.Collections.Concurrent;
using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Gateway.Tests.Support;

/// <summary>A payment channel that answers as the test orders, and remembers what it was asked.</summary>
internal sealed class ScriptedChannel(ChannelName name, TimeProvider clock) : IPaymentChannel
{
    public ChannelName Name => name;

    /// <summary>Every call in order: verb and number.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public Func<ChannelOrder, Task<ChannelOutcome>> OnCreate { get; set; } = _ => Say(Waiting);
    public Func<PaymentId, Task<ChannelOutcome>> OnQuery { get; set; } = _ => Say(Waiting);
    public Func<PaymentId,
        Task<ChannelOutcome>> OnClose { get; set; } = _ => Say<ChannelOutcome>(new ChannelOutcome.Closed());
    public Func<ChannelRefund, Task<RefundOutcome>> OnRefund { get; set; } =
        refund => Say<RefundOutcome>(new RefundOutcome.Processing("R-" + refund.Refund));

    public Func<ChannelRefund, Task<RefundOutcome>> OnQueryRefund { get; set; } =
        refund => Say<RefundOutcome>(new RefundOutcome.Processing("R-" + refund.Refund));

    public static ChannelOutcome Waiting { get; } = new ChannelOutcome.Waiting("{\"package\":\"prepay_id=wx1\"}");
    public static ChannelOutcome Unknown { get; } = new ChannelOutcome.Unknown("the answer was lost");
    public static ChannelOutcome NotFound { get; } = new ChannelOutcome.NotFound();

    public ChannelOutcome.Paid Paid(long fen, string number = "4200001") =>
        new(number, new Money(fen), clock.GetUtcNow());

    public RefundOutcome.Refunded Refunded(long fen, string number = "5000001") =>
        new(number, new Money(fen), clock.GetUtcNow());

    /// <summary>The given answers one after the other; the last for good.</summary>
    public static Func<object, Task<TOutcome>> InTurn<TOutcome>(params TOutcome[] outcomes)
    {
        var next = -1;
        return _ => Say(outcomes[Math.Min(Interlocked.Increment(ref next), outcomes.Length - 1)]);
    }

    public int Count(string verb) => Calls.Count(call => call.StartsWith(verb + " ", StringComparison.Ordinal));

    public Task<ChannelOutcome> CreateAsync(ChannelOrder order, CancellationToken ct) =>
        Noted("create", order.Payment.Value, () => OnCreate(order));

    public Task<ChannelOutcome> QueryAsync(PaymentId payment, CancellationToken ct) =>
        Noted("query", payment.Value, () => OnQuery(payment));

    public Task<ChannelOutcome> CloseAsync(PaymentId payment, CancellationToken ct) =>
        Noted("close", payment.Value, () => OnClose(payment));

    public Task<RefundOutcome> RefundAsync(ChannelRefund refund, CancellationToken ct) =>
        Noted("refund", refund.Refund.Value, () => OnRefund(refund));

    public Task<RefundOutcome> QueryRefundAsync(ChannelRefund refund, CancellationToken ct) =>
        Noted("query-refund", refund.Refund.Value, () => OnQueryRefund(refund));

    private static Task<TOutcome> Say<TOutcome>(TOutcome outcome) => Task.FromResult(outcome);

    private Task<TOutcome> Noted<TOutcome>(string verb, string number, Func<Task<TOutcome>> answer)
    {
        Calls.Enqueue($"{verb} {number}");
        return answer();
    }
}
