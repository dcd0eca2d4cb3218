using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Reimbursement;

/// <summary>A computed but not yet booked settlement, with the rules it was computed by.</summary>
internal sealed class PreSettlementRow
{
    public required string Id { get; init; }
    public required string FeeBatchId { get; init; }
    public required string InstitutionId { get; init; }
    public required string RuleVersion { get; init; }
    public required bool UsePersonalAccount { get; init; }

    /// <summary>The PreSettlement message as answered.</summary>
    public required byte[] Message { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PreSettlementRow>
    {
        public void Configure(EntityTypeBuilder<PreSettlementRow> row)
        {
            row.ToTable("pre_settlement").HasKey(one => one.Id);
            row.Property(one => one.Id).HasMaxLength(30);
            row.Property(one => one.FeeBatchId).HasMaxLength(30);
            row.Property(one => one.InstitutionId).HasMaxLength(12);
            row.Property(one => one.RuleVersion).HasMaxLength(80);
        }
    }
}
