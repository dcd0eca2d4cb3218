namespace Ecert.Gateway.Tests.Support;

/// <summary>What the ledger says of the standard visit's payers, in fen.</summary>
/// <param name="Fund">Paid by the pooled fund.</param>
/// <param name="Account">Left on the personal account by the books.</param>
/// <param name="Held">Of it, held for settlements under way.</param>
/// <param name="Hospital">Owed to the hospital.</param>
/// <param name="Clearing">Owed by the channel.</param>
internal sealed record VisitBooks(long Fund, long Account, long Held, long Hospital, long Clearing)
{
    /// <summary>Before anything was settled: the account as it was opened.</summary>
    public static readonly VisitBooks Untouched = new(0, 30_000, 0, 0, 0);

    /// <summary>The standard bill settled over all three payers.</summary>
    public static readonly VisitBooks Settled = new(6_000, 0, 0, 60_000, 24_000);

    /// <summary>The standard bill while its cash is awaited.</summary>
    public static readonly VisitBooks WhileHeld = new(0, 30_000, 30_000, 0, 0);

    /// <summary>Reads them, and proves that all the books balance.</summary>
    public static async Task<VisitBooks> OfAsync(TestGateway gateway)
    {
        Assert.True((await gateway.Ledger.TrialBalanceAsync()).IsBalanced);
        Assert.Empty(await gateway.Ledger.AuditAsync(gateway.Clock.GetUtcNow()));
        return new VisitBooks(
            await gateway.PostedAsync(Visits.FundAccount), await gateway.PostedAsync(Visits.PersonalAccount),
            await gateway.HeldAsync(Visits.PersonalAccount), await gateway.PostedAsync(Visits.HospitalAccount),
            await gateway.PostedAsync(Visits.Clearing));
    }
}
