using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Refusals;
using Ecert.V1;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Tests.Edge;

public sealed class AuditTrailTests
{
    [Fact]
    public async Task Calls_are_on_record_in_the_order_they_ended_and_how()
    {
        await using var gateway = await TestGateway.StartAsync();

        var rows = await RecordAsync(gateway);

        Assert.Equal(["OK", "QUOTA_EXCEEDED", "cancelled"], rows.Select(row => row.Ending));
        Assert.Equal([1L, 2, 3], rows.Select(row => row.Sequence));
        Assert.All(rows, row => Assert.Equal(
            ("institution:H13010200001", "/m", "01KCOPERATION"), (row.Party, row.Method, row.OperationId)));
    }

    [Fact]
    public async Task Chain_verifies_and_any_change_breaks_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var rows = await RecordAsync(gateway);
        Assert.True(Verifies(rows));

        await gateway.ChangeAsync<AuditRow>(_ => { });
        await using var db = await gateway.DbAsync();
        string[] changes =
        [
            "UPDATE audit SET Party = Party || 'x' WHERE Sequence = 2",
            "UPDATE audit SET Method = Method || 'x' WHERE Sequence = 2",
            "UPDATE audit SET OperationId = OperationId || 'x' WHERE Sequence = 2",
            "UPDATE audit SET Ending = Ending || 'x' WHERE Sequence = 2",
        ];
        foreach (var change in changes)
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlRawAsync(change);
            Assert.False(Verifies(await db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.Sequence).ToListAsync()));
            await transaction.RollbackAsync();
            Assert.True(Verifies(await RowsAsync(gateway)));
        }
        await db.Database.ExecuteSqlRawAsync("UPDATE audit SET At = At + 1 WHERE Sequence = 2");
        Assert.False(Verifies(await RowsAsync(gateway)));
        await db.Database.ExecuteSqlRawAsync("DELETE FROM audit WHERE Sequence = 2");
        Assert.False(Verifies(await RowsAsync(gateway)));
    }

    [Fact]
    public async Task Store_that_fails_is_tried_again_until_the_record_is_written()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var db = await gateway.DbAsync();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE audit RENAME TO away");
        var trail = gateway.Get<AuditTrail>();
        await trail.StartAsync(CancellationToken.None);
        await trail.AddAsync("institution:H13010200001", "/m", "01KCOPERATION", "OK");

        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE away RENAME TO audit");
        await trail.StopAsync(CancellationToken.None);

        Assert.Equal("01KCOPERATION", Assert.Single(await RowsAsync(gateway)).OperationId);
    }

    private static async Task<List<AuditRow>> RecordAsync(TestGateway gateway)
    {
        var step = gateway.Get<AuditStep>();
        var trail = gateway.Get<AuditTrail>();
        await trail.StartAsync(CancellationToken.None);
        CallEnding[] endings =
        [
            new CallEnding.Answered(new PreSettleResponse()),
                new CallEnding.Refused(RefusalCatalogue.QuotaExceeded.Code),
            new CallEnding.Broken("cancelled"),
        ];
        foreach (var ending in endings)
        {
            var call = EdgeCalls.Call("/m", caller: People.Hospital);
            call.OperationId = "01KCOPERATION";
            await step.LeaveAsync(call, ending);
            gateway.Clock.Advance(TimeSpan.FromMilliseconds(7));
        }
        await trail.StopAsync(CancellationToken.None);
        return await RowsAsync(gateway);
    }

    private static async Task<List<AuditRow>> RowsAsync(TestGateway gateway)
    {
        await using var db = await gateway.DbAsync();
        return await db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.Sequence).ToListAsync();
    }

    private static bool Verifies(List<AuditRow> rows)
    {
        var before = new byte[32];
        foreach (var row in rows)
        {
            before = AuditTrail.Hash(
                before, row.Chain, row.Sequence, row.At, row.Party, row.Method, row.OperationId, row.Ending);
            if (!before.AsSpan().SequenceEqual(row.Hash))
                return false;
        }
        return true;
    }
}
