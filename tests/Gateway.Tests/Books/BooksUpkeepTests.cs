using Ecert.Gateway.Books;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel;
using Ecert.Ledger;
using Microsoft.Data.Sqlite;

namespace Ecert.Gateway.Tests.Books;

public sealed class BooksUpkeepTests
{
    [Fact]
    public async Task Books_that_hold_are_proved_and_a_changed_fen_is_noticed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (fares, transit) =
            (ChartOfAccounts.FareReceivable("M31010000001"), ChartOfAccounts.Transit("M31010000001"));
        await gateway.Ledger.SubmitAsync(JournalRequest.Of(
            Transfer.Single("T1", fares.Id, transit.Id, new Money(400), 30, "trip/T1"))
            with { Accounts = [fares, transit] });
        var upkeep = gateway.Get<BooksUpkeep>();
        Assert.True(await upkeep.ProveAsync(default));

        await using (var ledger = new SqliteConnection($"Data Source={gateway.Options.LedgerPath};Pooling=False"))
        {
            await ledger.OpenAsync();
            await using var change = ledger.CreateCommand();
            change.CommandText = "UPDATE transfer SET amount = amount + 1 WHERE id = 'T1'";
            Assert.Equal(1, await change.ExecuteNonQueryAsync());
        }

        Assert.False(await upkeep.ProveAsync(default));
    }
}
