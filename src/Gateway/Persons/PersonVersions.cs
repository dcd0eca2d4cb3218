using Ecert.Gateway.Storage;
using Ecert.Kernel.Refusals;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Persons;

/// <summary>Keeps two settlements of one person from being computed from the same year-to-date.</summary>
internal static class PersonVersions
{
    /// <summary>
    /// Moves the person's version on from the one a computation started with, in the caller's own save; when another
    /// moved it first, that save fails with <see cref="DbUpdateConcurrencyException"/>.
    /// </summary>
    /// <exception cref="RefusedException">It has moved already.</exception>
    public static async Task BumpPersonAsync(this GatewayDb db, string subject, long version, CancellationToken ct)
    {
        var row = await db.Set<InsuredPersonRow>().SingleAsync(person => person.Subject == subject, ct);
        if (row.Version != version)
            throw RefusalCatalogue.SettlementSplitChanged.AsRefusal().ToException();
        row.Version++;
    }
}
