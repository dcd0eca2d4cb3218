namespace Ecert.Gateway.Payments;

/// <summary>
/// What a payment is for. Told of every final state at least once, and again after a crash: every verb must have no
/// second effect. Returning means the effect is durable.
/// </summary>
internal interface IPaymentPurpose
{
    /// <summary>The value of <see cref="PaymentRow.Purpose"/> this one serves.</summary>
    string Kind { get; }

    /// <summary>The cash came in.</summary>
    Task PaidAsync(PaymentRow payment, CancellationToken ct);

    /// <summary>The order ended without cash: closed, or refused by the channel.</summary>
    Task NotPaidAsync(PaymentRow payment, CancellationToken ct);

    /// <summary>A refund ended: the payer has it back, or the channel refused it for good.</summary>
    Task RefundEndedAsync(PaymentRow payment, RefundRow refund, CancellationToken ct);
}
