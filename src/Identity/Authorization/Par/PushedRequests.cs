using Ecert.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Authorization.Par;

/// <summary>Keeps pushed requests until they are opened, once.</summary>
internal sealed class PushedRequests(
    IDbContextFactory<IdentityDatabase> databases, DataVault vault, TimeProvider clock)
{
    /// <summary>RFC 9126 §2.2 wants it short; long enough for a phone to bring up a browser.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(90);

    private const string Prefix = "urn:ietf:params:oauth:request_uri:";
    private const string Purpose = "pushed request";

    /// <summary>Stores the request and answers its <c>request_uri</c>.</summary>
    public async Task<string> StoreAsync(PushedRequest request, CancellationToken ct)
    {
        var handle = vault.NewSecret();
        await using var database = await databases.CreateDbContextAsync(ct);
        database.PushedRequests.Add(new PushedRequestRow
        {
            HandleHash = DataVault.Hash(handle),
            ClientId = request.ClientId,
            SealedRequest = vault.Seal(Purpose, request),
            ExpiresAt = clock.GetUtcNow() + Life,
        });
        await database.SaveChangesAsync(ct);
        return Prefix + handle;
    }

    /// <summary>
    /// The request of this client, taken away; null when unknown, expired, taken before, or another's.
    /// </summary>
    public async Task<PushedRequest?> TakeAsync(string requestUri, string clientId, CancellationToken ct)
    {
        if (!requestUri.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var hash = DataVault.Hash(requestUri[Prefix.Length..]);
        await using var database = await databases.CreateDbContextAsync(ct);
        var found = await database.PushedRequests.AsNoTracking()
            .SingleOrDefaultAsync(row => row.HandleHash == hash && row.ClientId == clientId, ct);
        if (found is null || found.ExpiresAt < clock.GetUtcNow())
            return null;
        // Of two that come at once, the one that deletes the row has it.
        var taken = await database.PushedRequests.Where(row => row.HandleHash == hash).ExecuteDeleteAsync(ct);
        return taken == 1 ? vault.Open<PushedRequest>(Purpose, found.SealedRequest) : null;
    }
}
