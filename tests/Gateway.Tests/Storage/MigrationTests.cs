using Ecert.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public async Task Migrated_schema_is_the_one_the_model_describes()
    {
        var fromModel = await SchemaAsync(db => db.Database.EnsureCreatedAsync());
        var fromMigrations = await SchemaAsync(db => db.Database.MigrateAsync());

        Assert.NotEmpty(fromModel);
        Assert.Equal(fromModel, fromMigrations);
    }

    /// <summary>Every column and index of every table but EF Core's own, a line each.</summary>
    private static async Task<List<string>> SchemaAsync(Func<GatewayDb, Task> make)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new DbContextOptionsBuilder<GatewayDb>().UseSqlite($"Data Source={path};Pooling=False").Options;
        try
        {
            await using var db = new GatewayDb(options);
            await make(db);
            return await db.Database.SqlQueryRaw<string>(
                """
                SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS Value
                FROM sqlite_master t, pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.name NOT LIKE '\_\_%' ESCAPE '\' AND t.name NOT LIKE 'sqlite%'
                UNION ALL
                SELECT t.name || ' ' || i.name || ' ' || i."unique" || ' ' || k.name AS Value
                FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) k
                WHERE t.type = 'table' AND t.name NOT LIKE '\_\_%' ESCAPE '\' AND i.origin = 'c'
                ORDER BY Value
                """).ToListAsync();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
