using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Payments;

/// <summary>How a refund stands.</summary>
internal enum RefundState
{
    /// <summary>On record here; the channel may not know it yet.</summary>
    Created = 1,

    /// <summary>Accepted by the channel, the money is on its way.</summary>
    Processing = 2,

    /// <summary>Nobody can say; left by query or by the same number again.</summary>
    Unknown = 3,

    /// <summary>The payer has it back.</summary>
    Succeeded = 4,

    /// <summary>Refused for good: a person must look.</summary>
    Failed = 5,
}

/// <summary>A refund of all or part of a payment.</summary>
internal sealed class RefundRow
{
    public required string Id { get; init; }
    public required string PaymentId { get; init; }
    public required long AmountFen { get; init; }

    /// <summary>What the payer reads; no personal data.</summary>
    public required string Reason { get; init; }

    /// <summary>The business record that asked for it.</summary>
    public required string BusinessId { get; init; }

    public required RefundState State { get; set; }
    public string? ChannelNumber { get; set; }
    public DateTimeOffset? RefundedAt { get; set; }

    /// <summary>When the channel first took it on: its bill counts the refund on this day.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? NextCheckAt { get; set; }
    public bool PurposeTold { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public Money Amount => new(AmountFen);
    public bool IsFinal => State is RefundState.Succeeded or RefundState.Failed;

    internal sealed class Mapping : IEntityTypeConfiguration<RefundRow>
    {
        public void Configure(EntityTypeBuilder<RefundRow> row)
        {
            row.ToTable("refund").HasKey(one => one.Id);
            row.Property(one => one.Id).HasMaxLength(32);
            row.Property(one => one.PaymentId).HasMaxLength(32);
            row.Property(one => one.Reason).HasMaxLength(80);
            row.Property(one => one.BusinessId).HasMaxLength(64);
            row.Property(one => one.ChannelNumber).HasMaxLength(64);
            row.Property(one => one.State).IsConcurrencyToken();
            row.Ignore(one => one.Amount).Ignore(one => one.IsFinal);
            row.HasIndex(one => one.NextCheckAt);
            row.HasIndex(one => one.AcceptedAt);
            row.HasIndex(one => one.PaymentId);
        }
    }
}
