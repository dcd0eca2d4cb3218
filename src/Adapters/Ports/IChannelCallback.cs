using Ecert.Kernel;
using Ecert.Kernel.Identifiers;

namespace Ecert.Adapters.Ports;

/// <summary>
/// Reads what a channel posts to us. Verifies the signature before anything else, decrypts, and never trusts: amounts
/// and merchant are compared by the caller with its own order.
/// </summary>
public interface IChannelCallback
{
    /// <summary>Which channel this is.</summary>
    ChannelName Name { get; }

    /// <summary>Verifies and reads one posted notification.</summary>
    ChannelNotification Read(CallbackRequest request);

    /// <summary>What the channel expects back once the event is stored, or when it could not be accepted.</summary>
    CallbackAnswer Answer(bool accepted);
}

/// <summary>An HTTP post as it arrived, untouched: the signature is over these very bytes.</summary>
/// <param name="Headers">Header values by name, compared without case.</param>
/// <param name="ContentType">The media type with its parameters.</param>
/// <param name="Body">The raw body.</param>
public sealed record CallbackRequest(
    IReadOnlyDictionary<string, string> Headers, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The value of a header by its name without case; null when it did not come.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>The HTTP answer to a notification.</summary>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="ContentType">Media type; null when there is no body.</param>
/// <param name="Body">The exact text the channel looks for.</param>
public sealed record CallbackAnswer(int StatusCode, string? ContentType, string Body);

/// <summary>What a notification said.</summary>
public abstract record ChannelNotification
{
    private ChannelNotification() { }

    /// <summary>An order was paid.</summary>
    /// <param name="EventId">The channel's id of the notification, stable over its repeats.</param>
    /// <param name="Payment">Our number.</param>
    /// <param name="Paid">What the channel says of it.</param>
    public sealed record PaymentSucceeded(string EventId, PaymentId Payment, ChannelOutcome.Paid Paid)
        : ChannelNotification;

    /// <summary>A refund ended.</summary>
    public sealed record RefundEnded(string EventId, RefundId Refund, RefundOutcome Outcome) : ChannelNotification;

    /// <summary>Genuine, but nothing this system acts on.</summary>
    public sealed record Ignored(string EventId, string Kind) : ChannelNotification;

    /// <summary>Not genuine or not readable: answered with an error so that a genuine one is sent again.</summary>
    /// <param name="Reason">
    /// UPPER_SNAKE: <c>SIGNATURE_INVALID</c>, <c>TIMESTAMP_SKEWED</c>, <c>MERCHANT_MISMATCH</c>, …
    /// </param>
    public sealed record Rejected(string Reason) : ChannelNotification;
}
