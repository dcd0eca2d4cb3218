using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Payments;

/// <summary>
/// How a payment order stands: <c>CREATED → PENDING → SUCCEEDED | CLOSED | FAILED</c>; unknown is a state of its own.
/// </summary>
internal enum PaymentState
{
    /// <summary>On record here; the channel may not know it yet.</summary>
    Created = 1,

    /// <summary>The channel waits for the payer.</summary>
    Pending = 2,

    /// <summary>Nobody can say; left only by query, by the same number again, or by close and query.</summary>
    Unknown = 3,

    /// <summary>Paid.</summary>
    Succeeded = 4,

    /// <summary>Closed without payment.</summary>
    Closed = 5,

    /// <summary>Refused by the channel for good.</summary>
    Failed = 6,
}

/// <summary>A payment order: the cash part of one business operation through one channel.</summary>
internal sealed class PaymentRow
{
    /// <summary>Our number, the merchant order number at the channel.</summary>
    public required string Id { get; init; }

    /// <summary>The party that opened it; only this party reads it.</summary>
    public required string Party { get; init; }

    public required ChannelName Channel { get; init; }
    public required ChannelScene Scene { get; init; }
    public string? PayerId { get; init; }
    public required long AmountFen { get; init; }
    public required string Description { get; init; }

    /// <summary>What it pays for: the <see cref="IPaymentPurpose.Kind"/> that is told how it ends.</summary>
    public required string Purpose { get; init; }

    /// <summary>The business record it pays for.</summary>
    public required string BusinessId { get; init; }

    public required PaymentState State { get; set; }

    /// <summary>What the payer's app needs to pay; null until the channel gave it.</summary>
    public string? PayerAction { get; set; }

    public string? ChannelNumber { get; set; }
    public DateTimeOffset? PaidAt { get; set; }

    /// <summary>Sum of refunds opened; never above <see cref="AmountFen"/>.</summary>
    public long RefundOpenedFen { get; set; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it is to be asked about again; null when nothing hangs.</summary>
    public DateTimeOffset? NextCheckAt { get; set; }

    /// <summary>
    /// True when the cash came after the order had ended here: it goes back, and the purpose never hears of it.
    /// </summary>
    public bool PaidLate { get; set; }

    /// <summary>True once the purpose was told of the final state.</summary>
    public bool PurposeTold { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Money Amount => new(AmountFen);
    public bool IsFinal => State is PaymentState.Succeeded or PaymentState.Closed or PaymentState.Failed;

    internal sealed class Mapping : IEntityTypeConfiguration<PaymentRow>
    {
        public void Configure(EntityTypeBuilder<PaymentRow> row)
        {
            row.ToTable("payment").HasKey(one => one.Id);
            row.Property(one => one.Id).HasMaxLength(32);
            row.Property(one => one.Party).HasMaxLength(120);
            row.Property(one => one.PayerId).HasMaxLength(128);
            row.Property(one => one.Description).HasMaxLength(127);
            row.Property(one => one.Purpose).HasMaxLength(40);
            row.Property(one => one.BusinessId).HasMaxLength(64);
            row.Property(one => one.PayerAction).HasMaxLength(2048);
            row.Property(one => one.ChannelNumber).HasMaxLength(64);
            row.Property(one => one.State).IsConcurrencyToken();
            row.Ignore(one => one.Amount).Ignore(one => one.IsFinal);
            row.HasIndex(one => one.NextCheckAt);
            row.HasIndex(one => one.PaidAt);
            row.HasIndex(one => new { one.Purpose, one.BusinessId });
        }
    }
}
