using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Payments;

/// <summary>
/// One call to a channel, on record before it is made: after a crash between the call and its answer, the open attempt
/// says that the channel may know more than we do.
/// </summary>
internal sealed class AttemptRow
{
    public long Id { get; init; }

    /// <summary>The payment or refund number.</summary>
    public required string Number { get; init; }

    /// <summary><c>create</c>, <c>query</c>, <c>close</c>, <c>refund</c> or <c>query-refund</c>.</summary>
    public required string Verb { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The kind of outcome, with the channel's own code where it gave one; null while open.</summary>
    public string? Outcome { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AttemptRow>
    {
        public void Configure(EntityTypeBuilder<AttemptRow> row)
        {
            row.ToTable("payment_attempt").HasKey(one => one.Id);
            row.Property(one => one.Number).HasMaxLength(32);
            row.Property(one => one.Verb).HasMaxLength(20);
            row.Property(one => one.Outcome).HasMaxLength(200);
            row.HasIndex(one => one.Number);
        }
    }
}
