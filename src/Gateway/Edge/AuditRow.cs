using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Edge;

/// <summary>One call on record. Each record carries the hash of the one before it in its chain; insert-only.</summary>
internal sealed class AuditRow
{
    /// <summary>The chain: one for each run of one replica.</summary>
    public required string Chain { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Party { get; init; }
    public required string Method { get; init; }
    public required string OperationId { get; init; }

    /// <summary><c>OK</c>, the reason of a refusal, or why the call broke.</summary>
    public required string Ending { get; init; }

    /// <summary>SHA-256 over the hash before and every member of this record.</summary>
    public required byte[] Hash { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditRow>
    {
        public void Configure(EntityTypeBuilder<AuditRow> row)
        {
            row.ToTable("audit").HasKey(one => new { one.Chain, one.Sequence });
            row.Property(one => one.Chain).HasMaxLength(26);
            row.Property(one => one.Party).HasMaxLength(120);
            row.Property(one => one.Method).HasMaxLength(120);
            row.Property(one => one.OperationId).HasMaxLength(26);
            row.Property(one => one.Ending).HasMaxLength(120);
        }
    }
}
