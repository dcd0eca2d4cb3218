using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Certificates;

/// <summary>
/// An <c>ecToken</c>: what a decoded presentation is worth to one institution for one visit. Only its hash is kept.
/// </summary>
internal sealed class EcTokenRow
{
    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }
    public required string InstitutionId { get; init; }

    /// <summary>The national business type it was decoded for, five digits.</summary>
    public required string BusinessType { get; init; }
    public required string OperatorId { get; init; }
    public required string Subject { get; init; }
    public required string CertificateId { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<EcTokenRow>
    {
        public void Configure(EntityTypeBuilder<EcTokenRow> row)
        {
            row.ToTable("ec_token").HasKey(token => token.Hash);
            row.Property(token => token.Hash).HasMaxLength(32);
            row.Property(token => token.InstitutionId).HasMaxLength(12);
            row.Property(token => token.BusinessType).HasMaxLength(5);
            row.Property(token => token.OperatorId).HasMaxLength(20);
            row.Property(token => token.Subject).HasMaxLength(64);
            row.Property(token => token.CertificateId).HasMaxLength(64);
            row.HasIndex(token => token.ExpiresAt);
        }
    }
}
