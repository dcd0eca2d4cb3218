using Ecert.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Reconciliation;

/// <summary>One line of a day on which we and a counterpart do not agree: a case for a person.</summary>
internal sealed class DifferenceRow
{
    public required string Id { get; init; }
    public required DateOnly Day { get; init; }
    public required CounterpartKind CounterpartKind { get; init; }
    public required string Code { get; init; }
    public required DifferenceKind Kind { get; init; }
    public required string OurNumber { get; init; }
    public required string TheirNumber { get; init; }
    public required long OurAmountFen { get; init; }
    public required long TheirAmountFen { get; init; }
    public required string OurState { get; init; }
    public required string TheirState { get; init; }
    public required DateTimeOffset FoundAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DifferenceRow>
    {
        public void Configure(EntityTypeBuilder<DifferenceRow> row)
        {
            row.ToTable("difference").HasKey(one => one.Id);
            row.Property(one => one.Id).HasMaxLength(26);
            row.Property(one => one.Code).HasMaxLength(20);
            row.Property(one => one.OurNumber).HasMaxLength(64);
            row.Property(one => one.TheirNumber).HasMaxLength(64);
            row.Property(one => one.OurState).HasMaxLength(40);
            row.Property(one => one.TheirState).HasMaxLength(40);
            row.HasIndex(one => new { one.Day, one.CounterpartKind, one.Code });
        }
    }
}
