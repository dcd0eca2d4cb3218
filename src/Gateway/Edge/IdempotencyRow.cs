using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Edge;

/// <summary>The record of one request id of one party for one method.</summary>
internal sealed class IdempotencyRow
{
    public required string Party { get; init; }
    public required string Method { get; init; }
    public required string RequestId { get; init; }

    /// <summary>SHA-256 of the request as serialised.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>The identifier of what the request started; the same for every repeat.</summary>
    public required string OperationId { get; init; }

    /// <summary>The first answer, serialised; null until there is one.</summary>
    public byte[]? Answer { get; set; }

    /// <summary>
    /// Until when a running first call is waited for; after it the call is taken for dead and may be taken up.
    /// </summary>
    public required DateTimeOffset RunningUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<IdempotencyRow>
    {
        public void Configure(EntityTypeBuilder<IdempotencyRow> row)
        {
            row.ToTable("idempotency").HasKey(one => new { one.Party, one.Method, one.RequestId });
            row.Property(one => one.Party).HasMaxLength(120);
            row.Property(one => one.Method).HasMaxLength(120);
            row.Property(one => one.RequestId).HasMaxLength(64);
            row.Property(one => one.OperationId).HasMaxLength(26);
            row.HasIndex(one => one.CreatedAt);
        }
    }
}
