using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecert.Gateway.Fares;

/// <summary>Whether a ride key opens gates.</summary>
internal enum RideKeyState
{
    /// <summary>It does.</summary>
    Active = 1,

    /// <summary>On the blacklist: a ride was not paid.</summary>
    Blocked = 2,
}

/// <summary>A rider's key, authorised to make ride codes.</summary>
internal sealed class RideKeyRow
{
    /// <summary>The payment account number of its codes, 16 digits.</summary>
    public required string Id { get; init; }

    /// <summary>The call that issued it; a repeat finds it by this.</summary>
    public required string OperationId { get; init; }

    public required string Subject { get; init; }
    public required string CertificateId { get; init; }
    public required string WalletId { get; init; }

    /// <summary>The rider's SM2 key, compressed.</summary>
    public required byte[] RiderKey { get; init; }

    public required RideKeyState State { get; set; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The trip the rider is on; of two taps at once only one moves it.</summary>
    public string? OpenTripId { get; set; }

    /// <summary>When the last code that opened a gate was made: the same code opens none again.</summary>
    public DateTimeOffset? LastCodeAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RideKeyRow>
    {
        public void Configure(EntityTypeBuilder<RideKeyRow> row)
        {
            row.ToTable("ride_key").HasKey(key => key.Id);
            row.Property(key => key.Id).HasMaxLength(16);
            row.Property(key => key.OperationId).HasMaxLength(26);
            row.Property(key => key.Subject).HasMaxLength(64);
            row.Property(key => key.CertificateId).HasMaxLength(64);
            row.Property(key => key.WalletId).HasMaxLength(26);
            row.Property(key => key.OpenTripId).HasMaxLength(26).IsConcurrencyToken();
            row.HasIndex(key => key.OperationId).IsUnique();
            row.HasIndex(key => key.Subject);
        }
    }
}
