using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Storage;

/// <summary>Remembers identifiers that must not come twice (<c>jti</c> of assertions, statements and proofs).</summary>
internal sealed class ReplayGuard(IDbContextFactory<IdentityDatabase> databases)
{
    /// <summary>True for the first caller with this identifier, false for every later one, in all replicas.</summary>
    /// <param name="purpose">What the identifier belongs to, such as <c>assertion wechat</c>.</param>
    /// <param name="identifier">The identifier.</param>
    /// <param name="until">When it would be refused for its age anyway.</param>
    /// <param name="ct">Cancels the write.</param>
    public async ValueTask<bool> IsFirstUseAsync(
        string purpose, string identifier, DateTimeOffset until, CancellationToken ct)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{identifier}"));
        var expires = until.ToUnixTimeMilliseconds();
        await using var database = await databases.CreateDbContextAsync(ct);
        var written = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "UsedIdentifiers" ("IdentifierHash", "ExpiresAt") VALUES ({hash}, {expires})
            ON CONFLICT DO NOTHING
            """,
            ct);
        return written == 1;
    }
}
