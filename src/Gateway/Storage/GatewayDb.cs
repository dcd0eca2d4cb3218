using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Storage;

/// <summary>
/// The gateway's one relational model. Each slice keeps its rows and their mapping in its own folder; this context only
/// gathers them. Money is stored as fen, time as UTC, enumerations as their names.
/// </summary>
internal sealed class GatewayDb(DbContextOptions<GatewayDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GatewayDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        conventions.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }
}
