namespace Ecert.Gateway.Payments;

/// <summary>What payments say. Numbers only: never a payer, never a name.</summary>
internal static partial class PaymentLog
{
    [LoggerMessage(101, LogLevel.Information, "Payment {Payment} went from {Before} to {After}.")]
    public static partial void Moved(ILogger logger, string payment, PaymentState before, PaymentState after);

    [LoggerMessage(102, LogLevel.Information, "Refund {Refund} went from {Before} to {After}.")]
    public static partial void RefundMoved(ILogger logger, string refund, RefundState before, RefundState after);

    [LoggerMessage(103, LogLevel.Warning, "The channel refused {Number} for good with code {Code}.")]
    public static partial void Refused(ILogger logger, string number, string code);

    [LoggerMessage(104, LogLevel.Error,
        "The channel says {Theirs} fen for {Number}, our order {Ours} fen; nothing was moved, a person must look.")]
    public static partial void AmountDiffers(ILogger logger, string number, long ours, long theirs);

    [LoggerMessage(
        105, LogLevel.Error, "Payment {Payment} is paid under {Known} and again under {Other}; a person must look.")]
    public static partial void PaidTwice(ILogger logger, string payment, string? known, string other);

    [LoggerMessage(106, LogLevel.Warning, "A notification from {Channel} was not accepted: {Reason}.")]
    public static partial void CallbackRejected(ILogger logger, string channel, string reason);

    [LoggerMessage(107, LogLevel.Error,
        "A genuine notification from {Channel} could not be stored; the channel will send it again.")]
    public static partial void CallbackFailed(ILogger logger, string channel, Exception exception);
}
