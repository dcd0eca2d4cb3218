using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Edge;

/// <summary>What kind of institution a party is; decides which verbs it may call.</summary>
public enum InstitutionKind
{
    /// <summary>A hospital or clinic.</summary>
    Hospital = 1,

    /// <summary>A pharmacy.</summary>
    Pharmacy = 2,

    /// <summary>A metro or bus operator.</summary>
    TransitOperator = 3,

    /// <summary>A company or authority whose bills are collected, or its agent.</summary>
    Biller = 4,

    /// <summary>The national operator.</summary>
    Operator = 5,
}

/// <summary>A registered institution.</summary>
internal sealed class InstitutionRow
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public required InstitutionKind Kind { get; init; }
    public required string Division { get; init; }

    /// <summary>Hospital level 1 to 3; 0 where levels do not apply.</summary>
    public required int Level { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<InstitutionRow>
    {
        public void Configure(EntityTypeBuilder<InstitutionRow> row)
        {
            row.ToTable("institution").HasKey(institution => institution.Id);
            row.Property(institution => institution.Id).HasMaxLength(12);
            row.Property(institution => institution.Name).HasMaxLength(200);
            row.Property(institution => institution.Division).HasMaxLength(6);
        }
    }
}
