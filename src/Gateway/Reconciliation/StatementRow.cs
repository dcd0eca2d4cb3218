using Ecert.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Reconciliation;

/// <summary>One business day compared with one counterpart.</summary>
internal sealed class StatementRow
{
    public required DateOnly Day { get; init; }
    public required CounterpartKind Kind { get; init; }
    public required string Code { get; init; }
    public long OurCount { get; set; }
    public long OurAmountFen { get; set; }
    public long OurRefundCount { get; set; }
    public long OurRefundFen { get; set; }
    public long TheirCount { get; set; }
    public long TheirAmountFen { get; set; }
    public long TheirRefundCount { get; set; }
    public long TheirRefundFen { get; set; }
    public long DifferenceCount { get; set; }
    public required DateTimeOffset ComparedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StatementRow>
    {
        public void Configure(EntityTypeBuilder<StatementRow> row)
        {
            row.ToTable("statement").HasKey(one => new { one.Day, one.Kind, one.Code });
            row.Property(one => one.Code).HasMaxLength(20);
        }
    }
}
