using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Ecert.Gateway.Storage;
using Ecert.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Ecert.Gateway.Edge;

/// <summary>
/// Writes audit records in groups behind the calls, hash-chained in the order they ended. The queue is bounded: when
/// the database falls behind, calls wait rather than go unrecorded.
/// </summary>
internal sealed class AuditTrail(
    IDbContextFactory<GatewayDb> databases, TimeProvider clock, RandomSource random, ILogger<AuditTrail> logger)
    : BackgroundService
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);
    private const int LongestGroup = 256;
    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(4_096);
    private readonly string _chain = random.NewId(clock.GetUtcNow());
    private byte[] _lastHash = new byte[SHA256.HashSizeInBytes];
    private long _sequence;

    /// <summary>Puts one ended call on record.</summary>
    public ValueTask AddAsync(string party, string method, string operationId, string ending) =>
        _entries.Writer.WriteAsync(new Entry(clock.GetUtcNow(), party, method, operationId, ending));

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _entries.Writer.TryComplete();
        return ExecuteTask ?? Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends by the writer's completion, not by the token: what was accepted is written.
        while (await _entries.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var group = new List<AuditRow>();
            while (group.Count < LongestGroup && _entries.Reader.TryRead(out var entry))
                group.Add(Chain(entry));
            while (!await TryWriteAsync(group))
                await Task.Delay(TryAgainAfter, CancellationToken.None);
        }
    }

    /// <summary>
    /// Writes a group whole. A store that fails is tried again and again: meanwhile the queue fills, and calls wait
    /// rather than go unrecorded.
    /// </summary>
    private async Task<bool> TryWriteAsync(List<AuditRow> group)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            db.AddRange(group);
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (exception is DbUpdateException or DbException)
        {
            EdgeLog.AuditNotWritten(logger, group.Count, exception);
            return false;
        }
    }

    private AuditRow Chain(Entry entry)
    {
        var sequence = ++_sequence;
        _lastHash =
            Hash(_lastHash, _chain, sequence, entry.At, entry.Party, entry.Method, entry.OperationId, entry.Ending);
        return new AuditRow
        {
            Chain = _chain, Sequence = sequence, At = entry.At, Party = entry.Party, Method = entry.Method,
            OperationId = entry.OperationId, Ending = entry.Ending, Hash = _lastHash,
        };
    }

    /// <summary>
    /// The chain's link: SHA-256 over the hash before and the members, each on a line of its own; the time as
    /// milliseconds.
    /// </summary>
    public static byte[] Hash(
        byte[] before, string chain, long sequence, DateTimeOffset at, string party, string method,
        string operationId, string ending)
    {
        var head = string.Create(CultureInfo.InvariantCulture,
            $"{Convert.ToHexString(before)}\n{chain}\n{sequence}\n{at.ToUnixTimeMilliseconds()}\n");
        var text = $"{head}{party}\n{method}\n{operationId}\n{ending}\n";
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    private sealed record Entry(DateTimeOffset At, string Party, string Method, string OperationId, string Ending);
}
