using Ecert.Kernel;

namespace Ecert.Adapters.Ports;

/// <summary>A channel's bill of one business day, for reconciliation.</summary>
public interface IChannelStatement
{
    /// <summary>Which channel this is.</summary>
    ChannelName Name { get; }

    /// <summary>Downloads and reads the bill.</summary>
    /// <param name="day">The business day in Beijing time.</param>
    /// <param name="ct">Cancels the download.</param>
    /// <exception cref="StatementNotReadyException">The channel has not produced it yet.</exception>
    /// <exception cref="StatementFailedException">It could not be had, or is not what it should be.</exception>
    Task<IReadOnlyList<StatementLine>> DownloadAsync(DateOnly day, CancellationToken ct);
}

/// <summary>One payment or refund by the channel's books.</summary>
/// <param name="OurNumber">Our payment or refund number.</param>
/// <param name="ChannelNumber">The channel's number of it.</param>
/// <param name="Amount">Positive for a payment, negative for a refund.</param>
/// <param name="State">The channel's word for its state, as printed in the bill.</param>
public sealed record StatementLine(string OurNumber, string ChannelNumber, Money Amount, string State);

/// <summary>The bill is not there yet; ask again later.</summary>
public sealed class StatementNotReadyException(string message) : Exception(message);

/// <summary>The bill could not be had, or is not what was announced; nothing of it may be used.</summary>
public sealed class StatementFailedException(string message) : Exception(message);
