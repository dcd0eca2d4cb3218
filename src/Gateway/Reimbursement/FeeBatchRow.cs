using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Reimbursement;

/// <summary>The fee lines of one visit, as uploaded and accepted.</summary>
internal sealed class FeeBatchRow
{
    public required string Id { get; init; }
    public required string VisitId { get; init; }
    public required string InstitutionId { get; init; }

    /// <summary>The client's request id; unique for the institution.</summary>
    public required string RequestId { get; init; }

    /// <summary>SHA-256 over header and lines in the order they came.</summary>
    public required byte[] Digest { get; init; }

    public required string Subject { get; init; }
    public required string Scheme { get; init; }
    public required string MedType { get; init; }

    /// <summary>Where the care was given, and the institution's level then.</summary>
    public required string TreatmentPlace { get; init; }
    public required int Level { get; init; }
    public required DateTimeOffset BeginAt { get; init; }
    public required DateTimeOffset? EndAt { get; init; }
    public required long TotalFen { get; init; }

    /// <summary>Header and lines as an UploadFees message each, length-delimited.</summary>
    public required byte[] Upload { get; init; }

    /// <summary>The answer, serialised, for a repeat.</summary>
    public required byte[] Answer { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<FeeBatchRow>
    {
        public void Configure(EntityTypeBuilder<FeeBatchRow> row)
        {
            row.ToTable("fee_batch").HasKey(batch => batch.Id);
            row.Property(batch => batch.Id).HasMaxLength(30);
            row.Property(batch => batch.VisitId).HasMaxLength(30);
            row.Property(batch => batch.InstitutionId).HasMaxLength(12);
            row.Property(batch => batch.RequestId).HasMaxLength(64);
            row.Property(batch => batch.Subject).HasMaxLength(64);
            row.Property(batch => batch.Scheme).HasMaxLength(3);
            row.Property(batch => batch.MedType).HasMaxLength(6);
            row.Property(batch => batch.TreatmentPlace).HasMaxLength(6);
            row.HasIndex(batch => new { batch.InstitutionId, batch.RequestId }).IsUnique();
        }
    }
}
