using Ecert.Adapters.Ports;
using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Bills;

/// <summary>How the payment of a bill stands.</summary>
internal enum BillStage
{
    /// <summary>Shown to the citizen, not yet paid.</summary>
    Quoted = 1,

    /// <summary>The cash is awaited.</summary>
    Paying = 2,

    /// <summary>The cash is here; the biller is being told.</summary>
    Paid = 3,

    /// <summary>Settled at the biller.</summary>
    WrittenOff = 4,

    /// <summary>The biller refused; the cash is on its way back.</summary>
    Refunding = 5,

    /// <summary>The cash is back with the payer.</summary>
    Refunded = 6,

    /// <summary>The cash never came.</summary>
    Closed = 7,
}

/// <summary>A bill as the biller stated it, and what became of it.</summary>
internal sealed class BillPaymentRow
{
    public required string Id { get; init; }
    public required string Subject { get; init; }
    public required string BillerId { get; init; }

    /// <summary>The customer's account number at the biller, encrypted for this row.</summary>
    public required byte[] AccountNumber { get; init; }

    public required string BillNumber { get; init; }
    public required string CustomerName { get; init; }
    public required long AmountFen { get; init; }
    public required long LateFeeFen { get; init; }
    public required string Period { get; init; }
    public required BillStage Stage { get; set; }
    public ChannelName? Channel { get; set; }

    /// <summary>The cash part's order, and our number of the write-off at the biller.</summary>
    public string? PaymentId { get; set; }
    public string? BillerNumber { get; set; }
    public required DateTimeOffset QuotedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? WrittenOffAt { get; set; }

    /// <summary>When it is to be gone on with; null when nothing hangs.</summary>
    public DateTimeOffset? NextStepAt { get; set; }

    public Money Amount => new(AmountFen);

    internal sealed class Mapping : IEntityTypeConfiguration<BillPaymentRow>
    {
        public void Configure(EntityTypeBuilder<BillPaymentRow> row)
        {
            row.ToTable("bill_payment").HasKey(bill => bill.Id);
            row.Property(bill => bill.Id).HasMaxLength(26);
            row.Property(bill => bill.Subject).HasMaxLength(64);
            row.Property(bill => bill.BillerId).HasMaxLength(12);
            row.Property(bill => bill.BillNumber).HasMaxLength(64);
            row.Property(bill => bill.CustomerName).HasMaxLength(60);
            row.Property(bill => bill.Period).HasMaxLength(20);
            row.Property(bill => bill.PaymentId).HasMaxLength(32);
            row.Property(bill => bill.BillerNumber).HasMaxLength(64);
            row.Property(bill => bill.Stage).IsConcurrencyToken();
            row.Ignore(bill => bill.Amount);
            row.HasIndex(bill => bill.NextStepAt);
            row.HasIndex(bill => bill.WrittenOffAt);
            row.HasIndex(bill => bill.Subject);
        }
    }
}
