using System.Net;

namespace Ecert.Sandbox.Callbacks;

/// <summary>A notification to a merchant that is repeated until it is acknowledged or the schedule ends.</summary>
internal sealed record Callback
{
    /// <summary>The notification's own id, the same on every repeat.</summary>
    public required string Id { get; init; }

    /// <summary>Who calls: <c>wechatpay</c> or <c>alipay</c>.</summary>
    public required string Counterpart { get; init; }

    /// <summary>The merchant's number of the order or refund it is about.</summary>
    public required string About { get; init; }

    /// <summary>Where it goes.</summary>
    public required Uri Target { get; init; }

    /// <summary>The pauses before each repeat.</summary>
    public required IReadOnlyList<TimeSpan> Pauses { get; init; }

    /// <summary>Makes one attempt's request, freshly signed; spoilt, its signature does not verify.</summary>
    public required Func<bool, HttpRequestMessage> Make { get; init; }

    /// <summary>Whether an answer acknowledges it.</summary>
    public required Func<HttpStatusCode, string, bool> Acknowledges { get; init; }
}

/// <summary>How the delivery of a callback stands.</summary>
internal enum DeliveryState
{
    /// <summary>Waits for its next attempt.</summary>
    Waiting = 1,

    /// <summary>On the wire.</summary>
    Sending = 2,

    /// <summary>Acknowledged.</summary>
    Acknowledged = 3,

    /// <summary>The schedule ended without an acknowledgement.</summary>
    GivenUp = 4,

    /// <summary>Kept back by a fault.</summary>
    Withheld = 5,
}

/// <summary>One attempt: when, and what came back (HTTP status, or the kind of failure).</summary>
internal sealed record Attempt(DateTimeOffset At, string Answer);

/// <summary>A callback under delivery. Guarded by the sender's lock.</summary>
internal sealed class Delivery(Callback callback, DateTimeOffset dueAt, DeliveryState state, bool firstIsSpoilt)
{
    public Callback Callback { get; } = callback;
    public List<Attempt> Attempts { get; } = [];
    public DateTimeOffset DueAt { get; set; } = dueAt;
    public DeliveryState State { get; set; } = state;
    public bool NextIsSpoilt { get; set; } = firstIsSpoilt;
}
