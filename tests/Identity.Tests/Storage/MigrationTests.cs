using Ecert.Identity.Storage;
using Ecert.Identity.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Tests.Storage;

public sealed class MigrationTests(TestIdentity identity) : IClassFixture<TestIdentity>
{
    [Fact]
    public async Task The_migrations_make_the_schema_that_the_model_describes()
    {
        await using var memory = new SqliteConnection("Data Source=:memory:");
        await memory.OpenAsync();
        var options = new DbContextOptionsBuilder<IdentityDatabase>().UseSqlite(memory).Options;
        await using (var database = new IdentityDatabase(options))
            await database.Database.EnsureCreatedAsync();
        await using var migrated = new SqliteConnection(identity.ConnectionString);
        await migrated.OpenAsync();

        var expected = await SchemaAsync(memory);
        Assert.Contains(expected, line => line.StartsWith("Certificates.SuspendedAt", StringComparison.Ordinal));
        Assert.Equal(expected, await SchemaAsync(migrated));
    }

    private static async Task<List<string>> SchemaAsync(SqliteConnection connection)
    {
        const string Columns = """
            SELECT t.name || '.' || c.name || ' ' || c.type || ' notnull ' || c."notnull" || ' pk ' || c.pk
            FROM sqlite_master t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE '\_\_EF%' ESCAPE '\' AND t.name NOT LIKE 'sqlite%'
            UNION ALL
            SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            ORDER BY 1
            """;
        await using var command = connection.CreateCommand();
        command.CommandText = Columns;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }
}
