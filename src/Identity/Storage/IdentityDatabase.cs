using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Ecert.Identity.Storage;

/// <summary>The tables of the identity server.</summary>
internal sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options) : DbContext(options)
{
    public DbSet<PushedRequestRow> PushedRequests => Set<PushedRequestRow>();
    public DbSet<ActivationRow> Activations => Set<ActivationRow>();
    public DbSet<GrantRow> Grants => Set<GrantRow>();
    public DbSet<CodeRow> Codes => Set<CodeRow>();
    public DbSet<RefreshTokenRow> RefreshTokens => Set<RefreshTokenRow>();
    public DbSet<CitizenRow> Citizens => Set<CitizenRow>();
    public DbSet<ChannelBindingRow> ChannelBindings => Set<ChannelBindingRow>();
    public DbSet<CertificateRow> Certificates => Set<CertificateRow>();
    public DbSet<StatusChangeRow> StatusChanges => Set<StatusChangeRow>();
    public DbSet<OneTimeCodeRow> OneTimeCodes => Set<OneTimeCodeRow>();
    public DbSet<UsedIdentifierRow> UsedIdentifiers => Set<UsedIdentifierRow>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        // Milliseconds since 1970: the only form of a time that every engine compares alike.
        conventions.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        conventions.Properties<string>().HaveMaxLength(300);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<PushedRequestRow>(row => row.HasKey(r => r.HandleHash));
        model.Entity<ActivationRow>(row => row.HasKey(r => r.SessionHash));
        model.Entity<GrantRow>(row =>
        {
            row.HasKey(r => r.GrantId);
            row.Property(r => r.Scope).HasMaxLength(1000);
            row.HasIndex(r => r.SubjectId);
        });
        model.Entity<CodeRow>(row =>
        {
            row.HasKey(r => r.CodeHash);
            row.Property(r => r.RedirectUri).HasMaxLength(2000);
        });
        model.Entity<RefreshTokenRow>(row =>
        {
            row.HasKey(r => r.TokenHash);
            row.Property(r => r.Scope).HasMaxLength(1000);
            row.HasIndex(r => r.GrantId);
        });
        model.Entity<CitizenRow>(row =>
        {
            row.HasKey(r => r.SubjectId);
            row.HasIndex(r => r.DocumentIndex).IsUnique();
        });
        model.Entity<ChannelBindingRow>(row => row.HasKey(r => new { r.SubjectId, r.ClientId, r.AppUserIndex }));
        model.Entity<CertificateRow>(row =>
        {
            row.HasKey(r => r.CertificateId);
            row.HasIndex(r => new { r.Division, r.StatusIndex }).IsUnique();
            // One living certificate per citizen, held by the database itself.
            row.HasIndex(r => r.SubjectId).IsUnique().HasFilter("\"RevokedAt\" IS NULL");
        });
        model.Entity<StatusChangeRow>(row =>
        {
            row.HasKey(r => r.Sequence);
            row.HasIndex(r => r.CertificateId);
        });
        model.Entity<OneTimeCodeRow>(row =>
        {
            row.HasKey(r => r.CodeHash);
            // One living code per certificate, held by the database itself.
            row.HasIndex(r => r.CertificateId).IsUnique().HasFilter("\"SpentAt\" IS NULL AND \"ReplacedAt\" IS NULL");
        });
        model.Entity<UsedIdentifierRow>(row => row.HasKey(r => r.IdentifierHash));
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
