using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Fares;

/// <summary>How a trip stands.</summary>
internal enum TripStage
{
    /// <summary>Inside the paid area.</summary>
    Inside = 1,

    /// <summary>Out; the fare is booked and being collected.</summary>
    Collecting = 2,

    /// <summary>Out and paid.</summary>
    Paid = 3,

    /// <summary>Out; the fare could not be collected and is owed.</summary>
    Owed = 4,

    /// <summary>Out; it cost nothing.</summary>
    Free = 5,
}

/// <summary>One ride. The gate opens on the tap; the fare is booked with the tap out and collected behind it.</summary>
internal sealed class TripRow
{
    public required string Id { get; init; }
    public required string OperatorId { get; init; }
    public required string Subject { get; init; }
    public required string CertificateId { get; init; }
    public required string RideKeyId { get; init; }
    public required TripStage Stage { get; set; }
    public required string EntryStation { get; init; }
    public required string EntryGate { get; init; }
    public required DateTimeOffset EntryAt { get; init; }
    public string? ExitStation { get; set; }
    public string? ExitGate { get; set; }
    public DateTimeOffset? ExitAt { get; set; }

    /// <summary>The tap out that ended it, and the number of the payment where something is to be paid.</summary>
    public string? ExitOperationId { get; set; }

    /// <summary>What is charged, and what it is made of.</summary>
    public long FareFen { get; set; }
    public long BaseFareFen { get; set; }
    public long MonthlyDiscountFen { get; set; }
    public long SurchargeFen { get; set; }
    public long DistanceMetres { get; set; }
    public string? FareTable { get; set; }

    /// <summary>The wallet the fare is charged to.</summary>
    public required string WalletId { get; init; }

    /// <summary>When the collection is to be gone on with; null when nothing hangs.</summary>
    public DateTimeOffset? NextStepAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TripRow>
    {
        public void Configure(EntityTypeBuilder<TripRow> row)
        {
            row.ToTable("trip").HasKey(trip => trip.Id);
            row.Property(trip => trip.Id).HasMaxLength(26);
            row.Property(trip => trip.OperatorId).HasMaxLength(12);
            row.Property(trip => trip.Subject).HasMaxLength(64);
            row.Property(trip => trip.CertificateId).HasMaxLength(64);
            row.Property(trip => trip.RideKeyId).HasMaxLength(16);
            row.Property(trip => trip.EntryStation).HasMaxLength(20);
            row.Property(trip => trip.EntryGate).HasMaxLength(32);
            row.Property(trip => trip.ExitStation).HasMaxLength(20);
            row.Property(trip => trip.ExitGate).HasMaxLength(32);
            row.Property(trip => trip.ExitOperationId).HasMaxLength(26);
            row.Property(trip => trip.FareTable).HasMaxLength(60);
            row.Property(trip => trip.WalletId).HasMaxLength(26);
            row.Property(trip => trip.Stage).IsConcurrencyToken();
            row.HasIndex(trip => new { trip.Subject, trip.Stage });
            row.HasIndex(trip => new { trip.RideKeyId, trip.ExitAt });
            row.HasIndex(trip => trip.ExitOperationId);
            row.HasIndex(trip => trip.NextStepAt);
            row.HasIndex(trip => new { trip.OperatorId, trip.ExitAt });
        }
    }
}
