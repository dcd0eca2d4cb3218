using Ecert.Kernel;

namespace Ecert.Ledger.Tests;

/// <summary>
/// A process that books until it is killed: eight callers, each telling its standard output what was answered, after
/// the answer and never before. Started by <see cref="CrashTests"/> with the journal's path and a name for the round.
/// </summary>
internal static class Victim
{
    public static async Task Main(string[] arguments)
    {
        await using var journal = await Journal.OpenAsync(new JournalOptions(arguments[0]), TimeProvider.System);
        await journal.SubmitAsync(
            JournalRequest.Of(Transfer.Single("OPEN", "fund", "citizen", new Money(1_000_000_00), 1, "topup/1")) with
            {
                Accounts = LedgerSteps.Accounts,
            });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => BookAsync(journal, $"{arguments[1]}-{caller}")));
    }

    private static async Task BookAsync(Journal journal, string name)
    {
        for (var number = 0; ; number++)
        {
            var id = $"{name}-{number}";
            var result = await journal.SubmitAsync(JournalRequest.Of(
                Transfer.Single($"{id}-a", "citizen", "hospital", new Money(1), 1, $"settlement/{id}"),
                Transfer.Reserve(
                    $"{id}-b", "fund", "hospital", new Money(2), TimeSpan.FromHours(1), 1, $"settlement/{id}")));
            if (result is JournalResult.Committed)
                await Console.Out.WriteLineAsync(id);
        }
    }
}
