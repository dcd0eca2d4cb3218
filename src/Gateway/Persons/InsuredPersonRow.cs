using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Persons;

/// <summary>
/// An insured person as this gateway knows one: by pseudonym. Name and document are there for the calls that need them,
/// encrypted.
/// </summary>
internal sealed class InsuredPersonRow
{
    /// <summary>The pseudonym the certificate carries.</summary>
    public required string Subject { get; init; }

    public required string CertificateId { get; set; }

    /// <summary>Name, document kind and number as JSON, encrypted for this row.</summary>
    public required byte[] Person { get; set; }

    /// <summary><c>psn_no</c>.</summary>
    public required string PersonNumber { get; set; }

    /// <summary><c>insuplc_admdvs</c>.</summary>
    public required string InsuredPlace { get; set; }

    /// <summary><c>insutype</c>.</summary>
    public required string Scheme { get; set; }

    /// <summary><c>psn_type</c>.</summary>
    public required string PersonType { get; set; }

    /// <summary>
    /// Moves with every settlement of the person, so that a settlement is booked only on the year-to-date it was
    /// computed from.
    /// </summary>
    public required long Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<InsuredPersonRow>
    {
        public void Configure(EntityTypeBuilder<InsuredPersonRow> row)
        {
            row.ToTable("insured_person").HasKey(person => person.Subject);
            row.Property(person => person.Subject).HasMaxLength(64);
            row.Property(person => person.CertificateId).HasMaxLength(64);
            row.Property(person => person.PersonNumber).HasMaxLength(30);
            row.Property(person => person.InsuredPlace).HasMaxLength(6);
            row.Property(person => person.Scheme).HasMaxLength(3);
            row.Property(person => person.PersonType).HasMaxLength(6);
            row.Property(person => person.Version).IsConcurrencyToken();
            row.HasIndex(person => person.CertificateId);
        }
    }
}
