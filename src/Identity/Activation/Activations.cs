using Ecert.Identity.Authorization.Par;
using Ecert.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Identity.Activation;

/// <summary>One activation as it was read: the version guards the next write.</summary>
internal sealed record OpenActivation(string Session, int Version, ActivationState State);

/// <summary>Keeps activations that are under way, sealed, for fifteen minutes.</summary>
internal sealed class Activations(
    IDbContextFactory<IdentityDatabase> databases, DataVault vault, TimeProvider clock)
{
    /// <summary>Long enough to fetch the card from the drawer.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private const string Purpose = "activation";

    /// <summary>Starts one and answers the session secret for the browser's cookie.</summary>
    public async Task<string> StartAsync(PushedRequest request, CancellationToken ct)
    {
        var session = vault.NewSecret();
        await using var database = await databases.CreateDbContextAsync(ct);
        database.Activations.Add(new ActivationRow
        {
            SessionHash = DataVault.Hash(session),
            ClientId = request.ClientId,
            SealedState = vault.Seal(Purpose, new ActivationState { Request = request }),
            Version = 1,
            ExpiresAt = clock.GetUtcNow() + Life,
        });
        await database.SaveChangesAsync(ct);
        return session;
    }

    /// <summary>The activation of a session; null when unknown or expired.</summary>
    public async Task<OpenActivation?> FindAsync(string session, CancellationToken ct)
    {
        var hash = DataVault.Hash(session);
        await using var database = await databases.CreateDbContextAsync(ct);
        var row = await database.Activations.AsNoTracking().SingleOrDefaultAsync(a => a.SessionHash == hash, ct);
        return row is null || row.ExpiresAt < clock.GetUtcNow()
            ? null
            : new OpenActivation(session, row.Version, vault.Open<ActivationState>(Purpose, row.SealedState));
    }

    /// <summary>Writes the new state and answers it with its version; null when another page was faster.</summary>
    public async Task<OpenActivation?> SaveAsync(OpenActivation read, ActivationState state, CancellationToken ct)
    {
        var hash = DataVault.Hash(read.Session);
        var box = vault.Seal(Purpose, state);
        await using var database = await databases.CreateDbContextAsync(ct);
        var written = await database.Activations.Where(row => row.SessionHash == hash && row.Version == read.Version)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.SealedState, box)
                    .SetProperty(row => row.Version, read.Version + 1), ct);
        return written == 1 ? new OpenActivation(read.Session, read.Version + 1, state) : null;
    }

    /// <summary>True for the one caller that ends it, as part of the database's own transaction.</summary>
    public static async Task<bool> EndAsync(IdentityDatabase database, OpenActivation read, CancellationToken ct)
    {
        var hash = DataVault.Hash(read.Session);
        return await database.Activations.Where(row => row.SessionHash == hash && row.Version == read.Version)
            .ExecuteDeleteAsync(ct) == 1;
    }
}
